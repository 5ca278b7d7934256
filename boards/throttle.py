"""How often and when somebody may be reminded."""
from datetime import time, timedelta

from boards.models.notices import URGENT, Notice

WORKING_DAY = (time(8, 30), time(17, 15))
GAP, GAP_WHEN_URGENT = timedelta(hours=20), timedelta(hours=1)


def gap_of(notice: Notice) -> timedelta:
    """Between two reminders to the same person about the same notice, whoever sends them."""
    return GAP_WHEN_URGENT if notice.weight == URGENT else GAP
