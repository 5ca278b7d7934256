from datetime import timedelta

from groupware.kernel.feature import Feature
from groupware.kernel.jobs import Schedule
from groupware.kernel.permissions import SIGNED_IN
from groupware.live import hub, sockets, watching
from groupware.live.effects import Besides, Broadcast, Follow, Unfollow

FEATURE = Feature(
    name="live", label="即時通知", effects={Broadcast: hub.deliver, Besides: hub.deliver, Follow: hub.deliver, Unfollow: hub.deliver},
    on_untold=(hub.make_good,), access={"live.again": SIGNED_IN}, sockets={"live.again": sockets.follow_again},
    schedules=(Schedule("live.sweep", timedelta(minutes=10), watching.sweep),))
