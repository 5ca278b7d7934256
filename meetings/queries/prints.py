"""What was printed of a sitting and who may read it: whoever may read all that is in it at this moment, and nobody else."""
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from groupware.directory.queries import actor_for
from groupware.files.pages import counts_of
from groupware.files.queries import files_of
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.ref import Ref
from meetings.models.bodies import LEVELS, Member
from meetings.models.minutes import LOCKED
from meetings.models.prints import BUNDLE, MINUTES, READY, WAITING, WORKING, Feed, Print
from meetings.models.sittings import Item, Paper
from meetings.permissions import READERS, Table
from meetings.queries.items import items_of, leaves_for, paper_ref, papers_of, topics_for
from meetings.queries.minutes import records_of


@dataclass(frozen=True, slots=True)
class Shelf:
    """``file`` None while it is made or when it may no longer be read; ``stale``: something in it is no longer as it was."""

    row: Print
    file: Any
    stale: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """``lines``: (paper, pages, people who may read it); pages x people, summed."""

    lines: list[tuple[Paper, int, int]]

    @property
    def sheets(self) -> int:
        return sum(pages * people for _, pages, people in self.lines)


def row_for(_: Actor, print_id: int) -> Print:
    """For whoever asked for it."""
    row = db.session.get(Print, print_id)
    if row is None:
        raise NotFound
    return row


def prints_for(actor: Actor, print_ids: Collection[int]) -> list[Print]:
    rows = list(db.session.scalars(select(Print).where(Print.id.in_(print_ids), Print.state == READY)))
    return _readable(actor, rows)


def shelves(actor: Actor, table: Table, *, makes: bool) -> list[Shelf]:
    """What one may read; to who makes them also what is on its way or no longer true. The newest of each kind and level."""
    rows: dict[tuple[str, str], Print] = {}
    for row in db.session.scalars(select(Print).where(Print.sitting_id == table.sitting.id).order_by(Print.id)):
        rows[row.what, row.level] = row
    readable = {row.id for row in _readable(actor, [row for row in rows.values() if row.state == READY])}
    files = files_of(print_ref(row_id) for row_id in readable)
    now = {paper.id: paper.version for paper in papers_of(table.sitting.id)}
    found = [Shelf(row, files[print_ref(row.id)][-1] if files.get(print_ref(row.id)) else None, _is_stale(row, now)) for row in rows.values()]
    return [shelf for shelf in found if shelf.file or makes]


def waiting_print(sitting_id: int, level: str) -> Print | None:
    asked = select(Print).where(Print.sitting_id == sitting_id, Print.level == level, Print.what == BUNDLE, Print.state.in_((WAITING, WORKING)))
    return db.session.scalars(asked).first()


def is_within(level: str, widest: str) -> bool:
    order = list(LEVELS)
    return order.index(level) <= order.index(widest)


def saved_by(actor: Actor, table: Table) -> Saved:
    """Of the papers that one may read oneself: every page that each member may read would have been a sheet on their desk."""
    items = {item.id: item for item in items_of(table.sitting.id)}
    papers = [leaf.paper for leaf in leaves_for(actor, [paper.id for paper in papers_of(table.sitting.id)])]
    files = files_of(paper_ref(paper.id) for paper in papers)
    newest = {paper.id: files[paper_ref(paper.id)][-1].sha256 for paper in papers if files.get(paper_ref(paper.id))}
    counts = counts_of(newest.values())
    roles = list(db.session.scalars(select(Member.role).where(Member.body_id == table.seat.body.id)))
    return Saved([(paper, counts.get(newest.get(paper.id, ""), 0), _readers(roles, items[paper.item_id])) for paper in papers])


def feed_of(actor: Actor) -> Feed | None:
    return db.session.get(Feed, actor.user_id)


def holder_of_key(key: str) -> Actor:
    """Raises NotFound for no key of ours, and for somebody who has left."""
    user_id = db.session.scalar(select(Feed.user_id).where(Feed.digest == sha256(key.encode()).hexdigest()))
    holder = actor_for(user_id) if user_id else None
    if holder is None:
        raise NotFound
    return holder


def print_ref(print_id: int) -> Ref:
    return Ref("meetings.print", print_id)


def _readable(actor: Actor, rows: list[Print]) -> list[Print]:
    """A few questions, however many."""
    items = {item for row in rows for item, _, _ in row.parts}
    papers = {paper for row in rows for _, paper, _ in row.parts if paper}
    topics = {topic.item.id for topic in topics_for(actor, items)} if items else set()
    leaves = {leaf.paper.id for leaf in leaves_for(actor, papers)} if papers else set()
    records = records_of({row.sitting_id for row in rows if row.what == MINUTES})
    return [row for row in rows if row.parts and all(item in topics and (not paper or paper in leaves) for item, paper, _ in row.parts)
            and (row.what == BUNDLE or (row.sitting_id in records and records[row.sitting_id].state == LOCKED))]


def _is_stale(row: Print, now: dict[int, int]) -> bool:
    return row.what == BUNDLE and row.state == READY and any(paper and now.get(paper) != version for _, paper, version in row.parts)


def _readers(roles: Collection[str], item: Item) -> int:
    return sum(1 for role in roles if role in READERS[item.level])
