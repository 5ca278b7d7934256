"""Years of work: the plan with what is entered beside it, reports of every quarter, undertakings, and what 40 teams have said and done."""
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import String, cast, func, insert, literal, select
from werkzeug.datastructures import MultiDict

from benchmarks.dx.city import City
from boards.commands.publishing import publish_notice
from boards.commands.writing import draft_notice
from boards.forms import NoticeDraft
from boards.models.notices import Notice
from chat.commands.messages import post_message
from chat.forms import MessageDraft
from chat.models import Message
from governance.commands.plan import adopt_plan
from governance.commands.reports import move_report, open_round, write_report
from governance.commands.roadmap import enter_bar, enter_indicator, name_leads
from governance.commands.undertakings import move_undertaking, plan_undertaking
from governance.forms import PlanDraft
from governance.forms.papers import ReportDraft, RoundDraft, UndertakingDraft
from governance.forms.roadmap import BarDraft, IndicatorDraft, LeadsDraft
from governance.models.ties import Tie
from governance.queries.papers import due_day, ruling_in_force
from governance.queries.roadmap import measures
from groupware.approvals.commands.deciding import approve_step
from groupware.approvals.queries.askings import paper_for
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.ports import approval_desk
from groupware.kernel.ref import Ref
from meetings.commands.items import add_item
from meetings.commands.sittings import call_sitting, plan_sitting
from meetings.forms import ItemDraft, SittingDraft
from meetings.models.sittings import Sitting
from teams.commands.life import ask_approval, move_team, propose_team
from teams.commands.people import seat_member
from teams.commands.tasks import add_task
from teams.forms import CharterDraft, SeatDraft, TaskDraft
from teams.models import LEADER, MEMBER, Team
from teams.models.tasks import COLUMNS, DONE, Task
from teams.queries import places_of

PLAN = Path(__file__).parents[2] / "governance" / "plans" / "kitahiroshima.json"
TEAMS, CREW, TASKS, EVENTS, YEARS = 40, 6, 2_000, 20_000, 5
WAY = (("submit", "section"), ("approve", "head"), ("forward", "steering"), ("hear", "cio"), ("freeze", "steering"))


@dataclass(frozen=True, slots=True)
class Kind:
    """What happens in a team: one in so many, numbered within its place."""

    model: Any
    kind: str
    place: str
    number: str
    at: str
    share: float


KINDS = (Kind(Message, "chat.message", "room_id", "seq", "posted_at", 0.8), Kind(Notice, "boards.notice", "board_id", "number", "published_at", 0.1),
         Kind(Sitting, "meetings.sitting", "body_id", "number", "starts_at", 0.1))


