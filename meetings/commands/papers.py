"""Papers are hung on items, replaced by newer versions, taken off."""
from sqlalchemy import delete

from groupware.files.commands import attach_files, detach_files
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict
from meetings.commands.sittings import STALE
from meetings.events import PaperDropped, PaperHung, PaperReplaced
from meetings.forms import PapersDraft
from meetings.models.sittings import Paper, PaperVersion
from meetings.permissions import Leaf, Meetings, Topic
from meetings.queries.items import leaf_for, paper_ref, topic_for, versions_of


@command(Meetings.HANG, on=topic_for)
def hang_papers(actor: Actor, topic: Topic, draft: PapersDraft) -> list[int]:
    """After those that hang there; their numbers follow from their place."""
    made = []
    for file_id, title in draft.files:
        paper = Paper(item_id=topic.item.id, position=0, title=title, handout=draft.handout, version=1, changed_at=clock.now())
        db.session.add(paper)
        db.session.flush()
        paper.position = paper.id
        _keep_version(actor, paper, file_id)
        record(actor, PaperHung(paper.id, topic.item.id))
        made.append(paper.id)
    return made


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


def _keep_version(actor: Actor, paper: Paper, file_id: str) -> None:
    attach_files(actor, [file_id], paper_ref(paper.id))
    db.session.add(PaperVersion(paper_id=paper.id, version=paper.version, file_id=file_id, by_id=actor.user_id, at=clock.now()))
