"""既読: from two numbers per member, never from a row per message and reader.

Of a message m: 既読 are the members who were there before it (joined_seq < m.seq) and have seen it (seen_seq >= m.seq);
未読 those who were there and have not. The author counts as neither, and so does who joined later or has left.
"""
from dataclasses import dataclass, field

from sqlalchemy import and_, case, func, select

from chat.models import Member, Message
from groupware.directory.queries import PersonCard, people_cards
from groupware.kernel import db

RECENT = 50


@dataclass(slots=True)
class UnitReaders:
    """One 課: who has seen it, who has not."""

    name: str
    seen: list[PersonCard] = field(default_factory=list)
    unseen: list[PersonCard] = field(default_factory=list)


def read_counts(message_ids: list[int]) -> dict[int, tuple[int, int]]:
    """By message id: (既読, 未読). One query."""
    if not message_ids:
        return {}
    there = and_(Member.room_id == Message.room_id, Member.left_at.is_(None), Member.user_id != Message.author_id, Member.joined_seq < Message.seq)
    seen = func.coalesce(func.sum(case((Member.seen_seq >= Message.seq, 1), else_=0)), 0)
    asked = select(Message.id, seen, func.count(Member.user_id)).outerjoin(Member, there).where(Message.id.in_(message_ids)).group_by(Message.id)
    return {message_id: (read, total - read) for message_id, read, total in db.session.execute(asked)}


def recent_counts(room_id: int, above: int, until: int) -> dict[int, tuple[int, int]]:
    """By message id, for the newest messages with above < seq <= until: what a moved cursor may have changed."""
    touched = select(Message.id).where(Message.room_id == room_id, Message.seq > above, Message.seq <= until)
    return read_counts(list(db.session.scalars(touched.order_by(Message.seq.desc()).limit(RECENT))))


def readers_of(message: Message) -> list[UnitReaders]:
    """By 課, those with unread first: the names behind the two numbers."""
    rows = db.session.execute(select(Member.user_id, Member.seen_seq).where(
        Member.room_id == message.room_id, Member.left_at.is_(None), Member.user_id != message.author_id, Member.joined_seq < message.seq)).all()
    cards = people_cards([user_id for user_id, _ in rows])
    units: dict[str, UnitReaders] = {}
    for user_id, seen_seq in rows:
        card = cards[user_id]
        name = "外部（助言者）" if card.outside else card.unit_name or "所属なし"
        unit = units.setdefault(name, UnitReaders(name))
        (unit.seen if seen_seq >= message.seq else unit.unseen).append(card)
    return sorted(units.values(), key=lambda unit: (not unit.unseen, unit.name))
