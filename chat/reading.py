"""Cursors: signals, merged and durable within a second. What 500 people do when they look at one message."""
from typing import Any

from sqlalchemy import bindparam, case, select, update

from chat.models import Member, Message, Room
from chat.permissions import Chat, Seat
from chat.queries.reads import recent_counts
from chat.queries.seats import number, room_for
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid
from groupware.kernel.signals import Merged, signal
from groupware.live.effects import Broadcast
from groupware.live.hub import deliver
from groupware.notifications.queries import unread_refs
from groupware.notifications.reading import mark_seen


@signal(Chat.SEE, on=room_for)
def move_cursor(actor: Actor, seat: Seat, seq: int) -> dict[str, Any]:
    """Everything up to ``seq`` has been on the screen. Never beyond the last message, never back."""
    if seat.member and number(seq) > min(seat.member.seen_seq, seat.member.read_seq):
        cursors.put((seat.room.id, actor.user_id), min(seq, seat.room.last_seq))
    return {}


@signal(Chat.SEE, on=room_for)
def set_back(actor: Actor, seat: Seat, seq: int) -> dict[str, Any]:
    """「未読にする」: the badge goes back to before ``seq``; that it has been seen stays true."""
    if not seat.member:
        raise Invalid("この部屋に入っていません。")
    cursors.now()
    back = max(min(number(seq) - 1, seat.room.last_seq), seat.member.joined_seq, 0)
    _write_member(seat, actor, read_seq=back)
    _tell_badges([(seat.room.id, actor.user_id)])
    return {"read": back}


@signal(Chat.SEE, on=room_for)
def set_favourite(actor: Actor, seat: Seat, favourite: object) -> dict[str, Any]:
    if not seat.member:
        raise Invalid("この部屋に入っていません。")
    _write_member(seat, actor, favourite=bool(favourite))
    return {"favourite": bool(favourite)}


def keep_cursors(values: dict[tuple[int, int], int]) -> None:
    """All cursors of the last half second in one transaction; then one broadcast per room, and one badge per reader."""
    before = db.write(lambda: _grow(values))
    for room_id in {room for room, _ in values}:
        moved = [(before[key], seq) for key, seq in values.items() if key[0] == room_id and key in before]
        if moved:
            _tell_reads(room_id, min(old for old, _ in moved), max(new for _, new in moved))
    _tell_badges(list(before))
    _forget_notices({key: values[key] for key in before})
    db.forget_reading()


cursors = Merged(keep_cursors)


def _grow(values: dict[tuple[int, int], int]) -> dict[tuple[int, int], int]:
    """Returns where each cursor stood; rows of people who have left meanwhile stay as they are."""
    connection, rooms = db.unit().connection, {room for room, _ in values}
    rows = connection.execute(select(Member.room_id, Member.user_id, Member.seen_seq).where(
        Member.room_id.in_(rooms), Member.user_id.in_({user for _, user in values}), Member.left_at.is_(None)))
    before = {(room, user): seen for room, user, seen in rows if (room, user) in values}
    if before:
        grown = update(Member.__table__).where(Member.room_id == bindparam("room"), Member.user_id == bindparam("person")).values(   # type: ignore[arg-type]
            seen_seq=_larger(Member.seen_seq), read_seq=_larger(Member.read_seq))
        connection.execute(grown, [{"room": room, "person": user, "seq": values[room, user]} for room, user in before])
    return before


def _larger(column: Any) -> Any:
    return case((column < bindparam("seq"), bindparam("seq")), else_=column)


def _write_member(seat: Seat, actor: Actor, **values: object) -> None:
    mine = update(Member).where(Member.room_id == seat.room.id, Member.user_id == actor.user_id).values(**values)
    db.write(lambda: db.unit().connection.execute(mine))


def _tell_reads(room_id: int, above: int, until: int) -> None:
    counts = recent_counts(room_id, above, until)
    if counts:
        deliver(Broadcast(f"chat.room:{room_id}", "chat.reads", {"room": room_id, "reads": {str(k): v for k, v in counts.items()}}))


def _forget_notices(cursors_now: dict[tuple[int, int], int]) -> None:
    """What has been read in its room counts as read in the stream of notices, too."""
    waiting = unread_refs({user for _, user in cursors_now}, "chat.message")
    asked = select(Message.id, Message.room_id, Message.seq).where(Message.id.in_({ref.id for _, ref in waiting}))
    places = {row.id: (row.room_id, row.seq) for row in db.session.execute(asked)} if waiting else {}
    mark_seen([(user, ref) for user, ref in waiting if ref.id in places and cursors_now.get((places[ref.id][0], user), 0) >= places[ref.id][1]])


def _tell_badges(keys: list[tuple[int, int]]) -> None:
    """Another screen of the same person forgets its badge within a second."""
    if not keys:
        return
    asked = select(Member.room_id, Member.user_id, Member.read_seq, Room.last_seq).join(Room, Room.id == Member.room_id).where(
        Member.room_id.in_({room for room, _ in keys}), Member.user_id.in_({user for _, user in keys}))
    for room_id, user_id, read_seq, last_seq in db.session.execute(asked).all():
        if (room_id, user_id) in keys:
            deliver(Broadcast(f"user:{user_id}", "chat.badge", {"room": room_id, "read": read_seq, "unread": last_seq - read_seq}))
