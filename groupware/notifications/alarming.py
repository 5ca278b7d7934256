"""An alarm reaches whoever has been told of its thing already. Runs in the helper process."""
from contextlib import suppress

from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import NotFound
from groupware.notifications.commands.alarms import ring_alarm
from groupware.notifications.notice import RingAlarm


def ring_now(asked: RingAlarm) -> None:
    with suppress(NotFound):        # ended before anybody was reached
        ring_alarm(SYSTEM, asked.alarm_id)
