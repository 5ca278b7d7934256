"""Measures and words of the plan as they are searched: everybody in the house may find them."""
from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import select

from governance.models.plan import Measure
from governance.plan import Plan, Said
from governance.queries.plan import current_edition
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.findable import Document, Findable
from groupware.kernel.ref import Ref

EVERYBODY = "governance.plan:1"


def measure_documents(measure_ids: Collection[int]) -> Iterator[Document]:
    edition = current_edition()
    if edition is None:
        return
    plan = Plan(edition.content)
    for measure in db.session.scalars(select(Measure).where(Measure.id.in_(measure_ids))):
        said = plan.measure(measure.code)
        if said:
            yield _measure(measure, plan, said, edition.drafted_at)


def term_documents(places: Collection[int]) -> Iterator[Document]:
    """A word has no row of its own: it is known by its place in the glossary of the plan in force."""
    edition = current_edition()
    if edition is None:
        return
    for place, term in enumerate(Plan(edition.content)["glossary"] or [], 1):
        if place in places:
            yield Document(Ref("governance.term", place), EVERYBODY, edition.drafted_at, term["definition"], term["term"])


def audiences(actor: Actor) -> list[str]:
    return [EVERYBODY] if actor.user_id else []


def _measure(measure: Measure, plan: Plan, said: Said, at: datetime) -> Document:
    strategy = plan.strategy_of(said)
    names = [said.get("title_in_overview"), *(said.get("aliases") or []), strategy and strategy["name"], *plan.categories_of(said)[0]]
    lines = [said.get("summary"), *(action["text"] for action in said["actions"]), *dict.fromkeys(names)]
    return Document(Ref("governance.measure", measure.id), EVERYBODY, at, "\n".join(filter(None, lines)), f"{measure.code} {said['title']}",
                    labels=(f"measure:{measure.code}",))


def _measure_ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(select(Measure.id).where(Measure.id > after, Measure.gone_at.is_(None)).order_by(Measure.id).limit(limit)))


def _term_places(after: int, limit: int) -> list[int]:
    edition = current_edition()
    return list(range(1, len(Plan(edition.content)["glossary"] or []) + 1) if edition else ())[after:after + limit]


MEASURES = Findable(("施策", "measure"), "plan", measure_documents, _measure_ids)
TERMS = Findable(("用語", "term"), "book", term_documents, _term_places)
