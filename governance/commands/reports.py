"""Progress reports: asked for by 行政管理課, a value and one line by the section, on to the CIO, frozen. Who is late is reminded."""
from sqlalchemy import select

from governance.commands.papers import begin_writing, freeze, lead_on
from governance.commands.roadmap import write_reading
from governance.events import ReportAsked, ReportMoved, ReportReminded, ReportWritten
from governance.forms.papers import ReportDraft, RoundDraft
from governance.forms.roadmap import ReadingDraft
from governance.models.indicators import Indicator
from governance.models.papers import FROZEN, Report
from governance.permissions import Governance, Held
from governance.queries.papers import due_day, report_before, report_for, ruling_in_force
from governance.queries.roadmap import leads, measures, rulers
from governance.rating import NONE, Ruling
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict, Invalid

SAME = ("line", "results", "issues", "support", "next_steps")


@command(Governance.OPEN_ROUND)
def open_round(actor: Actor, draft: RoundDraft) -> list[int]:
    """One report for each measure that somebody leads and that has none for this period. Their ids."""
    ruling = ruling_in_force()
    if not (0 <= draft.period <= ruling.periods and bool(draft.period) == (ruling.every != "year")):
        raise Invalid(period="期を選び直してください。")
    led, same = leads(), (Report.fiscal_year == draft.fiscal_year, Report.period == draft.period)
    known = set(db.session.scalars(select(Report.measure_id).where(*same)))
    due = draft.due_on or due_day(ruling, draft.fiscal_year, draft.period or 1)
    made = [Report(measure_id=each.id, fiscal_year=draft.fiscal_year, period=draft.period, changed_at=clock.now(), due_on=due)
            for each in measures() if each.id in led and each.id not in known]
    if not made:
        raise Conflict("報告を求める施策がありません。担当課を決めてから求めてください。すでに求めた施策には、重ねて求めません。")
    db.session.add_all(made)
    db.session.flush()
    for report in made:
        record(actor, ReportAsked(report.id))
    return [report.id for report in made]


@command(Governance.MOVE, on=report_for)
def write_report(actor: Actor, held: Held, draft: ReportDraft) -> None:
    put_down(actor, held, draft)


def put_down(by: Actor, held: Held, draft: ReportDraft) -> None:
    """Raises what forbids it. Also a line of a sheet is written so."""
    begin_writing(held, "write", draft.version)
    report: Report = held.paper       # type: ignore[assignment]
    indicator = chief_indicator(report)
    for name in ("value", "line", "rating_reason", "results", "issues", "support", "next_steps"):
        setattr(report, name, getattr(draft, name))
    report.indicator_id, report.author_id, report.author_name = indicator.id if indicator else None, by.user_id, by.name
    _rate(report, indicator, draft, ruling_in_force())
    report.same = _is_same(report)
    record(by, ReportWritten(report.id))


@command(Governance.MOVE, on=report_for)
def move_report(actor: Actor, held: Held, act: str, reason: str = "") -> None:
    if act == "submit" and not held.paper.line:       # type: ignore[union-attr]
        raise Invalid(line="一行で、いまの様子を書いてから出してください。")
    step = lead_on(actor, held, act, reason)
    if step.after == FROZEN and isinstance(held.paper, Report):
        freeze(actor, held.paper)
        _keep_reading(actor, held.paper)
    record(actor, ReportMoved(held.paper.id, act, step.after))


@command(Governance.REMIND, on=report_for)
def remind_report(actor: Actor, held: Held, height: int, user_ids: tuple[int, ...]) -> None:
    held.paper.reminded = height       # type: ignore[union-attr]
    record(actor, ReportReminded(held.paper.id, height, user_ids))


def chief_indicator(report: Report) -> Indicator | None:
    """What the report gives a value of: the first indicator of the measure."""
    found = rulers(report.measure_id)
    return found[0].indicator if found else None


def _rate(report: Report, indicator: Indicator | None, draft: ReportDraft, ruling: Ruling) -> None:
    if draft.value and indicator is None:
        raise Invalid(value="この施策にはまだ指標がありません。指標を決めてから、実績の数字を入れてください。")
    report.rating_auto = ruling.rate(draft.value, indicator.base, indicator.target, indicator.direction) if indicator else NONE
    report.rating = draft.rating or report.rating_auto
    if report.rating == report.rating_auto:
        report.rating_reason = ""
    elif not draft.rating_reason:
        raise Invalid(rating_reason=f"きまりによる評価（{report.rating_auto}）と違う評価にするわけを書いてください。")


def _is_same(report: Report) -> bool:
    before = report_before(report)
    return bool(before and before.line and all(getattr(before, name) == getattr(report, name) for name in SAME))


def _keep_reading(by: Actor, report: Report) -> None:
    if report.value and report.indicator_id:
        write_reading(by, db.session.get_one(Indicator, report.indicator_id), ReadingDraft(report.fiscal_year, report.period, report.value))
