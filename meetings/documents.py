"""Items of called sittings as they are searched. The circle is the body and the level that holds; what is closer is in no circle of others."""
from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Select, select

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.findable import Document, Findable
from groupware.kernel.ref import Ref
from meetings.models.bodies import Body
from meetings.models.sittings import PLANNED, Item, Paper, Sitting
from meetings.permissions import is_open, levels_open_to, may_read
from meetings.queries.bodies import seats


def documents(item_ids: Collection[int]) -> Iterator[Document]:
    for row in db.session.execute(_items().add_columns(Item, Sitting, Body).where(Item.id.in_(item_ids))):
        item = row.Item
        yield Document(Ref("meetings.item", item.id), circle(row.Body.id, item.level), row.Sitting.starts_at,
                       " ".join(filter(None, (item.note, item.presenter, row.Body.name, f"第{row.Sitting.number}回", row.Sitting.place))), item.title)


def audiences(actor: Actor) -> list[str]:
    """Where one may know of the body by one's own right: who merely keeps its members finds nothing of it."""
    known = [seat for seat in seats(actor) if may_read(actor, seat.body.level, seat.role)]
    return [circle(seat.body.id, level) for seat in known for level in levels_open_to(actor, seat.role)]


def circle(body_id: int, level: str) -> str:
    return f"meetings.body:{body_id}:{level}"


def _ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(_items().where(Item.id > after).order_by(Item.id).limit(limit)))


def _items() -> Select[Any]:
    return (select(Item.id).join(Sitting, Sitting.id == Item.sitting_id).join(Body, Body.id == Sitting.body_id)
            .where(Sitting.state != PLANNED))


def papers(paper_ids: Collection[int]) -> Iterator[Document]:
    """Nothing before it opens: not even that it is there."""
    for row in db.session.execute(_papers().add_columns(Paper, Item, Sitting, Body).where(Paper.id.in_(paper_ids))):
        if is_open(row.Paper, row.Sitting):
            yield Document(Ref("meetings.paper", row.Paper.id), circle(row.Body.id, row.Item.level), row.Paper.changed_at,
                           f"{row.Item.title} {row.Body.name} 第{row.Sitting.number}回", row.Paper.title)


def papers_of(refs: Collection[Ref]) -> list[Ref]:
    items = [ref.id for ref in refs if ref.kind == "meetings.item"]
    return [Ref("meetings.paper", each) for each in db.session.scalars(select(Paper.id).where(Paper.item_id.in_(items)))] if items else []


def _paper_ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(_papers().where(Paper.id > after).order_by(Paper.id).limit(limit)))


def _papers() -> Select[Any]:
    return (select(Paper.id).join(Item, Item.id == Paper.item_id).join(Sitting, Sitting.id == Item.sitting_id)
            .join(Body, Body.id == Sitting.body_id).where(Sitting.state != PLANNED))


FINDABLE = Findable(("議題", "会議", "meeting"), "meet", documents, _ids)
PAPERS = Findable(("会議資料", "paper"), "file", papers, _paper_ids, following=papers_of)
