"""What of the plan is to be done today: by a section, its head, 行政管理課 and the CIO; and what has not come yet, for 行政管理課."""
from collections.abc import Iterator
from datetime import datetime, time

from flask import url_for
from sqlalchemy import select
from sqlalchemy.sql.elements import ColumnElement

from governance.models.papers import APPROVED, COUNCIL, DUE, SUBMITTED, WRITING, Report, Undertaking
from governance.models.plan import Measure
from governance.permissions import oversees, paper_parts
from governance.queries.papers import ruling_in_force
from governance.queries.roadmap import leads
from groupware.directory.queries import circle, standing_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.things import Candidate
from groupware.kernel.widget import Todo, Widget

SHOWN, COUNTED = 6, 60
ENDS = time(17, 15)
# Whose turn it is in each state, and what they do.
TURNS = {DUE: ("section", "書く"), WRITING: ("section", "書く"), SUBMITTED: ("head", "承認する"), APPROVED: ("steering", "受け取る"),
         COUNCIL: ("cio", "報告を聞く")}


def reports_to_do(actor: Actor) -> Iterator[Todo]:
    """Nothing, and hardly a question, for whom nothing of it ever waits."""
    led = _led(actor)
    if not (led or oversees(actor)):
        return
    mine = Report.measure_id.in_(led)
    for report, measure in _open_reports(mine if not oversees(actor) else None, tuple(TURNS)):
        part, act = TURNS[report.state]
        if part in paper_parts(actor, led.get(report.measure_id, [])):
            yield Todo("報告", "plan", f"{measure.code} {measure.title}の進み具合", url_for("governance.report", report_id=report.id), act,
                       f"令和{report.fiscal_year - 2018}年度・期限 {report.due_on.month}月{report.due_on.day}日", _end_of(report))


def undertakings_to_do(actor: Actor) -> Iterator[Todo]:
    """Those that wait for a head, and for 行政管理課."""
    if actor.outside:
        return
    for paper in db.session.scalars(select(Undertaking).where(Undertaking.state.in_((SUBMITTED, APPROVED))).limit(COUNTED)):
        part, act = TURNS[paper.state]
        if part in paper_parts(actor, (paper.unit_id,)):
            url = url_for("governance.undertaking", undertaking_id=paper.id)
            yield Todo("年度取組", "plan", paper.title, url, act, f"令和{paper.fiscal_year - 2018}年度")


def missing_reports(actor: Actor) -> Widget | None:
    """届いていない報告, for 行政管理課."""
    if not actor.has("steering"):
        return None
    rows = _open_reports(None, (DUE, WRITING))
    if not rows:
        return None
    ruling = ruling_in_force()
    shown = [(report, measure, ruling.name_of(report.period)) for report, measure in rows[:SHOWN]]
    return Widget("届いていない報告", f"{len(rows)}件", "governance/_due.html", list(shown), url=url_for("governance.survey"), order=45)


def late_reports(actor: Actor) -> Iterator[Candidate]:
    """For the council, of what 行政管理課 sees: reports that should be there."""
    for report, measure in _open_reports(Report.due_on < clock.today(), (DUE, WRITING)) if actor.has("steering") else ():
        yield Candidate(report.ref, "報告の遅れ", f"{measure.code} {measure.title}", "期限を過ぎても、報告が届いていません。", report.due_on)


def _led(actor: Actor) -> dict[int, tuple[int, ...]]:
    """By measure the units that lead it and that this person belongs to."""
    found = {} if actor.outside else leads()
    circles = standing_of(actor).circles if found else ()
    return {measure: units for measure, units in found.items() if oversees(actor) or any(circle("below", unit) in circles for unit in units)}


def _open_reports(which: ColumnElement[bool] | None, states: tuple[str, ...]) -> list[tuple[Report, Measure]]:
    asked = select(Report, Measure).join(Measure, Measure.id == Report.measure_id).where(Report.state.in_(states))
    asked = asked.order_by(Report.due_on).limit(COUNTED)
    return [(row[0], row[1]) for row in db.session.execute(asked if which is None else asked.where(which))]


def _end_of(report: Report) -> datetime | None:
    return datetime.combine(report.due_on, ENDS, clock.JST) if report.state in {DUE, WRITING} else None
