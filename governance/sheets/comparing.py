"""A report as a line of the sheet, and what a sheet that came back would change: only the cells that differ."""
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from governance.forms.papers import ReportDraft
from governance.models.papers import REPORT_STATES, Report
from governance.permissions import Held
from governance.queries.papers import all_held, flow_of, reports, ruling_in_force
from governance.queries.roadmap import measures
from governance.rating import Ruling
from governance.sheets.form import FILLED, KEY, MEASURE, PERIOD, TITLE_OF, YEAR, Row
from governance.sheets.writing import CP932, encoded
from groupware.kernel import json
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid
from groupware.kernel.text import narrow, same

REIWA = 2018


@dataclass(frozen=True, slots=True)
class Change:
    """``cells``: (column, before, after)."""

    line: int
    key: str
    held: Held
    draft: ReportDraft
    cells: tuple[tuple[str, str, str], ...]


@dataclass(slots=True)
class Comparison:
    """``troubles``: (line, column, what to mend). With one of them nothing is applied."""

    changes: list[Change] = field(default_factory=list)
    troubles: list[tuple[int, str, str]] = field(default_factory=list)
    unchanged: int = 0

    @property
    def digest(self) -> str:
        """Names exactly these changes: nothing else than what was shown is ever applied."""
        return hashlib.sha256(json.dumps([[each.key, each.held.paper.version, each.cells] for each in self.changes]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Known:
    held: Held
    said: dict[str, str]


def lines_for(actor: Actor, years: Sequence[int]) -> dict[str, Known]:
    """By their keys the reports whose work they may see. Three queries, however many."""
    titles = {each.id: (each.code, each.title) for each in measures()}
    found = {}
    for held in all_held(actor, reports(years=years)):
        if held.paper.measure_id in titles:      # type: ignore[union-attr]
            said = _line(held.paper, *titles[held.paper.measure_id])       # type: ignore[arg-type, union-attr]
            found[said[KEY]] = Known(held, said)
    return found


def compare(actor: Actor, rows: Iterable[Row]) -> Comparison:
    rows = list(rows)
    years = sorted({year for row in rows if (year := _year_of(row.cells[KEY]))})
    known, ruling, found, seen = lines_for(actor, years) if years else {}, ruling_in_force(), Comparison(), set[str]()
    for row in rows:
        key = narrow(row.cells[KEY]).upper()
        if key in seen:
            found.troubles.append((row.number, KEY, "同じ番号の行が二つあります。"))
        elif key not in known:
            found.troubles.append((row.number, KEY, f"「{row.cells[KEY][:30]}」という番号の報告はありません。番号は書きかえないでください。"))
        else:
            _compare_line(found, row, key, known[key], ruling)
        seen.add(key)
    return found


def _compare_line(found: Comparison, row: Row, key: str, known: Known, ruling: Ruling) -> None:
    cells = tuple((title, known.said[title], row.cells[title]) for title in FILLED
                  if title in row.cells and not _alike(known.said[title], row.cells[title]))
    if not cells:
        found.unchanged += 1
        return
    state = known.held.paper.state
    if not any(step.act == "write" for step in flow_of(known.held.paper, ruling).open_to(state, known.held.parts)):
        found.troubles.append((row.number, cells[0][0], f"この行は書きかえられません（いまは「{REPORT_STATES[state]}」です）。"))
        return
    try:
        found.changes.append(Change(row.number, key, known.held, _draft(known, cells), cells))
    except Invalid as wrong:
        found.troubles.extend((row.number, TITLE_OF.get(name, KEY), words) for name, words in wrong.fields.items())


def _draft(known: Known, cells: Iterable[tuple[str, str, str]]) -> ReportDraft:
    said = {FILLED[title]: text for title, text in known.said.items() if title in FILLED} | {FILLED[title]: after for title, _, after in cells}
    return ReportDraft.parse({**said, "rating": narrow(said["rating"]).upper(), "version": known.held.paper.version})


def _alike(ours: str, theirs: str) -> bool:
    """Equal but for what Excel, or cp932 with its 〓, has made of it."""
    ours = ours.strip()
    return same(ours, theirs) or same(encoded(ours, CP932).decode(CP932), theirs)


def _line(report: Report, code: str, title: str) -> dict[str, str]:
    said: Mapping[str, str] = {column: str(getattr(report, name)) for column, name in FILLED.items()}
    return {KEY: f"{code}-{report.fiscal_year}-{report.period:02}", MEASURE: title, YEAR: f"R{report.fiscal_year - REIWA}",
            PERIOD: str(report.period), **said, "評価": "" if report.rating == report.rating_auto else report.rating}


def _year_of(key: str) -> int:
    part = narrow(key).split("-")
    return int(part[1]) if len(part) == 3 and len(part[1]) == 4 and part[1].isascii() and part[1].isdigit() else 0
