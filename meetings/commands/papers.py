"""Papers are hung on items, replaced by newer versions, taken off."""
from collections.abc import Iterator

from sqlalchemy import delete

from groupware.files.commands import attach_files, detach_files, move_files
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict
from groupware.kernel.ref import Ref
from meetings.commands.sittings import STALE
from meetings.events import PaperDropped, PaperHung, PaperReplaced
from meetings.forms import PapersDraft
from meetings.models.inquiries import AwaitedPaper
from meetings.models.sittings import Paper, PaperVersion
from meetings.permissions import Leaf, Meetings, Topic
from meetings.queries.items import leaf_for, paper_ref, topic_for, versions_of


@command(Meetings.HANG, on=topic_for)
def hang_papers(actor: Actor, topic: Topic, draft: PapersDraft) -> list[int]:
    """After those that hang there; their numbers follow from their place."""
    made = []
    for file_id, title in draft.files:
        paper = _new_paper(topic, title, handout=draft.handout)
        _keep_version(actor, paper, file_id)
        record(actor, PaperHung(paper.id, topic.item.id))
        made.append(paper.id)
    if draft.instead_of:
        db.session.execute(delete(AwaitedPaper).where(AwaitedPaper.id == draft.instead_of, AwaitedPaper.item_id == topic.item.id))
    return made


@command(Meetings.HANG, on=topic_for)
def adopt_papers(actor: Actor, topic: Topic, draft: PapersDraft, offered: Ref) -> None:
    """The files of what a unit offered become the papers of the item that it has become."""
    move_files(actor, [file_id for file_id, _ in draft.files], offered, [paper_ref(paper.id) for paper in _adopted(actor, topic, draft)])


@command(Meetings.REPLACE, on=leaf_for)
def replace_paper(actor: Actor, leaf: Leaf, file_id: str, version: int) -> None:
    """The earlier version stays to be looked at."""
    paper = leaf.paper
    if paper.version != version:
        raise Conflict(STALE)
    paper.version, paper.changed_at = paper.version + 1, clock.now()
    _keep_version(actor, paper, file_id)
    record(actor, PaperReplaced(paper.id, paper.item_id, paper.version))


@command(Meetings.REPLACE, on=leaf_for)
def drop_paper(actor: Actor, leaf: Leaf) -> None:
    paper = leaf.paper
    detach_files(actor, [file.id for _, file in versions_of(paper)], paper_ref(paper.id))
    db.session.execute(delete(PaperVersion).where(PaperVersion.paper_id == paper.id))
    db.session.delete(paper)
    record(actor, PaperDropped(paper.id, paper.item_id))


def _adopted(actor: Actor, topic: Topic, draft: PapersDraft) -> Iterator[Paper]:
    for file_id, title in draft.files:
        paper = _new_paper(topic, title)
        db.session.add(PaperVersion(paper_id=paper.id, version=paper.version, file_id=file_id, by_id=actor.user_id, at=clock.now()))
        record(actor, PaperHung(paper.id, topic.item.id))
        yield paper


def _new_paper(topic: Topic, title: str, *, handout: bool = False) -> Paper:
    paper = Paper(item_id=topic.item.id, position=0, title=title, handout=handout, version=1, changed_at=clock.now())
    db.session.add(paper)
    db.session.flush()
    paper.position = paper.id
    return paper


def _keep_version(actor: Actor, paper: Paper, file_id: str) -> None:
    attach_files(actor, [file_id], paper_ref(paper.id))
    db.session.add(PaperVersion(paper_id=paper.id, version=paper.version, file_id=file_id, by_id=actor.user_id, at=clock.now()))
