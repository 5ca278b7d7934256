"""A thing of a disaster: told in spite of night, leave and choice, and written down."""
from sqlalchemy import or_, select

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.ref import Ref
from groupware.notifications.events import AlarmEnded, AlarmRaised, AlarmRung
from groupware.notifications.models import Alarm, Notification
from groupware.notifications.permissions import Notifications
from groupware.notifications.queries.alarms import alarm_for, alarm_over, thing_for


@command(Notifications.ALARM, on=thing_for)
def raise_alarm(actor: Actor, about: Ref, reason: str) -> int:
    """Whoever may see the thing and holds one of the posts for it."""
    standing = alarm_over(about)
    if standing:
        raise Already(standing.id)
    alarm = Alarm(about=str(about), reason=reason, by_id=actor.user_id, by_name=actor.name, at=clock.now())
    db.session.add(alarm)
    db.session.flush()
    record(actor, AlarmRaised(alarm.id, str(about), reason))
    return alarm.id


@command(Notifications.ALARM, on=alarm_for)
def end_alarm(actor: Actor, alarm: Alarm) -> None:
    alarm.ended_at = clock.now()
    record(actor, AlarmEnded(alarm.id))


@command(Notifications.RING, on=alarm_for)
def ring_alarm(actor: Actor, alarm: Alarm) -> None:
    """Whoever has been told of it already and has not read it is reached now."""
    told = select(Notification).where(or_(Notification.about == alarm.about, Notification.place == alarm.about), Notification.read_at.is_(None))
    rows, now = list(db.session.scalars(told)), clock.now()
    for row in rows:
        row.alarm, row.rings_at, row.mail_at = True, now, now
    record(actor, AlarmRung(alarm.id, len({row.user_id for row in rows})))
