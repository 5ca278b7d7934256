"""Pages of messages, and everything that changed in a room after a given number."""
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, select

from chat.models import STAMPS, Message, Reaction, Room
from groupware.files.queries import files_of
from groupware.kernel import db
from groupware.kernel.prepared import Prepared
from groupware.kernel.ref import Ref

PAGE = 50
MOST_CHANGES = 200
MOST_TOLD = 20          # messages in one broadcast


def _touched(change: ColumnElement[bool]) -> Select[Any]:
    """Sorted by who asks, not there: for the order of a few, SQLite would walk the whole room along its numbers."""
    return (select(Message.__table__, Room.id.label("room"), Room.last_seq, Room.last_line).select_from(Room)
            .outerjoin(Message, and_(Message.room_id == Room.id, change)).where(Room.id == bindparam("room")).limit(MOST_TOLD + 1))


TOUCHED_ONCE = Prepared(_touched(Message.changed == bindparam("change")))
TOUCHED = Prepared(_touched(Message.changed.in_(bindparam("changes", expanding=True))))


@dataclass(slots=True)
class Shown:
    """A message with what is drawn beside it. ``stamps``: (stamp, how many, whose ids). ``root``: the message a reply answers."""

    message: Message
    stamps: list[tuple[str, int, list[int]]] = field(default_factory=list)
    files: list[object] = field(default_factory=list)
    root: Message | None = None


class Touched(NamedTuple):
    """What some changes touched in a room, and what the room says of itself since. ``more``: too much to be told to all."""

    last_seq: int
    last_line: str
    shown: list[Shown]
    more: bool


@dataclass(frozen=True, slots=True)
class Page:
    """``older`` and ``newer``: whether there is more in that direction."""

    shown: list[Shown]
    older: bool
    newer: bool


def latest(room: Room) -> Page:
    return before(room, room.last_seq + 1)


def before(room: Room, seq: int) -> Page:
    rows = _rows(_of(room).where(Message.seq < seq).order_by(Message.seq.desc()))[::-1]
    return Page(dress(rows), bool(rows) and rows[0].seq > 1, bool(rows) and rows[-1].seq < room.last_seq)


def after(room: Room, seq: int) -> Page:
    rows = _rows(_of(room).where(Message.seq > seq).order_by(Message.seq))
    return Page(dress(rows), bool(rows) and rows[0].seq > 1, bool(rows) and rows[-1].seq < room.last_seq)


def around(room: Room, seq: int) -> Page:
    """The message at ``seq`` with some before it, so that it is seen in its place."""
    return after(room, max(0, seq - PAGE // 3))


def thread_of(root: Message) -> list[Shown]:
    replies = db.session.scalars(select(Message).where(Message.reply_to_id == root.id).order_by(Message.seq))
    return dress([root, *replies])


def changes_after(room: Room, change: int) -> tuple[list[Shown], bool]:
    """Every message touched after ``change`` in the order of the last touch, about 200; whether there are more.

    A change that touched several messages (a root and its replies) is told whole: who asks for what came after it would never hear of the rest.
    """
    rows = list(db.session.scalars(_of(room).where(Message.changed > change).order_by(Message.changed, Message.seq).limit(MOST_CHANGES + 1)))
    if len(rows) <= MOST_CHANGES:
        return dress(rows), False
    whole = [row for row in rows if row.changed < rows[-1].changed]
    return dress(whole or _touched_at(room, rows[-1].changed)), True


def _touched_at(room: Room, change: int) -> list[Message]:
    return list(db.session.scalars(_of(room).where(Message.changed == change).order_by(Message.seq)))


def touched_by(room_id: int, changes: Sequence[int], fresh: Collection[tuple[int, int]] = ()) -> Touched | None:
    """If nothing newer has touched it since; None when the room is gone. ``fresh``: as in ``dress``."""
    question, which = (TOUCHED_ONCE, {"change": changes[0]}) if len(changes) == 1 else (TOUCHED, {"changes": changes})
    rows = db.ask(question, {"room": room_id, **which})
    messages = sorted((row for row in rows if row.id), key=attrgetter("seq"))
    return Touched(rows[0].last_seq, rows[0].last_line, dress(messages[:MOST_TOLD], fresh), len(messages) > MOST_TOLD) if rows else None


def dress(rows: list[Message], fresh: Collection[tuple[int, int]] = ()) -> list[Shown]:
    """Stamps, files and roots in one query each, however many messages. ``fresh``: (id, change) of those which nobody can have stamped yet."""
    stamps, files, roots = _stamps([row for row in rows if (row.id, row.changed) not in fresh]), _files(rows), _roots(rows)
    return [Shown(row, stamps.get(row.id, []), files.get(row.id, []), roots.get(row.reply_to_id or 0)) for row in rows]


def _of(room: Room) -> Select[Message]:
    return select(Message).where(Message.room_id == room.id)


def _rows(asked: Select[Message]) -> list[Message]:
    return list(db.session.scalars(asked.limit(PAGE)))


def _stamps(rows: list[Message]) -> dict[int, list[tuple[str, int, list[int]]]]:
    pressed: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for reaction in db.session.scalars(select(Reaction).where(Reaction.message_id.in_([row.id for row in rows]))) if rows else ():
        pressed[reaction.message_id][reaction.stamp].append(reaction.user_id)
    return {message_id: [(stamp, len(by[stamp]), sorted(by[stamp])) for stamp in STAMPS if stamp in by] for message_id, by in pressed.items()}


def _files(rows: list[Message]) -> dict[int, list[object]]:
    refs = [Ref("chat.message", row.id) for row in rows if row.files and not row.deleted_at]
    return {ref.id: list(found) for ref, found in files_of(refs).items()} if refs else {}


def _roots(rows: list[Message]) -> dict[int, Message]:
    wanted = {row.reply_to_id for row in rows if row.reply_to_id}
    here = {row.id: row for row in rows if row.id in wanted}
    missing = wanted - here.keys()
    more = db.session.scalars(select(Message).where(Message.id.in_(missing))) if missing else ()
    return here | {row.id: row for row in more}

