"""What follows for the seats in a team."""
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AdvisesNoMore:
    """Effect, within: somebody is no DX adviser any more."""

    user_id: int
