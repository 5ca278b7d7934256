"""Marking as read: a signal, not a command. Every open browser of the person hears of it; what was still to ring or to be mailed is not."""
from sqlalchemy import update

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.ref import Ref
from groupware.live import hub
from groupware.live.effects import Broadcast
from groupware.notifications.models import Notification
from groupware.notifications.queries.stream import unread_count


def mark_line(actor: Actor, row: Notification) -> None:
    """What happened in its place up to it."""
    _mark(actor.user_id, Notification.place == row.place, Notification.id <= row.id)


def mark_all(actor: Actor, newest: int) -> None:
    """Up to the newest one that was on the screen: what came after the look is not lost."""
    _mark(actor.user_id, Notification.id <= newest)


def mark_hidden(user_id: int, ids: list[int]) -> None:
    """Of what the person can no longer see, nothing is left to read."""
    if ids:
        _mark(user_id, Notification.id.in_(ids))


def mark_seen(seen: list[tuple[int, Ref]]) -> None:
    """Whoever has seen the thing itself need not be told of it any more: (person, thing)."""
    for user_id in {user for user, _ in seen}:
        _mark(user_id, Notification.about.in_([str(ref) for user, ref in seen if user == user_id]))


def _mark(user_id: int, *which: object) -> None:
    mine = update(Notification).where(Notification.user_id == user_id, Notification.read_at.is_(None), *which)     # type: ignore[arg-type]
    done = mine.values(read_at=clock.now(), rings_at=None, mail_at=None)
    changed = db.write(lambda: db.unit().connection.execute(done).rowcount)
    if changed:
        hub.deliver(Broadcast(f"user:{user_id}", "notifications.new", {"unread": unread_count(user_id)}))
