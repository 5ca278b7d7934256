"""The one sanctioned way to a room or a message: through the seat of the person who asks."""
from collections.abc import Collection
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, select

from chat.models import Member, Message, Room
from chat.permissions import Said, Seat, can_see
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid, NotFound
from groupware.kernel.prepared import Prepared

SEATED = and_(Member.room_id == Room.id, Member.user_id == bindparam("actor"), Member.left_at.is_(None))
IDS: BindParameter[Any] = bindparam("ids", expanding=True)
ROOMS = select(Room, Member).outerjoin(Member, SEATED).where(Room.id.in_(IDS))
PLACE = Prepared(select(Room.id, Room.kind, Room.archived_at, Member.user_id, Member.manager)
                 .outerjoin(Member, SEATED).where(Room.id == bindparam("room")))
MESSAGES = (select(Room, Member, Message).select_from(Room).outerjoin(Member, SEATED).join(Message, Message.room_id == Room.id)
            .where(Message.id.in_(IDS)))
HELD = select(Room.id).where(Room.id.in_(IDS)).order_by(Room.id).with_for_update(key_share=True)
HELD_BY_MESSAGE = (select(Room.id).where(Room.id.in_(select(Message.room_id).where(Message.id.in_(IDS))))
                   .order_by(Room.id).with_for_update(key_share=True))


def room_for(actor: Actor, room_id: int) -> Seat:
    """Raises NotFound for a room that does not exist or that the actor may not know of."""
    return _only(rooms_for(actor, [number(room_id)]))


def rooms_for(actor: Actor, room_ids: Collection[int]) -> list[Seat]:
    """Of these rooms those that the actor may know of. A command holds them: nobody is removed between the judgement and the deed."""
    db.hold(HELD, {"ids": list(room_ids)})
    rows = db.session.execute(ROOMS, {"actor": actor.user_id, "ids": list(room_ids)})
    return [seat for room, member in rows if _may_sit(actor, seat := Seat(room, member))]


def place_for(actor: Actor, room_id: int) -> Seat:
    """As ``room_for``, for a command, with no more than what judging and writing a message takes. Nothing in it can be changed."""
    db.hold(HELD, {"ids": [number(room_id)]})
    rows = db.unit().run(PLACE, {"room": room_id, "actor": actor.user_id})
    return _only([seat for row in rows if _may_sit(actor, seat := Seat(row, row if row.user_id else None))])


def message_for(actor: Actor, message_id: int) -> Said:
    return _only(messages_for(actor, [number(message_id)]))


def messages_for(actor: Actor, message_ids: Collection[int]) -> list[Said]:
    """Of these messages those in rooms that the actor may know of, tombstones among them. A command holds the rooms."""
    db.hold(HELD_BY_MESSAGE, {"ids": list(message_ids)})
    rows = db.session.execute(MESSAGES, {"actor": actor.user_id, "ids": list(message_ids)})
    return [Said(message, seat) for room, member, message in rows if _may_sit(actor, seat := Seat(room, member))]


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
