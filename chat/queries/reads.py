"""既読: from two numbers per member, never from a row per message and reader.

Of a message m: 既読 are the members who were there before it (joined_seq < m.seq) and have seen it (seen_seq >= m.seq);
未読 those who were there and have not. The author counts as neither, and so does who joined later or has left.
"""
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, select

from chat.models import Member, Message
from groupware.directory.queries import PersonCard, people_cards
from groupware.kernel import db

NEWEST = 50
HERE = select(Member.user_id).where(Member.room_id == bindparam("room"), Member.left_at.is_(None))
SEATS = HERE.add_columns(Member.joined_seq, Member.seen_seq)
RECENT = (select(Message.id, Message.seq, Message.author_id)
          .where(Message.room_id == bindparam("room"), Message.seq > bindparam("above"), Message.seq <= bindparam("until"),
                 Message.deleted_at.is_(None), Message.author_id.in_(HERE))
          .order_by(Message.seq.desc()).limit(NEWEST))


@dataclass(slots=True)
class UnitReaders:
    """One 課: who has seen it, who has not."""

    name: str
    seen: list[PersonCard] = field(default_factory=list)
    unseen: list[PersonCard] = field(default_factory=list)


def read_counts(room_id: int, messages: Collection[Any]) -> dict[int, tuple[int, int]]:
    """By message id: (既読, 未読). ``messages`` of this room, with id, seq and author_id. One query, however many there are."""
    if not messages:
        return {}
    seats = Seats(room_id)
    return {message.id: seats.counts(message.seq, message.author_id) for message in messages}


def recent_counts(room_id: int, above: int, until: int) -> dict[int, dict[int, tuple[int, int]]]:
    """By author who is still here and message id, for the newest messages with above < seq <= until: what moved cursors may have changed."""
    messages = db.session.execute(RECENT, {"room": room_id, "above": above, "until": until}).all()
    counts, found = read_counts(room_id, messages), defaultdict[int, dict[int, tuple[int, int]]](dict)
    for message in messages:
        found[message.author_id][message.id] = counts[message.id]
    return found


class Seats:
    """Where everybody in a room stands. Nobody has seen less than was there when they came, so two sorted lists answer for any message."""

    def __init__(self, room_id: int) -> None:
        rows = db.session.execute(SEATS, {"room": room_id}).all()
        self.joined, self.seen = sorted(row.joined_seq for row in rows), sorted(row.seen_seq for row in rows)
        self.of = {row.user_id: row for row in rows}

    def counts(self, seq: int, author_id: int) -> tuple[int, int]:
        there, unread = bisect_left(self.joined, seq), bisect_left(self.seen, seq)
        author = self.of.get(author_id)
        if author and author.joined_seq < seq:
            there -= 1
            unread -= author.seen_seq < seq
        return there - unread, unread


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
