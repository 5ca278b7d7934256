"""Marking as read: a signal, not a command. Every open browser of the person hears of it."""
from sqlalchemy import update

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.ref import Ref
from groupware.live import hub
from groupware.live.effects import Broadcast
from groupware.notifications.models import Notification
from groupware.notifications.queries import unread_count


def mark_read(actor: Actor, notification_id: int | None = None) -> None:
    """One, or all of them."""
    which = [Notification.id == notification_id] if notification_id else []
    _mark(actor.user_id, *which)


def mark_hidden(actor: Actor, ids: list[int]) -> None:
    """Of what the person can no longer see, nothing is left to read."""
    if ids:
        _mark(actor.user_id, Notification.id.in_(ids))


def mark_seen(seen: list[tuple[int, Ref]]) -> None:
    """Whoever has seen the thing itself need not be told of it any more: (person, thing)."""
    for user_id in {user for user, _ in seen}:
        _mark(user_id, Notification.about.in_([str(ref) for user, ref in seen if user == user_id]))


def _mark(user_id: int, *which: object) -> None:
    mine = update(Notification).where(Notification.user_id == user_id, Notification.read_at.is_(None), *which)     # type: ignore[arg-type]
    changed = db.write(lambda: db.unit().connection.execute(mine.values(read_at=clock.now())).rowcount)
    if changed:
        hub.deliver(Broadcast(f"user:{user_id}", "notifications.new", {"unread": unread_count(user_id)}))
