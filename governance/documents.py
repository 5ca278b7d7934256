"""Measures, words of the plan, and what was frozen of reports and undertakings, as they are searched: everybody in the house may find them."""
from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import select

from governance.models.papers import FIXED, FROZEN, Report, Undertaking
from governance.models.plan import Measure
from governance.plan import Plan, Said
from governance.queries.papers import measures_of, ruling_in_force
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


def report_documents(report_ids: Collection[int]) -> Iterator[Document]:
    """Frozen ones: what is being worked on is found by nobody."""
    ruling, asked = ruling_in_force(), select(Report, Measure).join(Measure, Measure.id == Report.measure_id)
    for report, measure in db.session.execute(asked.where(Report.id.in_(report_ids), Report.state == FROZEN)):
        words = (report.line, report.results, report.issues, report.support, report.next_steps)
        yield Document(report.ref, EVERYBODY, report.changed_at, "\n".join(filter(None, words)),
                       f"{measure.code} {measure.title} 令和{report.fiscal_year - 2018}年度 {ruling.name_of(report.period)}の進み具合",
                       report.author_id, (f"measure:{measure.code}",))


def undertaking_documents(undertaking_ids: Collection[int]) -> Iterator[Document]:
    """Fixed ones, as they stand now; while one is revised it is not found."""
    tied = measures_of(undertaking_ids)
    for each in db.session.scalars(select(Undertaking).where(Undertaking.id.in_(undertaking_ids), Undertaking.state == FIXED)):
        yield Document(each.ref, EVERYBODY, each.changed_at, each.body, each.title, each.author_id,
                       tuple(f"measure:{measure.code}" for measure in tied.get(each.id, [])))


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


def _report_ids(after: int, limit: int) -> list[int]:
    return list(db.session.scalars(select(Report.id).where(Report.id > after, Report.state == FROZEN).order_by(Report.id).limit(limit)))


def _undertaking_ids(after: int, limit: int) -> list[int]:
    asked = select(Undertaking.id).where(Undertaking.id > after, Undertaking.state == FIXED)
    return list(db.session.scalars(asked.order_by(Undertaking.id).limit(limit)))


MEASURES = Findable(("施策", "measure"), "plan", measure_documents, _measure_ids)
TERMS = Findable(("用語", "term"), "book", term_documents, _term_places)
REPORTS = Findable(("報告", "report"), "plan", report_documents, _report_ids)
UNDERTAKINGS = Findable(("年度取組", "undertaking"), "plan", undertaking_documents, _undertaking_ids)
