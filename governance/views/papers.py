"""Undertakings, reports and evaluations: their lists, each one, and what is done with it."""
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from governance.commands import evaluations as judging
from governance.commands import reports as reporting
from governance.commands import undertakings as planning
from governance.differences import between, fields_of
from governance.forms.fields import fiscal_year
from governance.forms.papers import EvaluationDraft, ReportDraft, RoundDraft, UndertakingDraft, opinion, why
from governance.models.papers import (
    EVALUATION_STATES,
    RATINGS,
    REPORT_STATES,
    UNDERTAKING_STATES,
    Evaluation,
    Report,
    Snapshot,
    Undertaking,
)
from governance.models.plan import Measure
from governance.permissions import Held, Place, can_keep, can_opine, can_plan_year, can_see, can_trip
from governance.queries.overview import running
from governance.queries.papers import (
    all_held,
    flow_of,
    held,
    last_snapshots,
    measures_of,
    opinions_of,
    report_before,
    ruling_in_force,
    snapshots_of,
    steps_of,
)
from governance.queries.papers import evaluations as all_evaluations
from governance.queries.papers import reports as all_reports
from governance.queries.papers import undertakings as all_undertakings
from governance.queries.roadmap import measures, rulers, unit_names
from governance.views.plan import blueprint
from groupware.directory.queries import sections_of, standing_of
from groupware.kernel import clock
from groupware.kernel.errors import Forbidden, Invalid, NotFound
from groupware.kernel.given import number
from groupware.kernel.ref import Ref

WRITERS = {"write", "assess", "judge"}


@blueprint.get("/undertakings")
def undertakings() -> str:
    """?year="""
    year = _year()
    papers = all_undertakings(year)
    seen = {each.paper.id for each in all_held(current_user, papers)}
    frozen = last_snapshots([each.ref for each in papers if each.id not in seen])
    shown = [(each, each.id in seen, frozen.get(str(each.ref))) for each in papers if each.id in seen or str(each.ref) in frozen]
    return render_template("governance/undertakings.html", title="年度取組", year=year, papers=shown, states=UNDERTAKING_STATES, names=unit_names(),
                           measures=measures_of([each.id for each in papers]), mine=_units_of_mine())


@blueprint.get("/undertakings/new")
def new_undertaking() -> str:
    mine = _units_of_mine()
    if not mine:
        raise Forbidden
    return render_template("governance/undertaking_form.html", title="年度取組を起こす", paper=None, measures=measures(), mine=mine, chosen=[],
                           year=_year())


@blueprint.post("/undertakings")
def plan_undertaking() -> Response:
    made = planning.plan_undertaking(current_user, number(request.form, "unit"), UndertakingDraft.parse(request.form))
    return redirect(url_for("governance.undertaking", undertaking_id=made), 303)


@blueprint.get("/undertakings/<int:undertaking_id>")
def undertaking(undertaking_id: int) -> str:
    return _page(Ref(Undertaking.kind, undertaking_id), "governance/undertaking.html", UNDERTAKING_STATES)


@blueprint.get("/undertakings/<int:undertaking_id>/writing")
def writing_undertaking(undertaking_id: int) -> str:
    found = _writable(Ref(Undertaking.kind, undertaking_id))
    chosen = [each.id for each in measures_of([undertaking_id]).get(undertaking_id, [])]
    return render_template("governance/undertaking_form.html", title="年度取組を書く", paper=found.paper, measures=measures(), mine={}, chosen=chosen,
                           year=found.paper.fiscal_year)


@blueprint.post("/undertakings/<int:undertaking_id>")
def write_undertaking(undertaking_id: int) -> Response:
    planning.write_undertaking(current_user, undertaking_id, UndertakingDraft.parse(request.form))
    return redirect(url_for("governance.undertaking", undertaking_id=undertaking_id), 303)


@blueprint.post("/undertakings/<int:undertaking_id>/steps")
def move_undertaking(undertaking_id: int) -> Response:
    planning.move_undertaking(current_user, undertaking_id, request.form.get("act", ""), why(request.form))
    return redirect(url_for("governance.undertaking", undertaking_id=undertaking_id), 303)


@blueprint.get("/reports")
def reports() -> str:
    """?year="""
    year, ruling = _year(), ruling_in_force()
    papers = all_reports(years=[year])
    seen = {each.paper.id for each in all_held(current_user, papers)}
    shown = [(each, each.id in seen) for each in papers if each.id in seen or each.state == "frozen"]
    return render_template("governance/reports.html", title="進み具合の報告", year=year, papers=shown, states=REPORT_STATES, ruling=ruling,
                           measures={each.id: each for each in measures()}, may_ask=can_keep(current_user, None),
                           may_trip=can_trip(current_user, None), period=running(ruling),
                           evaluations=[held.paper for held in all_held(current_user, all_evaluations(year))], evaluation_states=EVALUATION_STATES)


@blueprint.post("/reports")
def open_round() -> Response:
    draft = RoundDraft.parse(request.form)
    reporting.open_round(current_user, draft)
    return redirect(url_for("governance.reports", year=draft.fiscal_year), 303)


@blueprint.get("/reports/<int:report_id>")
def report(report_id: int) -> str:
    return _page(Ref(Report.kind, report_id), "governance/report.html", REPORT_STATES)


