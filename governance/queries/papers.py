"""Papers in somebody's hands, their steps, what was frozen of them, and who waits for what."""
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import cache, partial

from sqlalchemy import func, select

from governance.flows import UNDERTAKING, evaluation_flow, report_flow
from governance.models.papers import Evaluation, Opinion, Report, Snapshot, Step, Undertaking, UndertakingMeasure
from governance.models.papers import Ruling as RulingRow
from governance.models.plan import IN_FORCE, Edition, Measure
from governance.permissions import AlsoFor, Held, can_see, paper_parts
from governance.queries.keeping import kept
from governance.queries.roadmap import leads, units_leading
from governance.rating import USUAL, Ruling
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.flow import Flow
from groupware.kernel.ref import Ref

KINDS: dict[str, type[AlsoFor]] = {kind.kind: kind for kind in (Undertaking, Report, Evaluation)}


def ruling_in_force() -> Ruling:
    """Of the edition in force."""
    return kept("ruling", _ruling)


def flow_of(paper: AlsoFor, ruling: Ruling) -> Flow:
    if isinstance(paper, Undertaking):
        return UNDERTAKING
    return report_flow(council=ruling.council) if isinstance(paper, Report) else evaluation_flow(interim=ruling.interim)


def held_for(actor: Actor, ref: Ref) -> Held:
    """Raises NotFound, also for whom the work does not concern."""
    found = held(actor, ref)
    if not can_see(actor, found):
        raise NotFound
    return found


def held(actor: Actor, ref: Ref) -> Held:
    """Whether they may see the work or only what was frozen of it, is another question."""
    paper: AlsoFor | None = db.session.get(KINDS[ref.kind], ref.id) if ref.kind in KINDS else None     # type: ignore[assignment]
    if paper is None:
        raise NotFound
    units = units_of(paper)
    return Held(paper, units, paper_parts(actor, units))


def report_for(actor: Actor, report_id: int) -> Held:
    return held_for(actor, Ref(Report.kind, report_id))


def undertaking_for(actor: Actor, undertaking_id: int) -> Held:
    return held_for(actor, Ref(Undertaking.kind, undertaking_id))


def evaluation_for(actor: Actor, evaluation_id: int) -> Held:
    return held_for(actor, Ref(Evaluation.kind, evaluation_id))


def units_of(paper: AlsoFor) -> tuple[int, ...]:
    return (paper.unit_id,) if isinstance(paper, Undertaking) else units_leading(paper.measure_id)


def all_held(actor: Actor, papers: Sequence[AlsoFor]) -> list[Held]:
    """Of these papers those whose work they may see; one query for the leads of all."""
    by_measure = leads() if any(not isinstance(each, Undertaking) for each in papers) else {}
    parts_in = cache(partial(paper_parts, actor))
    found = []
    for paper in papers:
        units = (paper.unit_id,) if isinstance(paper, Undertaking) else by_measure.get(paper.measure_id, ())
        found.append(Held(paper, units, parts_in(units)))
    return [each for each in found if can_see(actor, each)]


def steps_of(about: Ref) -> list[Step]:
    return list(db.session.scalars(select(Step).where(Step.about == str(about)).order_by(Step.id)))


def opinions_of(about: Ref) -> list[Opinion]:
    return list(db.session.scalars(select(Opinion).where(Opinion.about == str(about)).order_by(Opinion.id)))


def snapshots_of(about: Ref) -> list[Snapshot]:
    return list(db.session.scalars(select(Snapshot).where(Snapshot.about == str(about)).order_by(Snapshot.number)))


def last_snapshots(refs: Collection[Ref]) -> dict[str, Snapshot]:
    """The newest of each, by what it is about. One query."""
    newest = select(func.max(Snapshot.id)).where(Snapshot.about.in_([str(ref) for ref in refs])).group_by(Snapshot.about)
    return {each.about: each for each in db.session.scalars(select(Snapshot).where(Snapshot.id.in_(newest)))}


def measures_of(undertaking_ids: Collection[int]) -> dict[int, list[Measure]]:
    asked = (select(UndertakingMeasure.undertaking_id, Measure).join(Measure, Measure.id == UndertakingMeasure.measure_id)
             .where(UndertakingMeasure.undertaking_id.in_(undertaking_ids)).order_by(Measure.code))
    found: dict[int, list[Measure]] = {}
    for undertaking_id, measure in db.session.execute(asked):
        found.setdefault(undertaking_id, []).append(measure)
    return found


def undertakings(fiscal_year: int, measure_id: int | None = None) -> list[Undertaking]:
    asked = select(Undertaking).where(Undertaking.fiscal_year == fiscal_year).order_by(Undertaking.unit_id, Undertaking.id)
    if measure_id:
        asked = asked.where(Undertaking.id.in_(select(UndertakingMeasure.undertaking_id).where(UndertakingMeasure.measure_id == measure_id)))
    return list(db.session.scalars(asked))


def reports(*, years: Collection[int] = (), measure_id: int | None = None) -> list[Report]:
    asked = select(Report).order_by(Report.fiscal_year, Report.period, Report.measure_id)
    asked = asked.where(Report.fiscal_year.in_(years)) if years else asked
    return list(db.session.scalars(asked.where(Report.measure_id == measure_id) if measure_id else asked))


def report_before(report: Report) -> Report | None:
    """The last one of the same measure."""
    before = (Report.fiscal_year < report.fiscal_year) | ((Report.fiscal_year == report.fiscal_year) & (Report.period < report.period))
    asked = select(Report).where(Report.measure_id == report.measure_id, before).order_by(Report.fiscal_year.desc(), Report.period.desc()).limit(1)
    return db.session.scalar(asked)


def evaluations(fiscal_year: int) -> list[Evaluation]:
    return list(db.session.scalars(select(Evaluation).where(Evaluation.fiscal_year == fiscal_year).order_by(Evaluation.measure_id)))


def due_day(ruling: Ruling, fiscal_year: int, period: int) -> date:
    """So many days after the period has ended."""
    months = 12 // ruling.periods * period
    year, month = fiscal_year + (3 + months) // 12, (3 + months) % 12 + 1
    return date(year, month, 1) + timedelta(days=ruling.due_days - 1)


def _ruling() -> Ruling:
    content = db.session.scalar(select(RulingRow.content).join(Edition, Edition.id == RulingRow.edition_id).where(Edition.state == IN_FORCE))
    return Ruling.of(content) if content else USUAL
