"""Cursors: signals, merged and durable within a second. What 500 people do when they look at one message."""
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, case, select, update

from chat import topics
from chat.models import Member, Message, Room
from chat.permissions import Chat, Seat
from chat.queries.reads import recent_counts
from chat.queries.seats import number, room_for
from chat.showing import reads_wire
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid
from groupware.kernel.signals import Merged, signal
from groupware.live.connections import Connection
from groupware.live.effects import Besides, Broadcast
from groupware.live.hub import deliver
from groupware.notifications.queries import unread_refs
from groupware.notifications.reading import mark_seen

MOST_AT_ONCE = 500
PEOPLE: BindParameter[Any] = bindparam("people", expanding=True)
SEATS = select(Member.user_id, Member.seen_seq, Member.read_seq, Room.last_seq).join(Room, Room.id == Member.room_id).where(
    Member.room_id == bindparam("room"), Member.user_id.in_(PEOPLE), Member.left_at.is_(None))


def _larger(column: Any) -> Any:
    return case((column < bindparam("seq"), bindparam("seq")), else_=column)


GROWN = update(Member.__table__).where(Member.room_id == bindparam("room"), Member.user_id.in_(PEOPLE)).values(      # type: ignore[arg-type]
    seen_seq=_larger(Member.seen_seq), read_seq=_larger(Member.read_seq))


class Cursor(NamedTuple):
    """How far somebody has read; ``speaker`` is the connection that said so, if one did."""

    seq: int
    speaker: str = ""


class Moved(NamedTuple):
    """A cursor that went on, and what is to be told of it."""

    room_id: int
    user_id: int
    seen: int           # before
    cursor: Cursor
    last: int           # message of the room


def hear_cursor(connection: Connection, data: dict[str, Any]) -> None:
    """{room, seq}, the short way: only what the connection follows, which its person may read."""
    room_id, seq = number(data.get("room")), number(data.get("seq"))
    if topics.of_room(room_id) in connection.topics:
        cursors.put((room_id, connection.user_id), Cursor(seq, connection.sid))


@signal(Chat.SEE, on=room_for)
def move_cursor(actor: Actor, seat: Seat, seq: int) -> dict[str, Any]:
    """Everything up to ``seq`` has been on the screen. Never beyond the last message, never back."""
    if seat.member and number(seq) > min(seat.member.seen_seq, seat.member.read_seq):
        cursors.put((seat.room.id, actor.user_id), Cursor(seq))
    return {}


@signal(Chat.SEE, on=room_for)
def set_back(actor: Actor, seat: Seat, seq: int) -> dict[str, Any]:
    """「未読にする」: the badge goes back to before ``seq``; that it has been seen stays true."""
    if not seat.member:
        raise Invalid("この部屋に入っていません。")
    room_id, last = seat.room.id, seat.room.last_seq
    back = max(min(number(seq) - 1, last), seat.member.joined_seq, 0)
    cursors.now()           # what was read here is forgotten with it
    _write_member(room_id, actor, read_seq=back)
    deliver(Besides("chat.badge", [(actor.user_id, _badge(room_id, back, last), "")]))
    return {"read": back}


@signal(Chat.SEE, on=room_for)
def set_favourite(actor: Actor, seat: Seat, favourite: object) -> dict[str, Any]:
    if not seat.member:
        raise Invalid("この部屋に入っていません。")
    _write_member(seat.room.id, actor, favourite=bool(favourite))
    return {"favourite": bool(favourite)}


def keep_cursors(values: dict[tuple[int, int], Cursor]) -> None:
    """All cursors of the last half second in one transaction; then each author is told once, and each reader's other screens."""
    moved: list[Moved] = db.write(lambda: _grow(values))
    for room_id in {each.room_id for each in moved}:
        here = [each for each in moved if each.room_id == room_id and each.seen < each.cursor.seq]
        if here:
            _tell_authors(room_id, min(each.seen for each in here), max(each.cursor.seq for each in here))
    if moved:
        deliver(Besides("chat.badge", [(each.user_id, _badge(each.room_id, each.cursor.seq, each.last), each.cursor.speaker) for each in moved]))
        _forget_notices({(each.room_id, each.user_id): each.cursor.seq for each in moved})
    db.forget_reading()


cursors = Merged(keep_cursors)


def _grow(values: dict[tuple[int, int], Cursor]) -> list[Moved]:
    """Only seats of now, only forward, only to a message that is there; everybody at the same message by one statement."""
    moved = [each for room_id in {room for room, _ in values} for each in _moved(room_id, values)]
    for room_id, seq in {(each.room_id, each.cursor.seq) for each in moved}:
        people = [each.user_id for each in moved if (each.room_id, each.cursor.seq) == (room_id, seq)]
        for some in _pieces(people):
            db.unit().connection.execute(GROWN, {"room": room_id, "people": some, "seq": seq})
    return moved


def _moved(room_id: int, values: dict[tuple[int, int], Cursor]) -> list[Moved]:
    asked = {user: cursor for (room, user), cursor in values.items() if room == room_id}
    rows = [row for some in _pieces(list(asked)) for row in db.unit().connection.execute(SEATS, {"room": room_id, "people": some})]
    reached = [(row, asked[row.user_id]._replace(seq=min(asked[row.user_id].seq, row.last_seq))) for row in rows]
    return [Moved(room_id, row.user_id, row.seen_seq, cursor, row.last_seq) for row, cursor in reached
            if cursor.seq > min(row.seen_seq, row.read_seq)]


def _pieces(people: list[int]) -> list[list[int]]:
    return [people[start:start + MOST_AT_ONCE] for start in range(0, len(people), MOST_AT_ONCE)]


def _write_member(room_id: int, actor: Actor, **values: object) -> None:
    mine = update(Member).where(Member.room_id == room_id, Member.user_id == actor.user_id).values(**values)
    db.write(lambda: db.unit().connection.execute(mine))


def _badge(room_id: int, read: int, last: int) -> dict[str, int]:
    return {"room": room_id, "read": read, "unread": last - read}


def _tell_authors(room_id: int, above: int, until: int) -> None:
    counts, others = recent_counts(room_id, above, until)
    for author_id in counts.keys() | others:
        reads = reads_wire(counts.get(author_id, {}))
        deliver(Broadcast(f"user:{author_id}", "chat.reads", {"room": room_id, "reads": reads, "again": author_id in others}))


def _forget_notices(cursors_now: dict[tuple[int, int], int]) -> None:
    """What has been read in its room counts as read in the stream of notices, too."""
    waiting = unread_refs({user for _, user in cursors_now}, "chat.message")
    asked = select(Message.id, Message.room_id, Message.seq).where(Message.id.in_({ref.id for _, ref in waiting}))
    places = {row.id: (row.room_id, row.seq) for row in db.session.execute(asked)} if waiting else {}
    mark_seen([(user, ref) for user, ref in waiting if ref.id in places and cursors_now.get((places[ref.id][0], user), 0) >= places[ref.id][1]])
