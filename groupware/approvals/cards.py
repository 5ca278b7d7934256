"""How an asking looks from elsewhere, and how it is searched."""
from collections.abc import Collection, Iterator

from sqlalchemy import select

from groupware.approvals.models import STATES, Asking, Step
from groupware.approvals.permissions import Paper, visible_askings
from groupware.approvals.queries.askings import papers_for
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.findable import Document, Findable
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card
from groupware.ui.paths import path_for

EXCERPT = 120


def asking_cards(actor: Actor, asking_ids: Collection[int]) -> list[Card]:
    return [_card(paper) for paper in papers_for(actor, asking_ids)]


def audiences(actor: Actor) -> list[str]:
    return [_circle(asking_id) for asking_id in db.session.scalars(visible_askings(actor))]


def _documents(asking_ids: Collection[int]) -> Iterator[Document]:
    reasons = dict(db.session.execute(select(Step.asking_id, Step.reason).where(Step.asking_id.in_(asking_ids), Step.reason != "")).all())
    for asking in db.session.scalars(select(Asking).where(Asking.id.in_(asking_ids))):
        body = "\n".join(filter(None, (asking.summary, reasons.get(asking.id, ""))))
        yield Document(Ref("approvals.asking", asking.id), _circle(asking.id), asking.at, body, asking.title, asking.asker_id,
                       (f"approval:{asking.state}",))


def _ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(select(Asking.id).where(Asking.id > after).order_by(Asking.id).limit(limit)))


def _circle(asking_id: int) -> str:
    return f"approvals.asking:{asking_id}"


def _card(paper: Paper) -> Card:
    asking, where = paper.asking, f"決裁・{STATES[paper.asking.state]}・{paper.asking.asker_name}"
    excerpt = " ".join(asking.summary.split())[:EXCERPT]
    return Card(asking.ref, asking.title, path_for("approvals.show", asking_id=asking.id), "approve", where, excerpt)


FINDABLE = Findable(("決裁", "approval"), "approve", _documents, _ids)
