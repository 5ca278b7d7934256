"""The plan of the demo city: the one that 北広島市 has published, word for word. What is entered beside it is invented, by invented sections."""
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from werkzeug.datastructures import MultiDict

from governance.commands.plan import adopt_plan
from governance.commands.reports import move_report, open_round, write_report
from governance.commands.roadmap import enter_bar, enter_indicator, name_leads
from governance.commands.undertakings import move_undertaking, plan_undertaking
from governance.forms import PlanDraft
from governance.forms.papers import ReportDraft, RoundDraft, UndertakingDraft
from governance.forms.roadmap import BarDraft, IndicatorDraft, LeadsDraft
from governance.models.papers import Report
from governance.queries.papers import due_day, reports, ruling_in_force
from governance.queries.people import heads_of
from governance.queries.roadmap import leads, measures
from groupware.directory.queries import actor_for, holders_of_role, ids_by_unit_code, members_of_unit
from groupware.kernel import clock, db, json
from groupware.kernel.actor import SYSTEM, Actor

FILE = Path(__file__).parent / "plans" / "kitahiroshima.json"
TOLD = Path(__file__).parent / "demo" / "plan.json"
HUMAN = "数字では見えない進みを加えて判断した（実演の例）"
WAY = (("submit", "section"), ("approve", "head"), ("receive", "steering"), ("fix", "steering"))
AS_FAR = {"writing": 0, "submitted": 1, "approved": 2, "received": 3, "fixed": 4}


def plant() -> None:
    adopt_plan(SYSTEM, PlanDraft.parse(FILE.read_bytes()))
    told, steering, cio = json.loads(TOLD.read_bytes()), holders_of_role("steering"), holders_of_role("cio")
    if not (steering and cio):      # a house without those people has the plan, and nothing beside it
        return
    city = City(told, _actor(steering[0]), _actor(cio[0]))
    city.enter()
    city.report()
    city.undertake()


class City:
    def __init__(self, told: dict[str, Any], steering: Actor, cio: Actor) -> None:
        self.told, self.steering, self.cio = told, steering, cio
        self.units, self.measures = ids_by_unit_code(), {each.code: each.id for each in measures()}

    def enter(self) -> None:
        for code, units in self.told["leads"].items():
            name_leads(self.steering, code, LeadsDraft(tuple(self.units[each] for each in units)))
        for code, kind, words, starts, ends in self.told["bars"]:
            enter_bar(self.steering, code, BarDraft(kind, words, date.fromisoformat(starts), date.fromisoformat(ends)))
        for code, said, _ in self.told["indicators"]:
            enter_indicator(self.steering, self.measures[code], IndicatorDraft.parse(MultiDict(said)))

    def report(self) -> None:
        """The quarters that are over, the newest as far as the sections have come."""
        values = {code: found for code, _, found in self.told["indicators"] if found}
        quarters = list(reversed(list(_quarters(len(next(iter(self.told["rounds"].values())))))))
        for place, (year, period) in enumerate(quarters):
            with clock.at(_moment(due_day(ruling_in_force(), year, period) - timedelta(days=14))):
                open_round(self.steering, RoundDraft(year, period, None))
            db.end_reading()
            by_measure = {each.measure_id: each for each in reports(years=[year]) if each.period == period}
            for code, lines in self.told["rounds"].items():
                if lines[place]:
                    self._written(by_measure[self.measures[code]], lines[place], values.get(code, [""] * 9)[place], last=place == len(quarters) - 1)

    def undertake(self) -> None:
        for code, title, body, tied, state in self.told["undertakings"]:
            clerk, head = self._people(self.units[code])
            draft = UndertakingDraft(title, body, tuple(self.measures[each] for each in tied), clock.fiscal_year(clock.today()))
            number = plan_undertaking(clerk, self.units[code], draft)
            parts = {"section": clerk, "head": head, "steering": self.steering}
            for act, part in WAY[:AS_FAR[state]]:
                move_undertaking(parts[part], number, act)

    def _written(self, report: Report, said: list[str], value: str, *, last: bool) -> None:
        rating, line = said
        with clock.at(_moment(report.due_on - timedelta(days=3))):
            unit = leads()[report.measure_id][0]
            if not heads_of([unit]):        # nobody sat there then
                return
            clerk, head = self._people(unit)
            write_report(clerk, report.id, ReportDraft(value, line, rating, HUMAN if rating else ""))
            for actor, act in ((clerk, "submit"), (head, "approve"), (self.steering, "forward"), (self.cio, "hear"), (self.steering, "freeze")):
                if last and act in {"hear", "freeze"}:
                    break
                move_report(actor, report.id, act)

    def _people(self, unit: int) -> tuple[Actor, Actor]:
        """Somebody of the section who writes, and its head, as they sit at this moment."""
        heads = heads_of([unit])
        clerks = [each for each in members_of_unit(unit) if each not in heads] or heads
        return _actor(clerks[0]), _actor(heads[0])


def _quarters(many: int) -> list[tuple[int, int]]:
    """The newest that is over first."""
    year, period = clock.fiscal_year(clock.today()), ((clock.today().month - 4) % 12) // 3 + 1
    found = []
    for _ in range(many):
        year, period = (year, period - 1) if period > 1 else (year - 1, 4)
        found.append((year, period))
    return found


def _moment(day: date) -> datetime:
    return min(datetime.combine(day, time(10, 30), clock.JST), clock.now())


def _actor(user_id: int) -> Actor:
    found = actor_for(user_id)
    if found is None:
        raise LookupError(f"nobody acts as {user_id}")
    return found
