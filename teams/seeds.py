"""The teams of the demo city: proposed, arranged and begun by the commands, as its own people would."""
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from groupware.approvals.commands.deciding import approve_step
from groupware.approvals.queries.askings import paper_for
from groupware.directory.queries import actor_for, holders_of_role, ids_by_staff_number, ids_by_unit_code
from groupware.kernel import clock, db, json
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.markup import render
from groupware.kernel.ports import approval_desk
from groupware.kernel.ref import Ref
from teams.commands.checkins import give_checkin
from teams.commands.life import ask_approval, move_team, propose_team
from teams.commands.pages import begin_page, write_page
from teams.commands.people import seat_member
from teams.commands.plans import note_decision, reach_milestone, set_milestone
from teams.commands.tasks import add_task, move_task, tick_check
from teams.forms import CharterDraft, CheckinDraft, DecisionDraft, MilestoneDraft, PageDraft, SeatDraft, TaskDraft
from teams.models import Team
from teams.models.tasks import TODO, Task
from teams.queries import heads_of
from teams.queries.tasks import checks_of

FILE, TASKS, CHECKINS, PLANS, PAGES = (Path(__file__).parent / "demo" / f"{name}.json"
                                       for name in ("teams", "tasks", "checkins", "plans", "pages"))


def plant() -> None:
    steering, cio = holders_of_role("steering"), holders_of_role("cio")
    if steering and cio:
        city = City(_actor(steering[0]), _actor(cio[0]))
        for told in json.loads(FILE.read_bytes()):
            with clock.at(clock.now() - timedelta(weeks=told.get("weeks", 0))):
                city.found(told)
        city.give_tasks()
        city.tell_weeks()
        city.plan()
        city.write_pages()


class City:
    def __init__(self, steering: Actor, cio: Actor) -> None:
        self.steering, self.cio, self.today = steering, cio, clock.today()
        self.people, self.units = ids_by_staff_number(), ids_by_unit_code()

    def found(self, told: dict[str, Any]) -> None:
        unit = self.units[told["unit"]]
        draft = CharterDraft(told["name"], told["purpose"], told["outcome"], tuple(told["measures"]), self.today + timedelta(days=told["days"]),
                             unit, tuple(self.units[each] for each in told["partners"]))
        number: int = propose_team(_actor(self.people[told["by"]]), draft)
        if told["state"] == "proposed":
            return
        move_team(_actor(heads_of(unit)[0]), number, "endorse")
        for staff_number, role in told["members"]:
            seat_member(self.steering, number, SeatDraft(self.people[staff_number], role))
        if told["state"] == "active":
            self.start(number)

    def start(self, number: int) -> None:
        ask_approval(self.steering, number, "cio")
        db.end_reading()
        asked = approval_desk().standing(Ref(Team.kind, number))
        due = paper_for(SYSTEM, asked.ref.id).due if asked else None
        if asked is None or due is None:
            raise LookupError("nothing is left to be decided")
        approve_step(self.cio, asked.ref.id, due.id)


    def give_tasks(self) -> None:
        teams = self.teams()
        for name, tasks in json.loads(TASKS.read_bytes()).items():
            for told in tasks:
                self.give(teams[name], told)

    def tell_weeks(self) -> None:
        """The last of them last week, or (``back``: 0) this one: one team has still to write."""
        teams, now = self.teams(), clock.now()
        for name, told in json.loads(CHECKINS.read_bytes()).items():
            for back, (pulse, line) in enumerate(reversed(told["weeks"]), start=told.get("back", 1)):
                with clock.at(now - timedelta(weeks=back)):
                    give_checkin(_actor(self.people[told["by"]]), teams[name], CheckinDraft(pulse, line))

    def plan(self) -> None:
        teams = self.teams()
        for name, told in json.loads(PLANS.read_bytes()).items():
            by = _actor(self.people[told["by"]])
            for title, days, measure, reached in told["milestones"]:
                number = set_milestone(by, teams[name], MilestoneDraft(title, self.today + timedelta(days=days), measure))
                if reached:
                    reach_milestone(by, number, reached=True)
            for days, words, reason, who, instead_of in told["decisions"]:
                note_decision(by, teams[name], DecisionDraft(words, who, self.today + timedelta(days=days), reason, instead_of=instead_of))

    def write_pages(self) -> None:
        teams = self.teams()
        for name, pages in json.loads(PAGES.read_bytes()).items():
            for told in pages:
                drafts = [PageDraft(told["title"], body, render(body), version) for version, body in enumerate(told["versions"])]
                page_id: int = begin_page(_actor(self.people[told["by"]]), teams[name], drafts[0])
                for draft in drafts[1:]:
                    write_page(_actor(self.people[told["then"]]), page_id, draft)

    def teams(self) -> dict[str, int]:
        found = {team.name: team.id for team in db.session.scalars(select(Team))}
        db.end_reading()
        return found

    def give(self, team_id: int, told: dict[str, Any]) -> None:
        by, note = _actor(self.people[told["by"]]), told.get("note", "")
        draft = TaskDraft(told["title"], render(note), note, self.people[told["owner"]] if "owner" in told else 0,
                          clock.today() + timedelta(days=told["days"]), told.get("measure", ""), tuple(told.get("checks", ())))
        task_id: int = add_task(by, team_id, draft)
        db.end_reading()
        for check in checks_of(db.session.get_one(Task, task_id)):
            if check.words in told.get("ticked", ()):
                tick_check(by, task_id, check.place, check.words, done=True)
        if told["state"] != TODO:
            move_task(by, task_id, told["state"])


def _actor(user_id: int) -> Actor:
    found = actor_for(user_id)
    if found is None:
        raise LookupError(f"nobody acts as {user_id}")
    return found
