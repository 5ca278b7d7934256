from datetime import timedelta

from groupware.kernel.feature import Feature
from groupware.kernel.jobs import Schedule
from groupware.kernel.permissions import PUBLIC, SIGNED_IN
from groupware.notifications import reactions, ringing, sweeping, widgets
from groupware.notifications.alarming import ring_now
from groupware.notifications.doors import install_doors
from groupware.notifications.events import EVENTS
from groupware.notifications.keeping import keep, reconsider
from groupware.notifications.notice import Notice, Reconsider, RingAlarm
from groupware.notifications.permissions import RULES, Notifications
from groupware.notifications.post import postman
from groupware.notifications.queries.choices import OTHER
from groupware.notifications.queries.stream import unread
from groupware.notifications.restoring import say_nothing_again
from groupware.notifications.views import alarms, blueprint, post, settings, stream  # noqa: F401 (each adds its doors to the blueprint)

FEATURE = Feature(
    name="notifications", label="お知らせ", blueprint=blueprint,
    effects={Notice: keep, Reconsider: reconsider, RingAlarm: ring_now}, events=EVENTS, reactions=reactions.on, rules=RULES,
    badges={"notifications.index": unread}, widgets=(widgets.my_notices,), notices=(OTHER,),
    nouns={"notifications.post": "メールの決まり", "notifications.letter": "メール", "notifications.alarm": "災害の知らせ"},
    beside=(ringing.ring_for_ever, postman.carry_for_ever),
    install=install_doors, schedules=(Schedule("notifications.sweep", timedelta(hours=6), sweeping.sweep),), restored=(say_nothing_again,),
    access={
        "notifications.static": PUBLIC, "notifications.index": SIGNED_IN, "notifications.panel": SIGNED_IN, "notifications.show": SIGNED_IN,
        "notifications.read": SIGNED_IN, "notifications.read_all": SIGNED_IN, "notifications.code": SIGNED_IN, "notifications.follow": SIGNED_IN,
        "notifications.settings": Notifications.CHOOSE, "notifications.choose": Notifications.CHOOSE,
        "notifications.post": Notifications.KEEP_POST, "notifications.set_post": Notifications.KEEP_POST,
        "notifications.try_post": Notifications.KEEP_POST, "notifications.retry": Notifications.KEEP_POST,
        "notifications.alarms": Notifications.ALARM, "notifications.sound": Notifications.ALARM, "notifications.end": Notifications.ALARM})
