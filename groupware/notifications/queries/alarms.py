"""What is told in spite of everything."""
from collections.abc import Iterable

from sqlalchemy import select

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card, cards_for
from groupware.notifications.models import Alarm
from groupware.notifications.seeing import seen_by


def is_alarm(*refs: Ref) -> bool:
    return alarm_over(*refs) is not None


def alarm_over(*refs: Ref) -> Alarm | None:
    """The alarm that stands on one of these."""
    standing = select(Alarm).where(Alarm.about.in_([str(ref) for ref in refs]), Alarm.ended_at.is_(None))
    return db.session.scalars(standing.limit(1)).first()


def alarm_for(_: Actor, alarm_id: int) -> Alarm:
    found = db.session.get(Alarm, alarm_id)
    if found is None or found.ended_at:
        raise NotFound
    return found


def thing_for(actor: Actor, about: Ref) -> Ref:
    """Raises NotFound for what the actor may not see."""
    if about not in seen_by(actor.user_id, [about]):
        raise NotFound
    return about


def alarms_seen_by(actor: Actor, most: int = 30) -> Iterable[tuple[Alarm, Card | None]]:
    """The newest first, each with its thing when the actor may see it."""
    rows = list(db.session.scalars(select(Alarm).order_by(Alarm.ended_at.is_not(None), Alarm.id.desc()).limit(most)))
    cards = cards_for(actor, [Ref.parse(row.about) for row in rows])
    return [(row, cards.get(Ref.parse(row.about))) for row in rows]
