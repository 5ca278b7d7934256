"""Paragraphs of minutes that stand, as they are searched: in the circle of their item, so that what is closed is found by nobody else."""
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Select, select

from groupware.kernel import db
from groupware.kernel.findable import Document, Findable
from groupware.kernel.ref import Ref
from meetings.documents import circle
from meetings.models.bodies import Body
from meetings.models.minutes import LOCKED, Entry, Record
from meetings.models.sittings import Item, Sitting


def documents(entry_ids: Collection[int]) -> Iterator[Document]:
    asked = _entries().add_columns(Entry, Item.title, Item.level, Sitting.starts_at, Body.id.label("body_id"), Body.name)
    for row in db.session.execute(asked.where(Entry.id.in_(entry_ids))):
        yield Document(Ref("meetings.entry", row.Entry.id), circle(row.body_id, row.level), row.starts_at,
                       " ".join(filter(None, (row.Entry.body, row.Entry.speaker, row.name))), row.title)


def following(refs: Collection[Ref]) -> Iterable[Ref]:
    """What was written of an item is found, or not, with it."""
    items = [ref.id for ref in refs if ref.kind == "meetings.item"]
    return [Ref("meetings.entry", entry_id) for entry_id in db.session.scalars(select(Entry.id).where(Entry.item_id.in_(items)))] if items else []


def _ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(_entries().where(Entry.id > after).order_by(Entry.id).limit(limit)))


def _entries() -> Select[Any]:
    return (select(Entry.id).join(Item, Item.id == Entry.item_id).join(Sitting, Sitting.id == Entry.sitting_id)
            .join(Body, Body.id == Sitting.body_id).join(Record, Record.sitting_id == Sitting.id)
            .where(Record.state == LOCKED, Entry.removed.is_(False)))


FINDABLE = Findable(("議事録", "minutes"), "meet", documents, _ids, following)
