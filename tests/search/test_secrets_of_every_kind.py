"""Whatever can be found: a secret one changes no byte of what somebody without the right is shown. A new kind of things needs a row here."""
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from advice.commands.commissions import name_adviser
from advice.commands.pieces import give_advice
from advice.forms import CandidateDraft, GiveDraft
from boards.commands.publishing import publish_notice
from boards.commands.writing import draft_notice
from chat.commands.messages import post_message
from chat.forms import MessageDraft
from coordination.commands import raise_matter
from coordination.forms import MatterDraft
from features import FEATURES
from groupware.approvals.commands.asking import ask_approval
from groupware.approvals.forms import AskingDraft
from groupware.approvals.queries.seats import route_up
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.ref import Ref
from groupware.shell import SHELL
from meetings.commands.minutes import write_entry
from meetings.commands.reviewing import move_minutes
from meetings.drafts import EntryDraft
from teams.commands.checkins import give_checkin
from teams.commands.pages import begin_page
from teams.commands.plans import note_decision, set_milestone
from teams.commands.tasks import add_task
from teams.forms import CheckinDraft
from teams.models.checkins import WELL
from telework.commands.applications import ask_to_work_at_home
from tests.advice.hall import said, ties
from tests.boards import town as boards
from tests.chat.town import room, say
from tests.directory.town import person, unit
from tests.files.office import sent
from tests.governance.hall import town
from tests.meetings import town as meetings
from tests.search.hall import Hall
from tests.teams.hall import started
from tests.teams.test_pages import text as page
from tests.teams.test_plans import ruling, stone
from tests.teams.test_tasks import draft as task
from tests.telework.test_applications import draft as telework
from tests.training.hall import appointed
from tests.training.school import course
from training.commands.plans import write_plan
from training.commands.skills import bring_items, draft_framework, enforce_framework
from training.forms.plans import PlanDraft
from training.forms.skills import FrameworkDraft, Item

SECRET = "極秘の会議の予算"
TYPED = ("会議", "予算", "極秘", "会議 予算", "-極秘 会議", "以後:今日 会議", "付き:ファイル 会議", "施策:M03")
People = dict[str, Actor]


def _message(people: People, _: Ref) -> None:
    file = sent(people["clerk"], f"{SECRET}.pdf")
    draft = MessageDraft.parse({"text": SECRET, "key": uuid4().hex, "files": [file.id]})
    post_message(people["clerk"], room(people["clerk"], people["chief"], name=SECRET), draft)


def _notice(people: People, _: Ref) -> None:
    below = f"below:{unit('0310')}"
    board = boards.board(("read", below), ("post", below))
    number = draft_notice(people["clerk"], board, boards.draft(title=SECRET, sender=below))
    publish_notice(people["clerk"], number)


def _sitting(people: People, _: Ref) -> None:
    cast = {"secretary": people["clerk"], "chair": people["chief"]}
    sitting = meetings.sitting(cast, meetings.body(cast, "members", SECRET))
    item = meetings.item(people["clerk"], sitting, SECRET)
    meetings.papers(people["clerk"], item, f"{SECRET}.pdf")
    meetings.called(cast, sitting)
    write_entry(people["clerk"], item, EntryDraft("remark", SECRET))
    move_minutes(people["clerk"], sitting, "ask")
    move_minutes(people["chief"], sitting, "lock")


def _leader(people: People, _: Ref) -> None:
    hidden = people | {"self": meetings.actor(person("極秘 予算"))}
    appointed(hidden)


def _skill(people: People, _: Ref) -> None:
    number = draft_framework(people["steering"], FrameworkDraft(SECRET, "1", SECRET, ()))
    bring_items(people["steering"], number, [Item("A", "", SECRET, SECRET)])
    enforce_framework(people["steering"], number)


