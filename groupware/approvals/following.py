"""What the helper does when people have moved, and once an hour for what begins with a day."""
from dataclasses import dataclass

from groupware.approvals.commands.holders import follow_organisation
from groupware.approvals.queries.askings import waiting_ids
from groupware.kernel.actor import SYSTEM


@dataclass(frozen=True, slots=True)
class SeatsMoved:
    """Effect: who decides may be somebody else now."""


def follow_all(_: SeatsMoved | None = None) -> None:
    for asking_id in waiting_ids():
        follow_organisation(SYSTEM, asking_id)
