"""The one sanctioned way to a room or a message: through the seat of the person who asks."""
from sqlalchemy import Select, and_, select

from chat.models import Member, Message, Room
from chat.permissions import Said, Seat, can_see
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid, NotFound


def room_for(actor: Actor, room_id: int) -> Seat:
    """Raises NotFound for a room that does not exist or that the actor may not know of."""
    found = db.session.execute(_with_seat(actor).where(Room.id == number(room_id))).first()
    if found is None:
        raise NotFound
    seat = Seat(found[0], found[1])
    if not can_see(actor, seat) and not actor.has("system"):
        raise NotFound
    return seat


def message_for(actor: Actor, message_id: int) -> Said:
    message = db.session.get(Message, number(message_id))
    if message is None:
        raise NotFound
    return Said(message, room_for(actor, message.room_id))


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


def _with_seat(actor: Actor) -> Select[Room, Member]:
    seat = and_(Member.room_id == Room.id, Member.user_id == actor.user_id, Member.left_at.is_(None))
    return select(Room, Member).outerjoin(Member, seat)
