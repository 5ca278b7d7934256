"""The minutes of a sitting, one of its paragraphs, who was there. What one may not know of is NotFound."""
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, exists, select

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from meetings.models.bodies import CHAIR, MEMBER, Body, Member
from meetings.models.minutes import DRAFT, PROPOSED, THERE, Correction, Entry, EntryVersion, Presence, Record, Review
from meetings.models.sittings import Item, Sitting
from meetings.permissions import Table, Topic, can_read_item
from meetings.queries.items import ITEM, topic_for, with_items
from meetings.queries.sittings import table_for, tables_with
from meetings.rights import Desk, Line, Note, Wish, can_open, can_read_note

COUNTED = (CHAIR, MEMBER)       # towards the quorum


@dataclass(frozen=True, slots=True)
class Quorum:
    """``needed`` of ``seats``; ``there`` are those who were there, called or by a deputy."""

    seats: int
    needed: int
    there: int

    @property
    def reached(self) -> bool:
        return self.there >= self.needed


def desk_of(table: Table) -> Desk:
    chair = exists().where(Member.body_id == table.seat.body.id, Member.role == CHAIR)
    row = db.session.execute(select(Record, chair.label("chair")).select_from(Sitting).outerjoin(Record, Record.sitting_id == Sitting.id)
                             .where(Sitting.id == table.sitting.id)).one()
    return Desk(table, row.Record or Record(sitting_id=table.sitting.id, state=DRAFT, version=0, closed_because="", returned_because="",
                                            locked_by=""), headless=not row.chair)


def desk_for(actor: Actor, sitting_id: int) -> Desk:
    """Of a sitting that one may see; whether one may open its minutes is another question."""
    return desk_of(table_for(actor, sitting_id))


def open_desk_for(actor: Actor, sitting_id: int) -> Desk:
    desk = desk_for(actor, sitting_id)
    if not can_open(actor, desk):
        raise NotFound
    return desk


def note_for(actor: Actor, item_id: int) -> Note:
    topic = topic_for(actor, item_id)
    note = Note(topic, desk_of(topic.table))
    if not can_read_note(actor, note):
        raise NotFound
    return note


def line_for(actor: Actor, entry_id: int) -> Line:
    entry = db.session.get(Entry, entry_id)
    if entry is None or entry.removed:
        raise NotFound
    return Line(entry, note_for(actor, entry.item_id))


def lines_for(actor: Actor, entry_ids: Collection[int]) -> list[Line]:
    """One question, however many."""
    return [line for line, _ in lines_on_items_for(actor, lambda asked: asked.where(Entry.id.in_(entry_ids))) if can_read_note(actor, line.note)]


def lines_on_items_for(actor: Actor, more: Callable[[Select[Any]], Select[Any]]) -> Iterator[tuple[Line, Row[Any]]]:
    """Those on items that one may read, whether or not the minutes stand: for what one is to do oneself. ``more``: which, and what beside them."""
    def with_entries(asked: Select[Any]) -> Select[Any]:
        noted = with_items(asked).add_columns(Entry, Record).join(Entry, Entry.item_id == ITEM.id).outerjoin(Record, Record.sitting_id == Sitting.id)
        return more(noted.where(Entry.removed.is_(False)))
    for table, row in tables_with(actor, with_entries):
        topic = Topic(row.item, table)
        if can_read_item(actor, topic):
            yield Line(row.Entry, Note(topic, _desk(topic, {table.sitting.id: row.Record} if row.Record else {}))), row


def wish_for(actor: Actor, correction_id: int) -> Wish:
    correction = db.session.get(Correction, correction_id)
    if correction is None:
        raise NotFound
    return Wish(correction, line_for(actor, correction.entry_id))


def records_of(sitting_ids: Collection[int]) -> dict[int, Record]:
    return {row.sitting_id: row for row in db.session.scalars(select(Record).where(Record.sitting_id.in_(sitting_ids)))}


def entries_of(sitting_id: int, *where: object) -> dict[int, list[Entry]]:
    """By item, in the order of writing."""
    found: dict[int, list[Entry]] = defaultdict(list)
    asked = select(Entry).where(Entry.sitting_id == sitting_id, Entry.removed.is_(False), *where).order_by(Entry.id)    # type: ignore[arg-type]
    for entry in db.session.scalars(asked):
        found[entry.item_id].append(entry)
    return found


def versions_of_entry(entry: Entry) -> list[EntryVersion]:
    """Before now, the newest first."""
    return list(db.session.scalars(select(EntryVersion).where(EntryVersion.entry_id == entry.id).order_by(EntryVersion.version.desc())))


def corrections_of(sitting_id: int) -> dict[int, list[Correction]]:
    """By paragraph."""
    found: dict[int, list[Correction]] = defaultdict(list)
    asked = select(Correction).join(Entry, Entry.id == Correction.entry_id).where(Entry.sitting_id == sitting_id, Entry.removed.is_(False))
    for row in db.session.scalars(asked.order_by(Correction.id)):
        found[row.entry_id].append(row)
    return found


def are_corrections_open(sitting_id: int) -> bool:
    return any(row.state == PROPOSED for rows in corrections_of(sitting_id).values() for row in rows)


def reviews_of(sitting_id: int) -> dict[int, Review]:
    return {row.user_id: row for row in db.session.scalars(select(Review).where(Review.sitting_id == sitting_id))}


def presences_of(sitting_id: int) -> dict[int, Presence]:
    return {row.user_id: row for row in db.session.scalars(select(Presence).where(Presence.sitting_id == sitting_id))}


def seated(body: Body, roles: Collection[str]) -> list[int]:
    """Members in these roles, as they sit."""
    asked = select(Member.user_id).where(Member.body_id == body.id, Member.role.in_(roles)).order_by(Member.position)
    return list(db.session.scalars(asked))


def quorum_of(body: Body, presences: dict[int, Presence]) -> Quorum:
    counted = seated(body, COUNTED)
    there = sum(1 for each in counted if each in presences and presences[each].presence in THERE)
    return Quorum(len(counted), body.quorum or len(counted) // 2 + 1, there)


def is_there(sitting_id: int, user_id: int) -> Presence | None:
    """Their line of the roll call, if it says that they were there."""
    row = db.session.get(Presence, (sitting_id, user_id))
    return row if row and row.presence in THERE else None


def running_items(sitting_id: int) -> list[Item]:
    """That have begun and not ended."""
    return list(db.session.scalars(select(Item).where(Item.sitting_id == sitting_id, Item.started_at.is_not(None), Item.finished_at.is_(None))))


def _desk(topic: Topic, records: dict[int, Record]) -> Desk:
    sitting = topic.table.sitting
    return Desk(topic.table, records.get(sitting.id) or Record(sitting_id=sitting.id, state=DRAFT, version=0))
