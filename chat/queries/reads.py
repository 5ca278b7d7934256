"""既読: from two numbers per member, never from a row per message and reader.

Of a message m: 既読 are the members who were there before it (joined_seq < m.seq) and have seen it (seen_seq >= m.seq);
未読 those who were there and have not. The author counts as neither, and so does who joined later or has left.
"""
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from chat.models import Member, Message, Room
from groupware.directory.queries import PersonCard, people_cards
from groupware.kernel import db

NEWEST = 300            # as many as a page holds when all is quiet
SHOWN = 600             # and never more than these, whatever comes in
HERE = select(Member.user_id).where(Member.room_id == bindparam("room"), Member.left_at.is_(None))
SEATS = HERE.add_columns(Member.joined_seq, Member.seen_seq, Room.last_change).join(Room, Room.id == Member.room_id)
RECENT = (select(Message.id, Message.seq, Message.author_id)
          .where(Message.room_id == bindparam("room"), Message.seq > bindparam("above"), Message.seq <= bindparam("until"),
                 Message.deleted_at.is_(None), Message.author_id.in_(HERE))
          .order_by(Message.seq.desc()).limit(NEWEST))
AUTHORS = RECENT.with_only_columns(Message.author_id).order_by(None).limit(None).distinct()
OWN = (select(Message.id, Message.seq, Message.author_id)
       .where(Message.room_id == bindparam("room"), Message.seq >= bindparam("first"), Message.seq < bindparam("first") + SHOWN,
              Message.author_id == bindparam("author"), Message.deleted_at.is_(None)))


@dataclass(slots=True)
class UnitReaders:
    """One 課: who has seen it, who has not."""

    name: str
    seen: list[PersonCard] = field(default_factory=list)
    unseen: list[PersonCard] = field(default_factory=list)


class Count(NamedTuple):
    """``at``: the room's last change when it was counted. Of two counts the one with the later change is newer, of equal ones the larger 既読."""

    read: int
    unread: int
    at: int


def read_counts(room_id: int, messages: Collection[Any]) -> dict[int, Count]:
    """By message id. ``messages`` of this room, with id, seq and author_id. One query, however many there are."""
    if not messages:
        return {}
    seats = Seats(room_id)
    return {message.id: seats.count(message.seq, message.author_id) for message in messages}


def own_messages(room_id: int, author_id: int, first: int) -> Sequence[Any]:
    """Those from ``first`` on, as far as a page may show."""
    return db.session.execute(OWN, {"room": room_id, "author": author_id, "first": first}).all()


def recent_counts(room_id: int, above: int, until: int) -> tuple[dict[int, dict[int, Count]], set[int]]:
    """By author who is still here and message id: what cursors that moved from ``above`` to ``until`` may have changed.

    Of many messages only the newest are counted; the second are those who have written others, and may ask for themselves.
    """
    asked = {"room": room_id, "above": above, "until": until}
    messages = db.session.execute(RECENT, asked).all()
    counts, found = read_counts(room_id, messages), defaultdict[int, dict[int, Count]](dict)
    for message in messages:
        found[message.author_id][message.id] = counts[message.id]
    older = db.session.scalars(AUTHORS, {**asked, "until": messages[-1].seq - 1}) if len(messages) == NEWEST else ()
    return found, set(older)


class Seats:
    """Where everybody in a room stands. Nobody has seen less than was there when they came, so two sorted lists answer for any message."""

    def __init__(self, room_id: int) -> None:
        rows = db.session.execute(SEATS, {"room": room_id}).all()
        self.joined, self.seen = sorted(row.joined_seq for row in rows), sorted(row.seen_seq for row in rows)
        self.of = {row.user_id: row for row in rows}
        self.change = rows[0].last_change if rows else 0

    def count(self, seq: int, author_id: int) -> Count:
        there, unread = bisect_left(self.joined, seq), bisect_left(self.seen, seq)
        author = self.of.get(author_id)
        if author and author.joined_seq < seq:
            there -= 1
            unread -= author.seen_seq < seq
        return Count(there - unread, unread, self.change)


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
