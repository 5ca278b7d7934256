"""What follows when something happens in a sitting: whoever may see it sees it at once, and whoever has something to do is told."""
from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import select

from groupware.kernel import db
from groupware.kernel.clock import JST
from groupware.kernel.findable import Touched
from groupware.kernel.ref import Ref
from groupware.kernel.things import Resolved
from groupware.live.effects import Broadcast
from groupware.notifications.notice import Notice
from meetings import events, minutes_events
from meetings.models.bodies import PUBLIC, SECRETARY, STAFF, Body, Member
from meetings.models.minutes import ACCEPTED, ACTION, DECISION, Correction, Entry
from meetings.models.results import Action
from meetings.models.sittings import Item, Sitting
from meetings.permissions import READERS
from meetings.printing import ToPrint
from meetings.reactions import on
from meetings.rights import LOCK, RETURN, WATCHING

ASKED, LOCKED, RETURNED = "議事録の確認をお願いします", "議事録が確定しました", "議事録が書き直しに戻りました"


@on.after_commit(*minutes_events.LIVE)
def tell_who_watches(event: minutes_events.EntryWritten) -> Iterator[Broadcast]:
    """No words, only where to look: each screen asks for what its own person may see."""
    item = db.session.get(Item, event.item_id) if hasattr(event, "item_id") else None
    told = {"sitting": event.sitting_id, "item": item.id if item else 0}
    for user_id in _watching(event.sitting_id, item):
        yield Broadcast(f"user:{user_id}", "meetings.minutes", told)


@on.after_commit(minutes_events.PrintKept)
def tell_who_asked(event: minutes_events.PrintKept) -> Iterator[Broadcast]:
    yield Broadcast(f"user:{event.by_id}", "meetings.print", {"sitting": event.sitting_id})


@on.later(minutes_events.PrintAsked)
def have_it_made(event: minutes_events.PrintAsked) -> Iterator[ToPrint]:
    yield ToPrint(event.print_id)


@on.later(minutes_events.MinutesMoved)
def tell_of_minutes(event: minutes_events.MinutesMoved) -> Iterator[Notice]:
    if event.act == RETURN:
        yield from _notices(_members(event.sitting_id, (SECRETARY,)), event.about, RETURNED)
    else:
        words = LOCKED if event.act == LOCK else ASKED
        yield from _notices(_members(event.sitting_id, WATCHING), event.about, words)


@on.later(minutes_events.MinutesMoved)
def carry_back(event: minutes_events.MinutesMoved) -> Iterator[Resolved]:
    """To what an item was about, and to the item itself, once the minutes stand; only what the whole staff may read goes back."""
    asked = (select(Entry, Item, Action, Sitting, Body).join(Item, Item.id == Entry.item_id).join(Sitting, Sitting.id == Entry.sitting_id)
             .join(Body, Body.id == Sitting.body_id).outerjoin(Action, Action.entry_id == Entry.id)
             .where(Entry.sitting_id == event.sitting_id, Entry.kind.in_((DECISION, ACTION)), Entry.removed.is_(False))
             .where(Item.level.in_((PUBLIC, STAFF))).order_by(Entry.id))
    for entry, item, action, sitting, body in db.session.execute(asked) if event.act == LOCK else ():
        source = Ref("meetings.action", action.id) if action else Ref("meetings.entry", entry.id)
        for about in filter(None, (item.about, f"meetings.item:{item.id}")):
            yield Resolved(Ref.parse(about), source, entry.body, f"第{sitting.number}回 {body.name}", sitting.starts_at.astimezone(JST).date(),
                           action is not None, action.owner_id if action else 0, action.due_on if action else None)


@on.later(minutes_events.CorrectionProposed)
def tell_secretaries(event: minutes_events.CorrectionProposed) -> Iterator[Notice]:
    yield from _notices(_members(event.sitting_id, (SECRETARY,)), event.about, "議事録の直しの申し出があります",
                        Ref("meetings.sitting", event.sitting_id))


@on.later(minutes_events.CorrectionSettled)
def tell_proposer(event: minutes_events.CorrectionSettled) -> Iterator[Notice]:
    wish = db.session.get(Correction, event.correction_id)
    if wish:
        words = "議事録の直しを取り入れました" if event.state == ACCEPTED else "議事録の直しを見送りました"
        yield Notice(wish.by_id, event.about, words, "meetings.minutes", Ref("meetings.sitting", event.sitting_id))


@on.later(minutes_events.ActionGiven)
def tell_owner(event: minutes_events.ActionGiven) -> Iterator[Notice]:
    yield Notice(event.owner_id, Ref("meetings.action", event.action_id), "会議の対応事項を頼まれました", "meetings.action")


@on.later(minutes_events.ActionChased)
def remind_owner(event: minutes_events.ActionChased) -> Iterator[Notice]:
    yield Notice(event.owner_id, event.about, "対応事項の期限を過ぎています" if event.late else "対応事項の期限が近づいています", "meetings.action")


@on.within(minutes_events.MinutesMoved)
def touch_minutes(event: minutes_events.MinutesMoved) -> Iterator[Touched]:
    """With each item what was written of it."""
    yield from _items(event.sitting_id)


@on.within(events.ItemChanged)
def touch_those_below(event: events.ItemChanged) -> Iterator[Touched]:
    """They are as closed as what stands above them."""
    yield from _items(event.sitting_id)


def _items(sitting_id: int) -> Iterator[Touched]:
    for item_id in db.session.scalars(select(Item.id).where(Item.sitting_id == sitting_id)):
        yield Touched(Ref("meetings.item", item_id))


def _watching(sitting_id: int, item: Item | None) -> Iterable[int]:
    roles = [role for role in WATCHING if item is None or role in READERS[item.level]]
    presenting = [item.presenter_id] if item and item.presenter_id else []
    return {*_members(sitting_id, roles), *presenting}


def _members(sitting_id: int, roles: Collection[str]) -> list[int]:
    asked = select(Member.user_id).join(Sitting, Sitting.body_id == Member.body_id).where(Sitting.id == sitting_id, Member.role.in_(roles))
    return list(db.session.scalars(asked))


def _notices(people: Iterable[int], about: Ref, words: str, place: Ref | None = None) -> Iterator[Notice]:
    for user_id in people:
        yield Notice(user_id, about, words, "meetings.minutes", place)
