"""A sitting as its viewer shows it: all papers in order with the numbers of their pages, and where the presenter is."""
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from groupware.directory.queries import people_cards
from groupware.files.pages import counts_of
from groupware.files.queries import files_of
from groupware.kernel import db
from groupware.kernel.actor import Actor
from meetings.agenda import lay_out
from meetings.models.bodies import Member
from meetings.models.sittings import Item, Paper, Sitting
from meetings.models.viewing import Showing
from meetings.permissions import Leaf, Table, Topic, can_read_paper
from meetings.queries.items import items_of, leaves_for, paper_ref, papers_of


@dataclass(frozen=True, slots=True)
class Sheaf:
    """A paper that one may read: its file now, its pages, and the 通し番号 of its first one."""

    label: str
    paper: Paper
    item_id: int
    file: Any
    count: int
    first: int


@dataclass(frozen=True, slots=True)
class Stack:
    """All that one may read; ``total`` counts the pages of what one may not as well, so that all speak of the same 通し番号."""

    sheaves: list[Sheaf]
    total: int

    def of(self, paper_id: int | None) -> Sheaf | None:
        return next((sheaf for sheaf in self.sheaves if sheaf.paper.id == paper_id), None)


def stack_for(actor: Actor, table: Table) -> Stack:
    """Four queries, however many papers."""
    lines = lay_out(table.sitting, items_of(table.sitting.id), papers_of(table.sitting.id))
    hung = [(line.item, label, paper) for line in lines for label, paper in line.papers]
    files = {ref.id: found[-1] for ref, found in files_of(paper_ref(paper.id) for _, _, paper in hung).items()}
    counts = counts_of([file.sha256 for file in files.values()])
    sheaves, first = [], 1
    for item, label, paper in hung:
        file = files.get(paper.id)
        count = counts.get(file.sha256, 0) if file else 0
        if file and can_read_paper(actor, Leaf(paper, Topic(item, table))):
            sheaves.append(Sheaf(label, paper, item.id, file, count, first))
        first += count
    return Stack(sheaves, first - 1)


def place_for(actor: Actor, table: Table) -> dict[str, Any]:
    """The presenter's place as it may be told to this person: nothing of a paper that is not theirs to read."""
    showing = showing_of(table.sitting.id)
    if showing is None:
        return {"sitting": table.sitting.id, "seq": 0, "calls": 0, "presenter": None, "paper": None, "page": 0}
    seen = showing.paper_id is not None and bool(leaves_for(actor, [showing.paper_id]))
    return place_of(showing) | ({} if seen else {"paper": None, "page": 0})


def place_of(showing: Showing) -> dict[str, Any]:
    cards = people_cards([showing.presenter_id]) if showing.presenter_id else {}
    presenter = {"id": showing.presenter_id, "name": cards[showing.presenter_id].name} if showing.presenter_id in cards else None
    return {"sitting": showing.sitting_id, "seq": showing.seq, "calls": showing.calls, "presenter": presenter, "paper": showing.paper_id,
            "page": showing.page}


def showing_of(sitting_id: int) -> Showing | None:
    return db.session.scalars(select(Showing).where(Showing.sitting_id == sitting_id)).first()


def presents(user_id: int, sitting_id: int) -> bool:
    return db.session.scalar(select(Showing.presenter_id).where(Showing.sitting_id == sitting_id)) == user_id


def of_sitting(sitting_id: int) -> str:
    """The topic of who has a sitting on the screen: that something is new, and nothing of what."""
    return f"meetings.sitting:{sitting_id}"


def of_floor(sitting_id: int) -> str:
    """Of the presenter alone."""
    return f"meetings.floor:{sitting_id}"


def sealed_topics(sitting_id: int, paper_ids: set[int]) -> Iterator[tuple[int, str]]:
    """(paper, its topic). The topic's name is sealed with all that decides who may read it.

    Whatever changes in that, the topic is another one, which everybody enters by the rule of that moment; the old one falls silent.
    """
    rows = db.session.execute(select(Paper, Item, Sitting).join(Item, Item.id == Paper.item_id).join(Sitting, Sitting.id == Item.sitting_id)
                              .where(Item.sitting_id == sitting_id, Paper.id.in_(paper_ids))).all()
    if not rows:
        return
    body_id = rows[0].Sitting.body_id
    members = select(Member.user_id, Member.role).where(Member.body_id == body_id).order_by(Member.user_id)
    company = repr([tuple(row) for row in db.session.execute(members)])
    speakers = select(Item.presenter_id).where(Item.sitting_id == sitting_id).order_by(Item.id)
    company += repr(list(db.session.scalars(speakers)))
    for paper, item, sitting in rows:
        decides = (company, item.level, item.presenter_id, paper.handout, sitting.state, sitting.papers_at, sitting.starts_at)
        yield paper.id, f"meetings.paper:{paper.id}.{hashlib.sha256(repr(decides).encode()).hexdigest()[:16]}"