class Work:
    def __init__(self, city: City) -> None:
        self.city = city
        adopt_plan(SYSTEM, PlanDraft.parse(PLAN.read_bytes()))
        db.end_reading()
        self.measures = [each.id for each in measures()]
        for section, measure in enumerate(measures()):
            self._enter(measure.code, measure.id, section)
        db.end_reading()
        self.teams = [self._team(section) for section in range(TEAMS)]
        self.first = [self._begin(number) for number in self.teams]
        self.years = 0

    def grow(self, years: int) -> None:
        """The newest year first, so that today's pages are whole from the beginning."""
        for back in range(self.years, years):
            self._report(back)
            self._undertake(back)
            for place, first in enumerate(self.first):
                db.write(partial(_do, first[Task.kind], back))
                for kind in KINDS:
                    db.write(partial(self._happen, kind, first[kind.kind], self.measures[place % len(self.measures)], back))
        self.years = years
        db.end_reading()

    def _enter(self, code: str, measure_id: int, section: int) -> None:
        steering = self.city.steering
        name_leads(steering, code, LeadsDraft((self.city.units[section], self.city.units[section + 11])))
        for year in range(2022, 2027):
            enter_bar(steering, code, BarDraft("bar", f"{year}年の取組", date(year, 4, 1), date(year + 1, 3, 31)))
        enter_indicator(steering, measure_id, IndicatorDraft.parse(MultiDict({
            "stage": "first", "name": "電子申請の割合", "unit": "％", "direction": "up", "base": "10", "target": "80", "frequency": "quarter"})))

    def _team(self, section: int) -> int:
        city, code = self.city, f"M{section % len(self.measures) + 1:02}"
        due = clock.today() + timedelta(days=200)
        draft = CharterDraft(f"第{section + 1}チーム", "紙をなくす", "半分にする", (code,), due, city.units[section], ())
        number: int = propose_team(city.clerk(section), draft)
        move_team(city.head(section), number, "endorse")
        seat_member(city.steering, number, SeatDraft(city.leader(section).user_id, LEADER))
        for each in range(1, CREW):
            seat_member(city.steering, number, SeatDraft(city.clerk(section + each % 3, each).user_id, MEMBER))
        ask_approval(city.steering, number, "cio")
        db.end_reading()
        asked = approval_desk().standing(Ref(Team.kind, number))
        step = paper_for(SYSTEM, asked.ref.id).due if asked else None
        if asked is None or step is None:
            raise LookupError(number)
        approve_step(city.cio, asked.ref.id, step.id)
        db.end_reading()
        return number

    def _begin(self, number: int) -> dict[str, int]:
        """The first of each kind, by its command."""
        team = db.session.get_one(Team, number)
        owner, places = self.city.actor(self.city.ids.index(team.proposer_id)), {each.kind: each.ref.id for each in places_of(team)}
        said = post_message(owner, places["chat.room"], MessageDraft.parse({"text": "様式を**一枚**にしました。", "key": f"first-message-{number}"}))
        form = MultiDict({"title": "様式が変わります", "body": "来週から**新しい様式**です。", "to_all": "1", "strength": "tell",
                          "sender": f"person:{owner.user_id}"})
        notice_id: int = draft_notice(owner, places["boards.board"], NoticeDraft.parse(form))
        publish_notice(owner, notice_id)
        sitting_id: int = plan_sitting(owner, places["meetings.body"], SittingDraft(clock.now() + timedelta(days=7), "第一会議室"))
        add_item(owner, sitting_id, ItemDraft("様式の見直し", "report", 20))
        call_sitting(owner, sitting_id)
        db.end_reading()
        asked = {"title": "様式を一枚にする", "owner": str(owner.user_id), "due_on": clock.today().isoformat(), "checks": "案\n試す"}
        task_id: int = add_task(owner, number, TaskDraft.parse(MultiDict(asked)))
        return {Task.kind: task_id, "chat.message": said.id, "boards.notice": notice_id, "meetings.sitting": sitting_id}

    def _report(self, back: int) -> None:
        """Four quarters, frozen; of the newest some are still on their way."""
        for place, (year, period) in enumerate(_quarters(4 * back, 4)):
            with clock.at(_moment(due_day(ruling_in_force(), year, period))):
                for section, number in enumerate(open_round(self.city.steering, RoundDraft(year, period, None))):
                    self._written(section, number, WAY if place or back else WAY[:section % len(WAY)])
            db.end_reading()

    def _written(self, section: int, number: int, acts: tuple[tuple[str, str], ...]) -> None:
        clerk = self.city.clerk(section)
        hands = {"section": clerk, "head": self.city.head(section), "steering": self.city.steering, "cio": self.city.cio}
        write_report(clerk, number, ReportDraft(str(10 + number % 70), f"{number}件目の手続を載せた"))
        for act, who in acts:
            move_report(hands[who], number, act)

    def _undertake(self, back: int) -> None:
        """One of each section that has a team."""
        year = clock.fiscal_year(clock.today()) - back
        for section in range(TEAMS):
            clerk, measure = self.city.clerk(section), self.measures[section % len(self.measures)]
            number = plan_undertaking(clerk, self.city.units[section], UndertakingDraft("申請書を一枚に", "一年で", (measure,), year))
            for act, who in (("submit", clerk), ("approve", self.city.head(section)), ("receive", self.city.steering), ("fix", self.city.steering)):
                move_undertaking(who, number, act)
        db.end_reading()

    def _happen(self, kind: Kind, first: int, measure_id: int, back: int) -> None:
        """Copies of the first one over a year, each tied to the team's measure."""
        table = kind.model.__table__
        row = dict(db.session.execute(select(table).where(table.c.id == first)).mappings().one())
        row.pop("id")
        many, newest = int(EVENTS / YEARS / TEAMS * kind.share), clock.now() - timedelta(days=365 * back)
        number, last = row[kind.number] + back * many, db.session.scalar(select(func.max(table.c.id))) or 0
        db.session.execute(insert(table), [{**row, **_own(kind, number + each), kind.at: newest - timedelta(days=365 * each / many)}
                                           for each in range(1, many + 1)])
        about = literal(f"{kind.kind}:") + cast(table.c.id, String)
        made = select(literal(measure_id), about, literal(kind.kind), literal(0), literal(""), table.c[kind.at])
        db.session.execute(insert(Tie).from_select(["measure_id", "about", "kind", "author_id", "author_name", "at"], made.where(table.c.id > last)))


def _do(first: int, back: int) -> None:
    """A year's tasks of a team, as copies of the first one; of the newest year some are still to be done."""
    table: Any = Task.__table__
    row = dict(db.session.execute(select(table).where(table.c.id == first)).mappings().one())
    row.pop("id")
    states = [DONE if back else tuple(COLUMNS)[each % len(COLUMNS)] for each in range(TASKS // TEAMS // YEARS)]
    db.session.execute(insert(table), [{**row, "state": state} for state in states])


def _own(kind: Kind, number: int) -> dict[str, Any]:
    """What no two rows of a place have in common."""
    return {kind.number: number, **({"changed": number, "client_key": f"copy-{number}"} if kind.model is Message else {})}


def _quarters(after: int, many: int) -> list[tuple[int, int]]:
    """So many that are over, the newest first."""
    year, period, found = clock.fiscal_year(clock.today()), ((clock.today().month - 4) % 12) // 3 + 1, []
    for _ in range(after + many):
        year, period = (year, period - 1) if period > 1 else (year - 1, 4)
        found.append((year, period))
    return found[after:]


def _moment(day: date) -> datetime:
    return min(datetime.combine(day, time(10, 30), clock.JST), clock.now())
