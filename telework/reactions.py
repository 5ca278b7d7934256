"""Who is told when an application comes, goes on, or is answered."""
from collections.abc import Iterator

from groupware.directory.queries import actor_for, holders_of_post
from groupware.kernel import db
from groupware.kernel.findable import Touched
from groupware.kernel.ports import approval_desk
from groupware.kernel.reactions import Reactions
from groupware.notifications.notice import Notice
from telework import events
from telework.models.applications import Application

on = Reactions()
ASK, ANSWER = "telework.ask", "telework.answer"
TO_HEAD = {"report": "テレワークの終業の報告", "withdraw": "テレワークの取消"}
TO_SELF = {"grant": "テレワークが承認されました", "refuse": "テレワークは承認されませんでした", "again": "終業の報告を書き直してください"}


@on.within(events.TeleworkAsked, events.TeleworkMoved)
def find_anew(event: events.TeleworkAsked | events.TeleworkMoved) -> Iterator[Touched]:
    yield Touched(event.about)


@on.later(events.TeleworkAsked)
def tell_head(event: events.TeleworkAsked) -> Iterator[Notice]:
    if _is_first(event):
        yield from _to_heads(db.session.get(Application, event.application_id), f"テレワークの申請{_days(event)}")


@on.later(events.TeleworkMoved)
def tell_next(event: events.TeleworkMoved) -> Iterator[Notice]:
    application = db.session.get(Application, event.application_id)
    if application and event.act in TO_SELF and _is_first(event):
        yield Notice(application.user_id, event.about, TO_SELF[event.act] + _days(event), ANSWER)
    if event.act in TO_HEAD:
        yield from _to_heads(application, TO_HEAD[event.act])


def _is_first(event: events.TeleworkAsked | events.TeleworkMoved) -> bool:
    return event.first in {0, event.application_id}


def _days(event: events.TeleworkAsked | events.TeleworkMoved) -> str:
    return f"（{event.days}日分）" if event.days > 1 else ""


def _to_heads(application: Application | None, reason: str) -> Iterator[Notice]:
    """Whoever holds the post above the one who asks, on this day."""
    who = actor_for(application.user_id) if application else None
    for seat in approval_desk().route_up(who) if application and who else ():
        for user_id in holders_of_post(seat.unit_id or 0, seat.post):
            yield Notice(user_id, application.ref, reason, ASK)      # type: ignore[union-attr]
