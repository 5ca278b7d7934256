"""Questions about a person's stream."""
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card, cards_for
from groupware.notifications.models import Notification

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    notification: Notification
    card: Card


@dataclass(frozen=True, slots=True)
class Stream:
    """``hidden``: unread ones between these that are about what the person can no longer see. No badge may stick for them."""

    lines: list[Line]
    hidden: list[int]


def unread(user_id: int) -> Select[Any]:
    return select(func.count()).where(Notification.user_id == user_id, Notification.read_at.is_(None))


def unread_count(user_id: int) -> int:
    return db.session.scalar(unread(user_id)) or 0


def unread_refs(user_ids: set[int], kind: str) -> list[tuple[int, Ref]]:
    """(person, thing) of what these people have been told of things of a kind and have not read. One query."""
    asked = select(Notification.user_id, Notification.about).where(
        Notification.user_id.in_(user_ids), Notification.read_at.is_(None), Notification.about.startswith(f"{kind}:"))
    return [(user_id, Ref.parse(about)) for user_id, about in db.session.execute(asked)]


def stream(actor: Actor) -> Stream:
    """Newest first; nothing about what one can no longer see."""
    mine = select(Notification).where(Notification.user_id == actor.user_id)
    rows = list(db.session.scalars(mine.order_by(Notification.id.desc()).limit(SHOWN)))
    cards = cards_for(actor, [row.ref for row in rows])
    return Stream([Line(row, cards[row.ref]) for row in rows if row.ref in cards],
                  [row.id for row in rows if row.ref not in cards and row.read_at is None])


def notification_for(actor: Actor, notification_id: int) -> Notification:
    """Raises NotFound for another person's."""
    row = db.session.get(Notification, notification_id)
    if row is None or row.user_id != actor.user_id:
        raise NotFound
    return row
