"""What other rooms ask of us: where somebody is now."""
from collections.abc import Sequence

from groupware.kernel.ports import Whereabout
from telework.models.days import PLACES, REACHES
from telework.queries.days import now_of


class Said:
    def of(self, user_ids: Sequence[int]) -> dict[int, Whereabout]:
        return {user_id: Whereabout(PLACES[day.place], REACHES[day.reach], day.note) for user_id, day in now_of(user_ids).items()}
