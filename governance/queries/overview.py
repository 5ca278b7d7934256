"""施策 × 期: how every measure goes, what is stuck, what waits for a decision. So many queries, however many years there are."""
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select

from governance.models.papers import (
    APPROVED,
    CONFIRM,
    COUNCIL,
    DUE,
    EVALUATION_STATES,
    FROZEN,
    REPORT_STATES,
    REPORTED,
    SUBMITTED,
    UNDERTAKING_STATES,
    WRITING,
    Evaluation,
    Report,
    Undertaking,
)
from governance.models.plan import Edition, Measure
from governance.permissions import oversees
from governance.queries.papers import all_held, ruling_in_force
from governance.queries.plan import checked_editions
from governance.queries.roadmap import all_rulers, leads, measures, unit_names
from governance.rating import Ruling
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor

YEARS_SHOWN = 2
STILL_OPEN = (DUE, WRITING, SUBMITTED, APPROVED, COUNCIL, REPORTED)
LOOKS = {"S": ("d", "done"), "A": ("o", "on"), "B": ("s", "slow"), "C": ("l", "late"), "-": ("n", "dash")}
WAITS, UNSET, AHEAD = ("w", "wait"), ("n", "dash"), ("f", "")


@dataclass(frozen=True, slots=True)
class Cell:
    """``look`` and ``icon`` are the drawing, ``words`` the same for who listens."""

    fiscal_year: int
    period: int
    look: str
    icon: str
    words: str
    report: Report | None = None
    opens: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    measure: Measure
    units: list[str]
    cells: list[Cell]
    late: Report | None
    indicators: int


@dataclass(frozen=True, slots=True)
class Overview:
    years: list[int]
    ruling: Ruling
    lines: list[Line]
    now: tuple[int, int]

    @property
    def sums(self) -> list[tuple[int, str]]:
        """Of the newest period that was asked for: how many measures stand how."""
        found = Counter(cell.words for line in self.lines for cell in line.cells if (cell.fiscal_year, cell.period) == self.asked)
        order = [*self.ruling.words.values(), "報告待ち", "未設定"]
        return [(found[words], words) for words in order if found[words]]

    @property
    def asked(self) -> tuple[int, int]:
        """The newest period with a report, else the one that runs."""
        known = [(cell.fiscal_year, cell.period) for line in self.lines for cell in line.cells if cell.report]
        return max(known) if known else self.now


@dataclass(frozen=True, slots=True)
class Waiting:
    """A paper that waits for somebody: ``for_whom`` in words; ``decides``: it is a decision."""

    kind: str
    number: int
    title: str
    state: str
    for_whom: str
    paper: Report | Undertaking | Evaluation | Edition
    decides: bool = False


def overview(actor: Actor) -> Overview:
    """Whoever does not work on a report sees of it that it is awaited, until it is frozen."""
    ruling = ruling_in_force()
    years = _years()
    found = [each for each in _reports() if each.fiscal_year in years]
    seen = {each.paper.id for each in all_held(actor, found)}
    by_place = {(report.measure_id, report.fiscal_year, report.period): report for report in found}
    led, names, measured, now = leads(), unit_names(), all_rulers(), (years[-1], running(ruling))
    lines = []
    for measure in measures():
        cells = [_cell(by_place.get((measure.id, year, period)), (year, period), now, seen, ruling) for year in years for period in _periods(ruling)]
        units = [names.get(unit, "いまはない課") for unit in led.get(measure.id, [])]
        lines.append(Line(measure, units, cells, _late(cells), len(measured.get(measure.id, ()))))
    return Overview(years, ruling, lines, now)


def _reports() -> list[Report]:
    """Those of the years shown, and those of earlier ones that are still open."""
    asked = select(Report).where(or_(Report.fiscal_year.in_(_years()), Report.state.in_(STILL_OPEN)))
    return db.once("governance.reports", lambda: list(db.session.scalars(asked)))


def _years() -> list[int]:
    this = clock.fiscal_year(clock.today())
    return list(range(this - YEARS_SHOWN + 1, this + 1))


def running(ruling: Ruling) -> int:
    """The period of today; 0 where reports are yearly."""
    month = (clock.today().month - 4) % 12
    return month // (12 // ruling.periods) + 1 if ruling.periods > 1 else 0


def stuck(actor: Actor) -> list[Waiting]:
    """What waits for somebody, decisions first, then the longest waiting."""
    found = [*_papers(actor), *_editions(actor)]
    return sorted(found, key=lambda each: (not each.decides, getattr(each.paper, "changed_at", None) or clock.now()))


def _papers(actor: Actor) -> Iterator[Waiting]:
    open_work = select(Undertaking).where(Undertaking.state.in_((SUBMITTED, APPROVED)))
    open_judging = select(Evaluation).where(Evaluation.state != "published")
    reports = sorted((each for each in _reports() if each.state in STILL_OPEN), key=lambda each: each.due_on)
    papers = [*reports, *db.session.scalars(open_work), *db.session.scalars(open_judging)]
    names = {each.id: f"{each.code} {each.title}" for each in measures()}
    ruling = ruling_in_force()
    for held in all_held(actor, papers):
        paper = held.paper
        yield Waiting(paper.kind, paper.id, paper.title if isinstance(paper, Undertaking) else names.get(paper.measure_id, "前の計画の施策"),
                      state_of(paper), _whose(paper, ruling), paper, paper.state == CONFIRM or _is_for_cio(paper, ruling))


def _editions(actor: Actor) -> Iterator[Waiting]:
    if oversees(actor):
        for edition in checked_editions():
            yield Waiting("governance.edition", edition.number, f"計画の改訂（第{edition.number}版）", "決裁待ち", "CIO", edition, decides=True)


def state_of(paper: Report | Undertaking | Evaluation) -> str:
    states = UNDERTAKING_STATES if isinstance(paper, Undertaking) else REPORT_STATES if isinstance(paper, Report) else EVALUATION_STATES
    return states[paper.state]


def _whose(paper: Report | Undertaking | Evaluation, ruling: Ruling) -> str:
    if _is_for_cio(paper, ruling):
        return "CIO"
    return {DUE: "担当課", WRITING: "担当課", "own": "担当課", SUBMITTED: "課長", CONFIRM: "CIO", "interim": "総務部長",
            "opinion": "行政管理課（所見を待っています）"}.get(paper.state, "行政管理課")


def _is_for_cio(paper: Report | Undertaking | Evaluation, ruling: Ruling) -> bool:
    return isinstance(paper, Report) and paper.state == (COUNCIL if ruling.council else APPROVED)


def _cell(report: Report | None, place: tuple[int, int], now: tuple[int, int], seen: set[int], ruling: Ruling) -> Cell:
    if report is None:
        look, icon = UNSET if place < now else AHEAD
        return Cell(*place, look, icon, "未設定" if place < now else "これから")
    if report.state == FROZEN or (report.id in seen and report.state not in {DUE, WRITING}):
        look, icon = LOOKS[report.rating]
        return Cell(*place, look, icon, ruling.words[report.rating], report, opens=True)
    return Cell(*place, *WAITS, "報告待ち", report, report.id in seen)


def _late(cells: list[Cell]) -> Report | None:
    return next((cell.report for cell in cells if cell.report and cell.report.state in {DUE, WRITING} and cell.report.due_on < clock.today()), None)


def _periods(ruling: Ruling) -> range:
    return range(1, ruling.periods + 1) if ruling.periods > 1 else range(1)
