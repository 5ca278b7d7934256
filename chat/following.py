"""Rooms that follow the organisation: after every change of people or units, and each hour for the dates that come."""
from dataclasses import dataclass

from chat.commands.rooms import follow_rules
from chat.queries.members import rooms_with_rules
from groupware.kernel.actor import SYSTEM


@dataclass(frozen=True, slots=True)
class OrganisationMoved:
    """Effect: somebody sits elsewhere, has come or gone; rooms by rule are to be looked at."""


def follow_all(_: OrganisationMoved | None = None) -> None:
    for room_id in rooms_with_rules():
        follow_rules(SYSTEM, room_id)