# What makes the secret, and the kinds of which it makes one: for the clerk of a team of 市民課, and for nobody of 税務課 or from outside.
CLOSED: tuple[tuple[Callable[[People, Ref], object], set[str]], ...] = (
    (_message, {"chat.message", "chat.room", "files.file"}), (_notice, {"boards.notice"}),
    (_sitting, {"meetings.item", "meetings.paper", "meetings.entry"}),
    (lambda people, team: add_task(people["clerk"], team.id, task(SECRET, measure="M03")), {"teams.task"}),
    (lambda people, team: give_checkin(people["clerk"], team.id, CheckinDraft(WELL, SECRET)), {"teams.checkin"}),
    (lambda people, team: note_decision(people["chief"], team.id, ruling(SECRET)), {"teams.decision"}),
    (lambda people, team: begin_page(people["clerk"], team.id, page(SECRET, title=SECRET)), {"teams.page"}),
    (lambda people, team: give_advice(people["adviser"], GiveDraft(said(SECRET), ties(team, "0310", "M03"))), {"advice.advice"}),
    (lambda people, team: raise_matter(people["clerk"], MatterDraft(team, SECRET, SECRET, None, unit("0310"), None, ("M03",))),
     {"coordination.matter"}),
    (lambda people, _: ask_approval(people["clerk"], AskingDraft(SECRET, SECRET, route_up(people["clerk"], 1))), {"approvals.asking"}),
    (lambda people, _: write_plan(people["clerk"], clock.fiscal_year(clock.today()), PlanDraft(SECRET, ())), {"training.plan"}),
    (lambda people, _: ask_to_work_at_home(people["clerk"], telework(work=SECRET)), {"telework.application"}))
# For all staff, for nobody from outside.
FOR_STAFF: tuple[tuple[Callable[[People, Ref], object], set[str]], ...] = (
    (lambda people, team: set_milestone(people["chief"], team.id, stone(SECRET)), {"teams.milestone", "teams.team"}),
    (lambda people, _: course(people, title=SECRET), {"training.course"}), (_leader, {"training.leader", "directory.user"}),
    (_skill, {"training.skill"}))
# For 行政管理課 and who oversees.
FOR_STEERING: tuple[tuple[Callable[[People, Ref], object], set[str]], ...] = (
    (lambda people, _: name_adviser(people["steering"], CandidateDraft(SECRET, SECRET, SECRET)), {"advice.commission"}),)
FOR_EVERYBODY = {"governance.measure", "governance.term", "governance.report", "governance.undertaking"}


@pytest.fixture
def people(each_hall: Hall) -> Iterator[People]:
    with clock.at(meetings.TUESDAY):
        made = town()
        here = room(made["clerk"], made["stranger"], made["guest"], name="会議の部屋")
        for number in range(3):
            say(made["clerk"], here, f"会議の予算その{number}")
        yield made


def test_every_kind_that_can_be_found_has_a_row() -> None:
    rows = [kind for _, kinds in (*CLOSED, *FOR_STAFF, *FOR_STEERING) for kind in kinds] + [*FOR_EVERYBODY]
    assert sorted(rows) == sorted(kind for feature in (*SHELL, *FEATURES) for kind in feature.findables)


def test_a_secret_of_any_kind_changes_no_byte_of_anothers_page(each_hall: Hall, people: People) -> None:
    team = Ref("teams.team", started(people))
    before = _pages(each_hall, people, ("stranger", "guest", "adviser"))
    for rows, who, knows in ((FOR_STEERING, ("stranger", "guest", "adviser"), "steering"), (CLOSED, ("stranger", "guest"), "clerk"),
                             (FOR_STAFF, ("guest",), "clerk")):
        for make, _ in rows:
            make(people, team)
            db.end_reading()
        assert _pages(each_hall, people, who) == {each: before[each] for each in who}
        for kind in sorted({kind for _, kinds in rows for kind in kinds}):
            assert kind in _kinds(each_hall, people[knows], kind), f"{kind} was not there to be found at all"


def _pages(hall: Hall, people: People, who: tuple[str, ...]) -> dict[str, list[Any]]:
    hall.settle()
    visitors = {each: hall.browser(people[each]) for each in who}
    return {name: [visitor.get("/search", query_string={"q": each}, headers={"Accept": "text/html"}).text for each in TYPED]
            for name, visitor in visitors.items()}


def _kinds(hall: Hall, who: Actor, kind: str) -> set[str]:
    found = hall.ask(who, "極秘" if kind != "teams.team" else "書かない窓口", kind=kind)
    return {line.card.ref.kind for line in (*found.lines, *(line for lines in found.leading.values() for line in lines))}
