"""What follows when something happened to a sitting."""
from collections.abc import Collection, Iterator

from sqlalchemy import select

from groupware.kernel import db
from groupware.kernel.findable import Touched
from groupware.kernel.reactions import Reactions
from groupware.kernel.ref import Ref
from groupware.live.effects import Broadcast, Follow, Unfollow
from groupware.notifications.notice import Notice, Reconsider
from meetings import events
from meetings.models.bodies import Member
from meetings.models.sittings import CALLED, Item, Paper, Sitting
from meetings.permissions import READERS, is_open
from meetings.queries.viewing import of_floor, of_sitting, place_of, presents, sealed_topics, showing_of

on = Reactions()


@on.later(events.SittingCalled)
def tell_members(event: events.SittingCalled) -> Iterator[Notice]:
    yield from _told(event.sitting_id, "会議のお知らせ", "meetings.called")


@on.later(events.SittingChanged)
def tell_of_change(event: events.SittingChanged) -> Iterator[Notice]:
    if event.moved:
        yield from _told(event.sitting_id, f"会議の日時か場所が変わりました（{event.version}）", "meetings.changed")


@on.later(events.SittingCancelled)
def tell_of_cancellation(event: events.SittingCancelled) -> Iterator[Notice]:
    if event.called:
        yield from _told(event.sitting_id, "会議は中止になりました", "meetings.changed")


@on.later(events.PaperReplaced)
def tell_readers(event: events.PaperReplaced) -> Iterator[Notice]:
    """Those whose role reads at the level of the item; nobody before the paper is open."""
    found = db.session.execute(select(Paper, Item, Sitting).join(Item, Item.id == Paper.item_id).join(Sitting, Sitting.id == Item.sitting_id)
                               .where(Paper.id == event.paper_id)).first()
    if found is None or found.Sitting.state != CALLED or not is_open(found.Paper, found.Sitting):
        return
    readers = select(Member.user_id).where(Member.body_id == found.Sitting.body_id, Member.role.in_(READERS[found.Item.level]))
    for user_id in db.session.scalars(readers):
        yield Notice(user_id, event.about, f"資料が差し替わりました（第{event.version}版）", "meetings.paper",
                     Ref("meetings.sitting", found.Sitting.id))


@on.later(events.ItemChanged, events.ItemDropped)
def tell_no_more(event: events.ItemChanged) -> Iterator[Reconsider]:
    """Where a level was narrowed."""
    yield Reconsider(Ref("meetings.sitting", event.sitting_id))


@on.later(events.PaperDropped)
def tell_of_it_no_more(event: events.PaperDropped) -> Iterator[Reconsider]:
    yield Reconsider(event.about)


@on.later(events.BodyChanged)
def tell_those_without_a_seat_no_more(event: events.BodyChanged) -> Iterator[Reconsider]:
    for sitting_id in db.session.scalars(select(Sitting.id).where(Sitting.body_id == event.body_id)):
        yield Reconsider(Ref("meetings.sitting", sitting_id))


@on.within(events.SittingPlanned, events.SittingChanged, events.SittingCalled, events.SittingCancelled)
def touch_sitting(event: events.SittingCalled) -> Iterator[Touched]:
    """Its items become to be found, or no longer."""
    for item_id in db.session.scalars(select(Item.id).where(Item.sitting_id == event.sitting_id)):
        yield Touched(Ref("meetings.item", item_id))


@on.within(events.ItemAdded, events.ItemChanged, events.ItemDropped)
def touch_item(event: events.ItemChanged) -> Iterator[Touched]:
    yield Touched(event.about)


@on.within(events.PaperHung, events.PaperReplaced, events.PaperDropped)
def touch_paper(event: events.PaperHung) -> Iterator[Touched]:
    yield Touched(event.about)


@on.within(events.BodyChanged)
def touch_all(event: events.BodyChanged) -> Iterator[Touched]:
    here = select(Item.id).join(Sitting, Sitting.id == Item.sitting_id).where(Sitting.body_id == event.body_id)
    for item_id in db.session.scalars(here):
        yield Touched(Ref("meetings.item", item_id))


@on.after_commit(events.FloorGiven)
def tell_of_presenter(event: events.FloorGiven) -> Iterator[Broadcast | Follow]:
    """To all who have the sitting on the screen; that there is a place, to those who may read the paper."""
    yield Follow((event.presenter_id,), of_floor(event.sitting_id))
    showing = showing_of(event.sitting_id)
    if showing:
        presenter = place_of(showing)["presenter"]
        yield Broadcast(of_sitting(event.sitting_id), "meetings.floor", {"sitting": event.sitting_id, "seq": showing.seq, "presenter": presenter})


@on.within(events.FloorGiven)
@on.after_commit(events.FloorGiven)
def close_pointer(event: events.FloorGiven) -> Iterator[Unfollow]:
    yield Unfollow((event.before_id,), of_floor(event.sitting_id))


@on.after_commit(events.EveryoneCalled)
def call_all(event: events.EveryoneCalled) -> Iterator[Broadcast]:
    showing = showing_of(event.sitting_id)
    if showing and showing.paper_id:
        for _, topic in sealed_topics(event.sitting_id, {showing.paper_id}):
            yield Broadcast(topic, "meetings.place", place_of(showing))


@on.after_commit(events.SittingChanged, events.SittingCancelled)
def say_changed(event: events.SittingChanged) -> Iterator[Broadcast]:
    """That something is new, and nothing of what: who looks comes in anew, by the rule of this moment."""
    yield _anew(event.sitting_id)


@on.after_commit(events.ItemAdded, events.ItemChanged, events.ItemMoved, events.ItemDropped)
def say_item_changed(event: events.ItemChanged) -> Iterator[Broadcast]:
    yield _anew(event.sitting_id)


@on.after_commit(events.PaperHung, events.PaperReplaced, events.PaperDropped)
def say_paper_changed(event: events.PaperHung) -> Iterator[Broadcast]:
    item = db.session.get(Item, event.item_id)
    if item:
        yield _anew(item.sitting_id)


@on.after_commit(events.BodyChanged)
def say_company_changed(event: events.BodyChanged) -> Iterator[Broadcast]:
    for sitting_id in db.session.scalars(select(Sitting.id).where(Sitting.body_id == event.body_id)):
        yield _anew(sitting_id)


def followers(topic: str, user_ids: Collection[int]) -> set[int]:
    """Only the floor is followed by name; into everything else one comes by entering."""
    kind, _, number = topic.partition(":")
    return {user for user in user_ids if kind == "meetings.floor" and presents(user, int(number))}


def _anew(sitting_id: int) -> Broadcast:
    return Broadcast(of_sitting(sitting_id), "meetings.changed", {"sitting": sitting_id})


def _told(sitting_id: int, reason: str, kind: str) -> Iterator[Notice]:
    """All members, and who presents something without being one."""
    members = select(Member.user_id).join(Sitting, Sitting.body_id == Member.body_id).where(Sitting.id == sitting_id)
    presenters = select(Item.presenter_id).where(Item.sitting_id == sitting_id, Item.presenter_id.is_not(None))
    for user_id in {*db.session.scalars(members), *db.session.scalars(presenters)}:
        if user_id is not None:
            yield Notice(user_id, Ref("meetings.sitting", sitting_id), reason, kind)