@blueprint.get("/reports/<int:report_id>/writing")
def writing_report(report_id: int) -> str:
    """?copy=1: with the words of the last one, which is marked where nothing is changed."""
    found = _writable(Ref(Report.kind, report_id))
    paper: Report = found.paper       # type: ignore[assignment]
    before, known = report_before(paper), rulers(paper.measure_id)
    return render_template("governance/report_form.html", title="進み具合を書く", paper=paper, before=before, ruling=ruling_in_force(),
                           ratings=RATINGS, words=before if request.args.get("copy") and before else paper, ruler=known[0] if known else None,
                           measure=_measure(paper))


@blueprint.post("/reports/<int:report_id>")
def write_report(report_id: int) -> Response:
    reporting.write_report(current_user, report_id, ReportDraft.parse(request.form))
    if request.form.get("submit"):
        reporting.move_report(current_user, report_id, "submit")
    return redirect(url_for("governance.report", report_id=report_id), 303)


@blueprint.post("/reports/<int:report_id>/steps")
def move_report(report_id: int) -> Response:
    reporting.move_report(current_user, report_id, request.form.get("act", ""), why(request.form))
    return redirect(url_for("governance.report", report_id=report_id), 303)


@blueprint.post("/evaluations")
def open_evaluations() -> Response:
    year = fiscal_year(request.form, "fiscal_year")
    if year is None:
        raise Invalid(fiscal_year="年度を書いてください。例 R8")
    judging.open_evaluations(current_user, year)
    return redirect(url_for("governance.reports", year=year, _anchor="evaluations"), 303)


@blueprint.get("/evaluations/<int:evaluation_id>")
def evaluation(evaluation_id: int) -> str:
    return _page(Ref(Evaluation.kind, evaluation_id), "governance/evaluation.html", EVALUATION_STATES)


@blueprint.post("/evaluations/<int:evaluation_id>")
def write_evaluation(evaluation_id: int) -> Response:
    judging.write_evaluation(current_user, evaluation_id, EvaluationDraft.parse(request.form))
    return redirect(url_for("governance.evaluation", evaluation_id=evaluation_id), 303)


@blueprint.post("/evaluations/<int:evaluation_id>/steps")
def move_evaluation(evaluation_id: int) -> Response:
    judging.move_evaluation(current_user, evaluation_id, request.form.get("act", ""), why(request.form))
    return redirect(url_for("governance.evaluation", evaluation_id=evaluation_id), 303)


@blueprint.post("/opinions")
def opine() -> Response:
    about = Ref.parse(request.form.get("about", ""))
    judging.give_opinion(current_user, about, opinion(request.form))
    name = about.kind.partition(".")[2]
    where: dict[str, Any] = {f"{name}_id": about.id}
    return redirect(url_for(f"governance.{name}", **where), 303)


def _page(ref: Ref, template: str, states: dict[str, str]) -> str:
    """The work for whom it concerns; for everybody else what was frozen of it."""
    found, frozen = held(current_user, ref), snapshots_of(ref)
    working = can_see(current_user, found)
    if not working and not frozen:
        raise NotFound
    paper, ruling = found.paper, ruling_in_force()
    steps = [step for step in flow_of(paper, ruling).open_to(paper.state, found.parts) if working and not current_user.outside]
    return render_template(
        template, title=_title(paper), paper=paper, working=working, states=states, steps=[s for s in steps if s.act not in WRITERS],
        writes=any(step.act in WRITERS for step in steps), history=steps_of(ref) if working else [], ratings=RATINGS,
        opinions=opinions_of(ref) if working else [], may_opine=can_opine(current_user, found), frozen=[(each, fields_of(each)) for each in frozen],
        changes=between(*(each.content for each in frozen[-2:])) if len(frozen) > 1 else [], since=_since(paper, frozen), ruling=ruling,
        names=unit_names(), measure=_measure(paper), measures=measures_of([paper.id]).get(paper.id, []) if isinstance(paper, Undertaking) else [])


def _since(paper: Any, frozen: list[Snapshot]) -> list[Any]:
    """Of a report: against the last frozen one of the same measure."""
    before = report_before(paper) if isinstance(paper, Report) and frozen else None
    old = snapshots_of(before.ref) if before else []
    return between(old[-1].content, frozen[-1].content) if old else []


def _writable(ref: Ref) -> Held:
    found = held(current_user, ref)
    if not can_see(current_user, found):
        raise NotFound
    acts = {step.act for step in flow_of(found.paper, ruling_in_force()).open_to(found.paper.state, found.parts)}
    if not acts & WRITERS:
        raise Forbidden("いまは書きかえられません。差し戻されると、また書けるようになります。")
    return found


def _measure(paper: Undertaking | Report | Evaluation) -> Measure | None:
    """None for an undertaking, which has several, and for what is no measure any more."""
    return next((each for each in measures() if each.id == getattr(paper, "measure_id", 0)), None)


def _title(paper: Any) -> str:
    return paper.title if isinstance(paper, Undertaking) else "年度評価" if isinstance(paper, Evaluation) else "進み具合の報告"


def _year() -> int:
    return fiscal_year(request.args, "year") or clock.fiscal_year(clock.today())


def _units_of_mine() -> dict[int, str]:
    """The 課 that this person sits in: for them they may plan a year."""
    if current_user.outside:
        return {}
    seats, names = [int(each.partition(":")[2]) for each in standing_of(current_user).circles if each.startswith("unit:")], unit_names()
    found = sorted(set(sections_of(seats).values()))
    return {unit: names[unit] for unit in found if unit in names and can_plan_year(current_user, Place((unit,)))}
