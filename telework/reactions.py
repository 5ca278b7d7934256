"""Who is told when an application comes, goes on, or is answered."""
from collections.abc import Iterator

from groupware.directory.queries import actor_for, holders_of_post
from groupware.kernel import db
from groupware.kernel.ports import approval_desk
from groupware.kernel.reactions import Reactions
from groupware.notifications.notice import Notice
from telework import events
from telework.models.applications import Application

on = Reactions()
ASK, ANSWER = "telework.ask", "telework.answer"
TO_HEAD = {"report": "在宅勤務の終業の報告", "withdraw": "在宅勤務の取消"}
TO_SELF = {"grant": "在宅勤務が承認されました", "refuse": "在宅勤務は承認されませんでした", "again": "終業の報告を書き直してください"}


@on.later(events.TeleworkAsked)
def tell_head(event: events.TeleworkAsked) -> Iterator[Notice]:
    yield from _to_heads(db.session.get(Application, event.application_id), "在宅勤務の申請")


@on.later(events.TeleworkMoved)
def tell_next(event: events.TeleworkMoved) -> Iterator[Notice]:
    application = db.session.get(Application, event.application_id)
    if application and event.act in TO_SELF:
        yield Notice(application.user_id, event.about, TO_SELF[event.act], ANSWER)
    if event.act in TO_HEAD:
        yield from _to_heads(application, TO_HEAD[event.act])


def _to_heads(application: Application | None, reason: str) -> Iterator[Notice]:
    """Whoever holds the post above the one who asks, on this day."""
    who = actor_for(application.user_id) if application else None
    for seat in approval_desk().route_up(who) if application and who else ():
        for user_id in holders_of_post(seat.unit_id or 0, seat.post):
            yield Notice(user_id, application.ref, reason, ASK)      # type: ignore[union-attr]
