"""The list of rooms as one person sees it, and the one number on the badge."""
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from chat.models import CLOSED, DIRECT, OPEN, Member, Room
from chat.permissions import Seat, visible_rooms
from groupware.directory.queries import PersonCard, people_cards
from groupware.kernel import db
from groupware.kernel.actor import Actor

SECTIONS = ("お気に入り", "外部の方がいる部屋", "全庁・知らせ", "課・係", "施策・会議", "個人", "保管した部屋")


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the list. ``other`` is the other person of a direct room."""

    room: Room
    member: Member
    other: PersonCard | None = None

    @property
    def title(self) -> str:
        return self.other.name if self.other else self.room.name or "（退職した人）"

    @property
    def unread(self) -> int:
        return 0 if self.room.archived_at else self.room.last_seq - self.member.read_seq

    @property
    def icon(self) -> str:
        if self.room.guests:
            return "guest"
        return {DIRECT: "seat", CLOSED: "lock", OPEN: "room"}.get(self.room.kind, "bell")

    @property
    def section(self) -> str:
        return SECTIONS[_section(self)]


def entries(actor: Actor) -> list[Entry]:
    """Every room the actor is in, newest first. Three queries, however many rooms."""
    rows = db.session.execute(_mine(actor).order_by(Room.last_at.desc().nulls_last(), Room.id.desc())).all()
    others = _others(actor, [room.id for room, _ in rows if room.kind == DIRECT])
    return [Entry(room, member, others.get(room.id)) for room, member in rows]


def entry_of(actor: Actor, seat: Seat) -> Entry:
    return entries_of(actor, [seat])[0]


def entries_of(actor: Actor, seats: list[Seat]) -> list[Entry]:
    """Also for somebody who looks into an open room without being in it."""
    others = _others(actor, sorted({seat.room.id for seat in seats if seat.room.kind == DIRECT}))
    return [Entry(seat.room, seat.member or _onlooker(actor, seat.room), others.get(seat.room.id)) for seat in seats]


def sections(found: list[Entry]) -> list[tuple[str, list[Entry]]]:
    by_name = {name: [entry for entry in found if entry.section == name] for name in SECTIONS}
    return [(name, rows) for name, rows in by_name.items() if rows]


def unread(user_id: int) -> Select[Any]:
    """The badge: exactly the sum of what the list shows."""
    total = select(func.sum(Room.last_seq - Member.read_seq)).join(Member, Member.room_id == Room.id)
    return total.where(Member.user_id == user_id, Member.left_at.is_(None), Room.archived_at.is_(None))


def joinable(actor: Actor) -> list[Room]:
    """Open rooms the actor is not in yet."""
    mine = select(Member.room_id).where(Member.user_id == actor.user_id, Member.left_at.is_(None))
    asked = select(Room).where(Room.id.in_(visible_rooms(actor)), Room.id.not_in(mine), Room.archived_at.is_(None))
    return list(db.session.scalars(asked.order_by(Room.name)))


def _onlooker(actor: Actor, room: Room) -> Member:
    return Member(room_id=room.id, user_id=actor.user_id, read_seq=room.last_seq, seen_seq=room.last_seq)


def _mine(actor: Actor) -> Select[Room, Member]:
    return select(Room, Member).join(Member, Member.room_id == Room.id).where(Member.user_id == actor.user_id, Member.left_at.is_(None))


def _others(actor: Actor, room_ids: list[int]) -> dict[int, PersonCard]:
    if not room_ids:
        return {}
    pairs = db.session.execute(select(Member.room_id, Member.user_id).where(Member.room_id.in_(room_ids), Member.user_id != actor.user_id)).all()
    cards = people_cards([user_id for _, user_id in pairs])
    return {room_id: cards[user_id] for room_id, user_id in pairs if user_id in cards}


def _section(entry: Entry) -> int:
    room = entry.room
    tests = (entry.member.favourite and not room.archived_at, room.guests and room.kind != DIRECT and not room.archived_at,
             room.kind == "announcement" and not room.archived_at, room.kind != DIRECT and not room.measure and not room.archived_at,
             room.kind != DIRECT and not room.archived_at, not room.archived_at)
    return next((number for number, true in enumerate(tests) if true), len(tests))
