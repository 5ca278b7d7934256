"""What the desk has decided about a team, carried out in the same transaction."""
from dataclasses import dataclass

from groupware.kernel.actor import SYSTEM
from teams.commands.life import heed_desk


@dataclass(frozen=True, slots=True)
class DeskDecided:
    """Effect, within: the desk has answered."""

    team_id: int
    granted: bool


def heed(effect: DeskDecided) -> None:
    heed_desk(SYSTEM, effect.team_id, granted=effect.granted)
