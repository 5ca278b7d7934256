"""Notice -> row -> the open browsers of that person. Runs in the helper process."""
from sqlalchemy import insert, select

from groupware.kernel import clock, db
from groupware.live import hub
from groupware.live.effects import Broadcast
from groupware.notifications.models import Notification
from groupware.notifications.notice import Notice
from groupware.notifications.queries import unread_count


def keep(notice: Notice) -> None:
    """A job that runs twice tells once: the unique constraint judges, the look before it saves the noise."""
    if db.write(lambda: _add(notice)):
        hub.deliver(Broadcast(f"user:{notice.user_id}", "notifications.new", {"unread": unread_count(notice.user_id), "reason": notice.reason}))


def _add(notice: Notice) -> bool:
    known = select(Notification.id).where(Notification.user_id == notice.user_id, Notification.about == str(notice.about),
                                          Notification.reason == notice.reason)
    connection = db.unit().connection
    if connection.scalar(known):
        return False
    values = {"user_id": notice.user_id, "about": str(notice.about), "reason": notice.reason, "at": clock.now()}
    connection.execute(insert(Notification), [values])
    return True
