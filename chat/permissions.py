"""Who may do what in a room. Judged on a ``Seat``: the room, and this person's membership of it, if any."""
from dataclasses import dataclass

from sqlalchemy import Select, and_, exists, or_, select

from chat.models import ANNOUNCEMENT, CLOSED, DIRECT, OPEN, Member, Message, Room
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule


class Chat(Permission):
    SEE = "部屋を読む"
    CREATE = "部屋をつくる"
    TALK = "個人の部屋をひらく"
    POST = "部屋に書き込む"
    REPLY = "投稿に返信する"
    EDIT = "自分の投稿を直す"
    DELETE = "投稿を取り消す"
    STAMP = "投稿に印を押す"
    APPEAR = "部屋を開いていることと、書いていることを知らせ合う"
    JOIN = "だれでも入れる部屋に入る"
    LEAVE = "部屋を出る"
    INVITE = "部屋に人を招く"
    MANAGE = "部屋を管理する"
    RENDER = "投稿の表示を仕上げる"
    FOLLOW = "部屋の顔ぶれを組織に合わせる"


@dataclass(frozen=True, slots=True)
class Seat:
    """``member`` is None for somebody who only looks into an open room."""

    room: Room
    member: Member | None


@dataclass(frozen=True, slots=True)
class Said:
    """A message, seen from a seat in its room."""

    message: Message
    seat: Seat


def visible_rooms(actor: Actor) -> Select[int]:
    """Ids of the rooms ``can_see`` allows: both are held together by a test."""
    mine = exists().where(Member.room_id == Room.id, Member.user_id == actor.user_id, Member.left_at.is_(None))
    return select(Room.id).where(mine if actor.outside else or_(mine, and_(Room.kind == OPEN)))


def visible_messages(actor: Actor) -> Select[int]:
    """Ids of what was said in them and not taken back."""
    rooms = visible_rooms(actor).select_from(Room).join(Message, Message.room_id == Room.id)
    return rooms.where(Message.deleted_at.is_(None)).with_only_columns(Message.id)


def can_see(actor: Actor, seat: Seat) -> bool:
    return bool(seat.member) or (seat.room.kind == OPEN and not actor.outside)


def can_create(actor: Actor, _: object) -> bool:
    return not actor.outside


def can_talk(actor: Actor, _: object) -> bool:
    """With whom is judged where the other person is looked up: an outsider finds only people of shared rooms."""
    return actor.user_id > 0


def can_post(actor: Actor, seat: Seat) -> bool:
    return can_reply(actor, seat) and (seat.room.kind != ANNOUNCEMENT or _manages(seat))


def can_reply(_: Actor, seat: Seat) -> bool:
    return bool(seat.member) and not seat.room.archived_at


def can_reply_to(actor: Actor, said: Said) -> bool:
    return can_reply(actor, said.seat) and not said.message.deleted_at


def can_edit(actor: Actor, said: Said) -> bool:
    return can_reply_to(actor, said) and said.message.author_id == actor.user_id


def can_delete(actor: Actor, said: Said) -> bool:
    return can_reply_to(actor, said) and (said.message.author_id == actor.user_id or (_manages(said.seat) and not said.seat.room.is_direct))


def can_appear(actor: Actor, seat: Seat) -> bool:
    """Where staff are and what they are about to say is no business of people from outside."""
    return bool(seat.member) and not actor.outside and not seat.room.archived_at


def can_join(actor: Actor, seat: Seat) -> bool:
    return seat.room.kind == OPEN and not actor.outside and not seat.room.archived_at


def can_leave(_: Actor, seat: Seat) -> bool:
    return bool(seat.member) and not seat.room.is_direct and not (seat.member and seat.member.by_rule)


def can_invite(actor: Actor, seat: Seat) -> bool:
    """A direct room can never be widened; an outsider brings nobody in."""
    if seat.room.kind == DIRECT or seat.room.archived_at or not seat.member or actor.outside:
        return False
    return seat.room.kind == OPEN or _manages(seat)


def can_manage(_: Actor, seat: Seat) -> bool:
    return _manages(seat) and not seat.room.is_direct


def is_system(actor: Actor, _: object) -> bool:
    return actor.has("system")


def _manages(seat: Seat) -> bool:
    return bool(seat.member and seat.member.manager)


RULES: dict[Permission, Rule] = {
    Chat.SEE: can_see, Chat.CREATE: can_create, Chat.TALK: can_talk, Chat.POST: can_post, Chat.REPLY: can_reply_to, Chat.EDIT: can_edit,
    Chat.DELETE: can_delete, Chat.STAMP: can_reply_to, Chat.APPEAR: can_appear, Chat.JOIN: can_join, Chat.LEAVE: can_leave, Chat.INVITE: can_invite,
    Chat.MANAGE: can_manage, Chat.RENDER: is_system, Chat.FOLLOW: is_system,
}
CREATABLE = (OPEN, CLOSED, ANNOUNCEMENT)
