"""What follows when units are asked, and when they answer."""
from collections.abc import Iterator

from sqlalchemy import select

from groupware.directory.queries import heads_of_units
from groupware.kernel import db
from groupware.kernel.ref import Ref
from groupware.live.effects import Broadcast
from groupware.notifications.notice import Notice
from meetings import inquiry_events as events
from meetings.minutes_reactions import on
from meetings.models.bodies import SECRETARY, Member
from meetings.models.inquiries import AwaitedPaper
from meetings.models.sittings import Item, Sitting
from meetings.queries.viewing import of_sitting

ASKED, REMINDED, ANSWERED = "会議に出す議題の照会が届きました", "会議に出す議題の照会に、まだ答えていません", "議題の照会に答えが届きました"
AWAITED = "会議の資料を付けてください"


@on.later(events.UnitsAsked)
def tell_units(event: events.UnitsAsked) -> Iterator[Notice]:
    yield from _to_heads(event.units, event.about, ASKED)


@on.later(events.UnitsReminded)
def remind(event: events.UnitsReminded) -> Iterator[Notice]:
    yield from _to_heads(event.units, event.about, REMINDED)


@on.later(events.UnitAnswered)
def tell_secretaries(event: events.UnitAnswered) -> Iterator[Notice]:
    asked = select(Member.user_id).join(Sitting, Sitting.body_id == Member.body_id).where(Sitting.id == event.sitting_id, Member.role == SECRETARY)
    for user_id in db.session.scalars(asked):
        yield Notice(user_id, event.about, ANSWERED, "meetings.inquiry")


@on.later(events.PaperAwaited)
def tell_who_presents(event: events.PaperAwaited) -> Iterator[Notice]:
    item = db.session.get(Item, event.item_id)
    if item and item.presenter_id and db.session.scalar(select(AwaitedPaper.id).where(AwaitedPaper.item_id == item.id).limit(1)):
        yield Notice(item.presenter_id, Ref("meetings.item", item.id), AWAITED, "meetings.inquiry", Ref("meetings.sitting", item.sitting_id))


@on.after_commit(events.PaperAwaited, events.PaperNoLongerAwaited)
def say_changed(event: events.PaperAwaited) -> Iterator[Broadcast]:
    yield Broadcast(of_sitting(event.sitting_id), "meetings.changed", {"sitting": event.sitting_id})


def _to_heads(units: tuple[int, ...], about: Ref, words: str) -> Iterator[Notice]:
    for user_id in dict.fromkeys(user for users in heads_of_units(units).values() for user in users):
        yield Notice(user_id, about, words, "meetings.inquiry")
