"""The agenda of a sitting as somebody may see it, one of its items, one of its papers."""
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import aliased

from groupware.files.queries import Hung, files_of, hung_last
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.ref import Ref
from meetings.agenda import Line, lay_out
from meetings.models.sittings import Item, Paper, PaperVersion, Sitting
from meetings.permissions import Leaf, Table, Topic, can_hang, can_read_item, can_read_paper
from meetings.queries.sittings import table_for, tables_with

ITEM = aliased(Item, name="item")       # who has something to say at a sitting is asked of its items, too
HERE = bindparam("sitting", type_=Item.__table__.c.sitting_id.type)
ITEMS = select(*Item.__table__.c).where(Item.sitting_id == HERE).order_by(Item.position, Item.id)
PAPERS = (select(*Paper.__table__.c).join(Item, Item.id == Paper.item_id).where(Item.sitting_id == HERE)
          .order_by(Paper.position, Paper.id))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the agenda with the papers that one may read: (資料2-1, paper, its file now)."""

    line: Line
    papers: list[tuple[str, Paper, Hung | None]]
    may_hang: bool
    closed: int         # how many papers are not open yet


def agenda_for(actor: Actor, table: Table) -> list[Row]:
    """Three queries, however long it is; items and papers as plain rows, for many look at them and nobody changes them.

    Numbers and clock count what one may not see as well, so that all speak of the same.
    """
    items, papers = (_plain(asked, table.sitting.id) for asked in (ITEMS, PAPERS))
    seen = [line for line in lay_out(table.sitting, items, papers) if can_read_item(actor, Topic(line.item, table))]
    files = _files(paper for line in seen for _, paper in line.papers)
    return [_row(actor, table, line, files) for line in seen]


def items_of(sitting_id: int) -> list[Item]:
    return list(db.session.scalars(select(Item).where(Item.sitting_id == sitting_id).order_by(Item.position, Item.id)))


def items_that_come_again(sitting_id: int) -> list[Item]:
    """Without what stood there for that day alone: what was still to be done, and things of others that were to be spoken of, with all below."""
    items = items_of(sitting_id)
    once = {item.id for item in items if item.carries or item.about}
    while below := {item.id for item in items if item.parent_id in once} - once:
        once |= below
    return [item for item in items if item.id not in once]


def papers_of(sitting_id: int) -> list[Paper]:
    here = select(Item.id).where(Item.sitting_id == sitting_id)
    return list(db.session.scalars(select(Paper).where(Paper.item_id.in_(here)).order_by(Paper.position, Paper.id)))


def topic_for(actor: Actor, item_id: int) -> Topic:
    """Raises NotFound for an item that does not exist or that the actor may not see."""
    item = db.session.get(Item, item_id)
    if item is None:
        raise NotFound
    topic = Topic(item, table_for(actor, item.sitting_id))
    if not can_read_item(actor, topic):
        raise NotFound
    return topic


def leaf_for(actor: Actor, paper_id: int) -> Leaf:
    """Raises NotFound for a paper that does not exist, is not open yet or may not be read."""
    found = leaves_for(actor, [paper_id])
    if not found:
        raise NotFound
    table_for(actor, found[0].topic.table.sitting.id)       # a command holds it
    return found[0]


def leaves_for(actor: Actor, paper_ids: Collection[int]) -> list[Leaf]:
    def with_papers(asked: Select[Any]) -> Select[Any]:
        return with_items(asked).add_columns(Paper).join(Paper, Paper.item_id == ITEM.id).where(Paper.id.in_(paper_ids))
    leaves = [Leaf(row.Paper, Topic(row.item, table)) for table, row in tables_with(actor, with_papers)]
    return [leaf for leaf in leaves if can_read_paper(actor, leaf)]


def topics_for(actor: Actor, item_ids: Collection[int]) -> list[Topic]:
    topics = [Topic(row.item, table) for table, row in tables_with(actor, lambda asked: with_items(asked).where(ITEM.id.in_(item_ids)))]
    return [topic for topic in topics if can_read_item(actor, topic)]


def with_items(asked: Select[Any]) -> Select[Any]:
    """To a question for sittings: what stands on their agendas, as ``item``."""
    return asked.add_columns(ITEM).join(ITEM, ITEM.sitting_id == Sitting.id)


def label_of(paper: Paper, table: Table) -> str:
    """資料2-1"""
    lines = lay_out(table.sitting, items_of(table.sitting.id), papers_of(table.sitting.id))
    return next(label for line in lines for label, each in line.papers if each.id == paper.id)


def versions_of(paper: Paper) -> list[tuple[PaperVersion, Any]]:
    """(version, its file), the newest first."""
    files = {file.id: file for file in files_of([paper_ref(paper.id)]).get(paper_ref(paper.id), [])}
    rows = db.session.scalars(select(PaperVersion).where(PaperVersion.paper_id == paper.id).order_by(PaperVersion.version.desc()))
    return [(row, files[row.file_id]) for row in rows if row.file_id in files]


def paper_ref(paper_id: int) -> Ref:
    return Ref("meetings.paper", paper_id)


def _plain(asked: Select[Any], sitting_id: int) -> list[Any]:
    return list(db.session.execute(asked, {"sitting": sitting_id}))


def _files(papers: Iterable[Paper]) -> dict[int, Hung]:
    """By paper the file it is now: that which was hung on it last."""
    return {ref.id: hung for ref, hung in hung_last(paper_ref(paper.id) for paper in papers).items()}


def _row(actor: Actor, table: Table, line: Line, files: dict[int, Hung]) -> Row:
    topic = Topic(line.item, table)
    mine = [(label, paper, files.get(paper.id)) for label, paper in line.papers if can_read_paper(actor, Leaf(paper, topic))]
    return Row(line, mine, can_hang(actor, topic), len(line.papers) - len(mine))
