from datetime import timedelta

from groupware.kernel.feature import Feature
from groupware.kernel.jobs import Schedule
from groupware.live import hub, watching
from groupware.live.effects import Broadcast, Follow, Unfollow

FEATURE = Feature(
    name="live", label="即時通知", effects={Broadcast: hub.deliver, Follow: hub.deliver, Unfollow: hub.deliver},
    schedules=(Schedule("live.sweep", timedelta(minutes=10), watching.sweep),))
