"""What follows when somebody decided about being told."""
from collections.abc import Iterator

from groupware.kernel.reactions import Reactions
from groupware.notifications.events import AlarmRaised
from groupware.notifications.notice import RingAlarm

on = Reactions()


@on.later(AlarmRaised)
def reach_those_told(event: AlarmRaised) -> Iterator[RingAlarm]:
    yield RingAlarm(event.alarm_id)
