"""Notice -> row -> the open browsers of that person. Runs in the helper process. When it rings and is mailed is written into the row."""
from typing import Any

from sqlalchemy import insert, or_, select

from groupware.kernel import clock, db
from groupware.kernel.house import house
from groupware.kernel.notice_kind import NEVER, NoticeKind
from groupware.live import hub
from groupware.live.effects import Broadcast
from groupware.notifications.models import Notification
from groupware.notifications.notice import Notice, Reconsider
from groupware.notifications.queries.alarms import alarm_over
from groupware.notifications.queries.choices import ALARMED, OTHER, Way, kind_named, way_of
from groupware.notifications.queries.stream import unread_count
from groupware.notifications.reading import mark_hidden
from groupware.notifications.seeing import seen_by


def keep(notice: Notice) -> None:
    """A job that runs twice tells once: the unique constraint judges, the look before it saves the noise."""
    db.write(lambda: _keep(notice))


def reconsider(asked: Reconsider) -> None:
    """Of what people can no longer see, nothing is left to read, to ring or to mail."""
    what = str(asked.what)
    told = select(Notification).where(or_(Notification.about == what, Notification.place == what), Notification.read_at.is_(None))
    rows = list(db.session.scalars(told if asked.user_id is None else told.where(Notification.user_id == asked.user_id)))
    for user_id in {row.user_id for row in rows}:
        mine = [row for row in rows if row.user_id == user_id]
        seen = seen_by(user_id, [row.ref for row in mine])
        mark_hidden(user_id, [row.id for row in mine if row.ref not in seen])


def _keep(notice: Notice) -> None:
    kind = _declared(notice)
    way = _way(notice, kind)
    if way.show == NEVER or _is_known(notice):
        return
    db.unit().connection.execute(insert(Notification), [_values(notice, kind, way)])
    hub.deliver(Broadcast(f"user:{notice.user_id}", "notifications.new", {"unread": unread_count(notice.user_id), "reason": notice.reason}))


def _declared(notice: Notice) -> NoticeKind:
    return kind_named(notice.kind) if notice.kind in house.notices else OTHER


def _way(notice: Notice, kind: NoticeKind) -> Way:
    return ALARMED if alarm_over(notice.about, notice.place or notice.about) else way_of(notice.user_id, kind)


def _is_known(notice: Notice) -> bool:
    known = select(Notification.id).where(Notification.user_id == notice.user_id, Notification.about == str(notice.about),
                                          Notification.reason == notice.reason)
    return db.unit().connection.scalar(known) is not None


def _values(notice: Notice, kind: NoticeKind, way: Way) -> dict[str, Any]:
    now = clock.now()
    return {"user_id": notice.user_id, "about": str(notice.about), "place": str(notice.place or notice.about), "kind": kind.name,
            "reason": notice.reason, "alarm": way is ALARMED, "at": now, "rings_at": way.rings_at(now), "mail_at": way.mail_at(now)}
