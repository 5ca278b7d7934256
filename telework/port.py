"""What other rooms ask of us: where somebody is now."""
from collections.abc import Mapping, Sequence

from groupware.kernel.ports import Whereabout
from telework.models.days import PLACES, REACHES, Day
from telework.queries.days import now_of


class Said:
    def of(self, user_ids: Sequence[int]) -> dict[int, Whereabout]:
        return worded(now_of(user_ids))


def worded(said: Mapping[int, Day]) -> dict[int, Whereabout]:
    return {user_id: Whereabout(PLACES[day.place], REACHES[day.reach], day.note) for user_id, day in said.items()}
