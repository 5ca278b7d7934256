"""What follows when something happened in a room."""
from collections import defaultdict
from collections.abc import Collection, Iterator

from sqlalchemy import select

from chat import events
from chat.following import OrganisationMoved
from chat.models import DIRECT, Member, Message, Room
from chat.queries.members import member_ids, not_seen_by
from chat.queries.messages import MOST_TOLD, touched_by
from chat.rendering import SlowMarkup
from chat.showing import room_wire, wire
from chat.topics import of_room, on_screen, room_of
from groupware.directory.events import AssignmentChanged, DirectoryImported, GroupChanged, PersonDisabled, PersonEnabled, UnitChanged
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.events import Event
from groupware.kernel.findable import Touched
from groupware.kernel.reactions import Reactions
from groupware.kernel.ref import Ref
from groupware.kernel.things import Tied
from groupware.live.effects import Besides, Broadcast, Follow, Unfollow
from groupware.notifications.notice import Notice, Reconsider
from groupware.notifications.queries import is_alarm

on = Reactions()
MOST_AT_ONCE = 5        # broadcasts to one room in a row
ADDRESSED, DIRECTLY, ANSWERED, DISASTER = "あなた宛て", "個人への連絡", "あなたの投稿への返信", "災害の知らせ"
KINDS = {ADDRESSED: "chat.mention", DIRECTLY: "chat.direct", ANSWERED: "chat.reply", DISASTER: "chat.mention"}


@on.together(events.MessagePosted, events.MessageEdited, events.MessageDeleted, events.MessageRendered, events.ReactionChanged)
def tell_rooms(told: list[events.MessagePosted]) -> Iterator[Broadcast]:
    """Everything these changes touched. A browser that misses a number fetches what lies between.

    However much has piled up, no room is asked about more than a few times: of very much only the newest change is told.
    """
    by_room: dict[int, list[events.MessagePosted]] = defaultdict(list)
    for event in told:
        by_room[event.room_id].append(event)
    for room_id, waiting in by_room.items():
        much = len(waiting) > MOST_AT_ONCE * MOST_TOLD
        for start in range(0, 1 if much else len(waiting), MOST_TOLD):
            yield from _tell_room(room_id, waiting[-1:] if much else waiting[start:start + MOST_TOLD], much=much)


def _tell_room(room_id: int, told: list[events.MessagePosted], *, much: bool) -> Iterator[Broadcast]:
    """``much``: there is more than this."""
    changes = sorted(event.change for event in told)
    touched = touched_by(room_id, changes, {(event.message_id, event.change) for event in told if isinstance(event, events.MessagePosted)})
    if touched:
        yield Broadcast(of_room(room_id), "chat.change", {
            "room": room_id, "change": changes[-1], **({"changes": changes} if len(changes) > 1 else {}), "seq": touched.last_seq,
            "line": touched.last_line, "messages": [wire(shown) for shown in touched.shown], "more": much or touched.more})


@on.after_commit(events.RoomChanged, events.MembersAdded, events.MemberRemoved)
def tell_room_itself(event: events.RoomChanged) -> Iterator[Broadcast]:
    room = db.session.get(Room, event.room_id)
    if room:
        yield Broadcast(of_room(room.id), "chat.change", {
            "room": room.id, "change": event.change, "seq": room.last_seq, "line": room.last_line, "messages": [], "about": room_wire(room)})


@on.within(events.MemberRemoved)
@on.after_commit(events.MemberRemoved)
def close_doors(event: events.MemberRemoved) -> Iterator[Unfollow]:
    yield Unfollow((event.user_id,), of_room(event.room_id))
    yield Unfollow((event.user_id,), on_screen(event.room_id))


@on.after_commit(events.MemberRemoved)
def tell_the_removed(event: events.MemberRemoved) -> Iterator[Broadcast]:
    yield Broadcast(f"user:{event.user_id}", "chat.gone", {"room": event.room_id})


@on.after_commit(events.RoomCreated, events.MembersAdded)
def open_doors(event: events.RoomCreated) -> Iterator[Follow | Besides]:
    yield Follow(event.user_ids, of_room(event.room_id))
    yield Besides("chat.come", [(user_id, {"room": event.room_id}, "") for user_id in event.user_ids])


@on.within(events.MessagePosted, events.MessageEdited, events.MessageDeleted, events.MessageRendered, events.RoomCreated, events.RoomChanged)
def find_again(event: Event) -> Iterator[Touched]:
    yield Touched(event.about)


@on.later(events.MessagePosted)
def tell_people(event: events.MessagePosted) -> Iterator[Notice]:
    """Whoever is addressed by name, the other one of a direct room, and whose message is answered: each once, never the author."""
    about = Ref("chat.message", event.message_id)
    told = {event.author_id}
    for user_id, reason in _reasons(event):
        if user_id not in told:
            told.add(user_id)
            yield Notice(user_id, about, reason, KINDS[reason], Ref("chat.room", event.room_id))


@on.later(events.MemberRemoved)
def tell_the_removed_no_more(event: events.MemberRemoved) -> Iterator[Reconsider]:
    yield Reconsider(Ref("chat.room", event.room_id), event.user_id)


@on.later(events.MessageDeleted)
def tell_of_it_no_more(event: events.MessageDeleted) -> Iterator[Reconsider]:
    yield Reconsider(event.about)


@on.later_for_all(AssignmentChanged, PersonDisabled, PersonEnabled, UnitChanged, GroupChanged, DirectoryImported)
def follow_organisation(_: Event) -> Iterator[OrganisationMoved]:
    yield OrganisationMoved()


@on.later(events.MessageEdited)
def tell_newly_addressed(event: events.MessageEdited) -> Iterator[Notice]:
    for user_id in event.newly_mentioned:
        if user_id != event.author_id:
            yield Notice(user_id, Ref("chat.message", event.message_id), ADDRESSED, KINDS[ADDRESSED], Ref("chat.room", event.room_id))


@on.later(events.MessagePosted, events.MessageEdited)
def render_slow_markup(event: events.MessagePosted) -> Iterator[SlowMarkup]:
    if event.slow:
        yield SlowMarkup(event.message_id)


def _reasons(event: events.MessagePosted) -> list[tuple[int, str]]:
    """People to tell, the strongest reason first; only members of now, and nobody who has seen it meanwhile."""
    here = not_seen_by(event.room_id, event.seq)
    found = [(user_id, ADDRESSED) for user_id in event.mentioned]
    if db.session.scalar(select(Room.kind).where(Room.id == event.room_id)) == DIRECT:
        found += [(user_id, DIRECTLY) for user_id in here]
    if event.reply_to_id:
        root = db.session.get(Message, event.reply_to_id)
        found += [(root.author_id, ANSWERED)] if root else []
    if is_alarm(Ref("chat.room", event.room_id)):
        found += [(user_id, DISASTER) for user_id in here]
    return [(user_id, reason) for user_id, reason in found if user_id in here]


def topics(actor: Actor) -> list[str]:
    """What an actor's connections follow from the start: the rooms they are in."""
    rooms = db.session.scalars(select(Member.room_id).where(Member.user_id == actor.user_id, Member.left_at.is_(None)))
    return [of_room(room_id) for room_id in rooms]


def followers(topic: str, user_ids: Collection[int]) -> set[int]:
    """Of these people those who may follow a topic of a room, its screen included: its members of now."""
    return member_ids(room_of(topic)) & set(user_ids)


@on.later(events.RoomCreated)
def tie_to_measure(event: events.RoomCreated) -> Iterator[Tied]:
    room = db.session.get(Room, event.room_id)
    if room and room.measure:
        yield Tied(event.about, room.measure)
