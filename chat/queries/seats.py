"""The one sanctioned way to a room or a message: through the seat of the person who asks."""
from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, and_, select

from chat.models import Member, Message, Room
from chat.permissions import Said, Seat, can_see
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid, NotFound


def room_for(actor: Actor, room_id: int) -> Seat:
    """Raises NotFound for a room that does not exist or that the actor may not know of."""
    return _only(rooms_for(actor, [number(room_id)]))


def rooms_for(actor: Actor, room_ids: Collection[int]) -> list[Seat]:
    """Of these rooms those that the actor may know of."""
    rows = db.session.execute(_with_seat(actor).where(Room.id.in_(room_ids)))
    return [seat for room, member in rows if _may_sit(actor, seat := Seat(room, member))]


def message_for(actor: Actor, message_id: int) -> Said:
    return _only(messages_for(actor, [number(message_id)]))


def messages_for(actor: Actor, message_ids: Collection[int]) -> list[Said]:
    """Of these messages those in rooms that the actor may know of, tombstones among them."""
    asked = _with_seat(actor).join(Message, Message.room_id == Room.id).add_columns(Message).where(Message.id.in_(message_ids))
    return [Said(message, seat) for room, member, message in db.session.execute(asked) if _may_sit(actor, seat := Seat(room, member))]


def message_at(actor: Actor, room_id: int, seq: int) -> Said:
    seat = room_for(actor, room_id)
    message = db.session.scalar(select(Message).where(Message.room_id == seat.room.id, Message.seq == number(seq)))
    if message is None:
        raise NotFound
    return Said(message, seat)


def number(value: object) -> int:
    """A client may send anything where a number belongs."""
    if isinstance(value, bool) or not isinstance(value, int) or not -1 < value < 2**53:
        raise Invalid("番号を読み取れません。")
    return value


def _only(found: list[Any]) -> Any:
    if not found:
        raise NotFound
    return found[0]


def _may_sit(actor: Actor, seat: Seat) -> bool:
    return can_see(actor, seat) or actor.has("system")


def _with_seat(actor: Actor) -> Select[Room, Member]:
    seat = and_(Member.room_id == Room.id, Member.user_id == actor.user_id, Member.left_at.is_(None))
    return select(Room, Member).outerjoin(Member, seat)
