"""How often and when somebody may be reminded."""
from datetime import timedelta

from boards.models.notices import URGENT, Notice

GAP, GAP_WHEN_URGENT = timedelta(hours=20), timedelta(hours=1)


def gap_of(notice: Notice) -> timedelta:
    """Between two reminders to the same person about the same notice, whoever sends them."""
    return GAP_WHEN_URGENT if notice.weight == URGENT else GAP
