"""What a team has to do: by whom it is seen, given, led on; and whom it reminds."""
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import product

import pytest

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, Invalid, NotFound, Refusal
from groupware.kernel.markup import render
from groupware.kernel.ref import Ref
from groupware.notifications.notice import Notice
from teams import documents, reactions, widgets
from teams.commands.life import move_team, report_done
from teams.commands.people import unseat_member
from teams.commands.tasks import add_task, change_task, drop_task, move_task, tick_check
from teams.events import TaskMoved, TaskReminded
from teams.forms import TaskDraft
from teams.models import STATES, Team
from teams.models.tasks import CHECKING, COLUMNS, DONE, TODO, Task
from teams.permissions import can_look_in, can_work, inner_teams, visible_tasks
from teams.queries import held
from teams.queries.tasks import checks_of, lanes, tasks_to_remind
from teams.reminding import remind
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import statements_of
from tests.governance.hall import put
from tests.teams.hall import cards, started

INSIDE = {"clerk", "chief", "leader", "adviser", "head", "steering", "director", "cio", "mayor"}
WORK = {"clerk", "chief", "leader", "adviser", "steering"}
FRIDAY = datetime(2026, 10, 16, 1, tzinfo=UTC)         # ten in the morning


@pytest.fixture(scope="module")
def team(hall: tuple[InProcess, dict[str, Actor]]) -> int:
    return started(hall[1])


def draft(title: str = "様式を数える", **more: object) -> TaskDraft:
    values: dict[str, object] = {"rendered": render("**三課**で"), "note": "**三課**で", **more}
    return TaskDraft(title, **values)      # type: ignore[arg-type]


def given(people: dict[str, Actor], team: int, title: str = "様式を数える", **more: object) -> int:
    number: int = add_task(people["chief"], team, draft(title, **more))
    db.end_reading()
    return number


def task(number: int) -> Task:
    db.end_reading()
    return db.session.get_one(Task, number)


def said(effects: Iterable[object] | None) -> list[Notice]:
    return [each for each in effects or () if isinstance(each, Notice)]


def test_who_looks_in_and_who_works_as_an_oracle_says(people: dict[str, Actor], team: int) -> None:
    for now, who in product(STATES, people):
        put(Team, team, state=now)
        found = held(people[who], team)
        sees = who in INSIDE and now in {"active", "paused", "reported", "dissolved", "archived"}
        assert can_look_in(people[who], found) == sees, (now, who)
        assert (team in set(db.session.scalars(inner_teams(people[who])))) == sees, (now, who)
        assert (sees and can_work(people[who], found)) == (who in WORK and now in {"active", "paused", "reported"}), (now, who)
    put(Team, team, state="active")


def test_a_task_is_for_those_inside_at_every_door(house: InProcess, people: dict[str, Actor], team: int) -> None:
    number, ref = given(people, team, owner_id=people["clerk"].user_id), None
    ref = Ref("teams.task", number)
    for who, actor in people.items():
        client = signed_in(house, actor)
        for door in (f"/teams/{team}/tasks", f"/teams/{team}/tasks/list", f"/teams/tasks/{number}"):
            assert client.get(door).status_code == (200 if who in INSIDE else 404), (who, door)
        assert (number in set(db.session.scalars(visible_tasks(actor)))) == (who in INSIDE), who
        assert bool(cards(house, actor, [ref])) == (who in INSIDE)
        assert (f"teams.inside:{team}" in documents.audiences(actor)) == (who in INSIDE)
        if who not in WORK:
            for deed in (partial(move_task, actor, number, DONE), partial(change_task, actor, number, draft(version=1)),
                         partial(drop_task, actor, number), partial(add_task, actor, team, draft())):
                with pytest.raises(Refusal):
                    deed()
    assert task(number).state == TODO


def test_a_removed_member_loses_the_tasks_and_they_say_so(house: InProcess, people: dict[str, Actor]) -> None:
    team = started(people)
    number = given(people, team, owner_id=people["adviser"].user_id)
    assert signed_in(house, people["adviser"]).get(f"/teams/tasks/{number}").status_code == 200
    unseat_member(people["steering"], team, people["adviser"].user_id)
    db.end_reading()
    assert signed_in(house, people["adviser"]).get(f"/teams/tasks/{number}").status_code == 404
    with house.app.test_request_context():
        assert not list(widgets.tasks_to_do(people["adviser"]))
    assert "チームを離れた人" in signed_in(house, people["chief"]).get(f"/teams/{team}/tasks").text
    change_task(people["chief"], number, draft("名だけ直す", owner_id=people["adviser"].user_id, version=1))     # may stay theirs
    with pytest.raises(Invalid, match="構成員"):
        change_task(people["chief"], number, draft(owner_id=people["stranger"].user_id, version=2))


def test_it_goes_through_the_columns_in_any_order(people: dict[str, Actor], team: int) -> None:
    number = given(people, team)
    for state in (*COLUMNS, *reversed(COLUMNS)):
        move_task(people["adviser"], number, state)
        move_task(people["clerk"], number, state)       # somebody who saw the old board: it is there already
        assert task(number).state == state


def test_of_two_who_write_nobody_is_undone_and_what_is_ticked_stays(people: dict[str, Actor], team: int) -> None:
    number = given(people, team, checks=("一", "二", "一"))
    tick_check(people["clerk"], number, 0, "一", done=True)
    change_task(people["clerk"], number, draft("一つ目", version=1, checks=("零", "一", "一")))
    with pytest.raises(Conflict):
        change_task(people["chief"], number, draft("二つ目", version=1))
    assert [(check.words, check.done) for check in checks_of(task(number))] == [("零", False), ("一", True), ("一", False)]
    with pytest.raises(NotFound):
        tick_check(people["clerk"], number, 0, "一", done=False)        # the line of the old text


def test_what_has_ended_is_read_only(house: InProcess, people: dict[str, Actor]) -> None:
    team = started(people)
    number = given(people, team)
    report_done(people["chief"], team, "できた")
    move_team(people["steering"], team, "dissolve")
    db.end_reading()
    for deed in (partial(move_task, people["chief"], number, DONE), partial(add_task, people["chief"], team, draft())):
        with pytest.raises(Refusal):
            deed()
    client = signed_in(house, people["chief"])
    assert "読むことだけできます" in client.get(f"/teams/{team}/tasks").text
    assert client.get(f"/teams/tasks/{number}/editing").status_code == 403


@pytest.mark.parametrize("wrong", [{"title": ""}, {"title": "あ" * 201}, {"due_on": "いつか"}, {"owner": "x"}, {"owner": "999"}, {"measure": "M3"},
                                   {"measure": "M03 M04"}, {"checks": "\n".join("項" * 31)}, {"note": "あ" * 2001}, {"about": "どこか"},
                                   {"about": "chat.message:999999"}])
def test_a_task_that_cannot_be_is_refused_with_a_sentence(house: InProcess, people: dict[str, Actor], team: int, wrong: dict[str, str]) -> None:
    answer = signed_in(house, people["chief"]).post(f"/teams/{team}/tasks", data={"title": "題", **wrong})
    assert answer.status_code in {404, 422}
    assert not db.session.query(Task).filter_by(title="題").count()
    assert signed_in(house, people["chief"]).post(f"/teams/tasks/{given(people, team)}/state", data={"state": "lost"}).status_code == 422


def test_one_reads_on_the_first_page_what_one_has_to_do(house: InProcess, people: dict[str, Actor]) -> None:
    team = started(people)
    late = given(people, team, title="遅れたもの", owner_id=people["leader"].user_id, due_on=date(2026, 10, 1))
    other = given(people, team, title="期限のないもの", owner_id=people["leader"].user_id)
    here = [f"/teams/tasks/{number}" for number in (late, other)]
    with house.app.test_request_context():
        assert [todo.url for todo in widgets.tasks_to_do(people["leader"]) if todo.url in here] == here
        assert statements_of(lambda: list(widgets.tasks_to_do(people["leader"]))) == 1
        move_task(people["leader"], late, DONE)
        assert [todo.url for todo in widgets.tasks_to_do(people["leader"]) if todo.url in here] == here[1:]
        assert not [todo for todo in widgets.tasks_to_do(people["chief"]) if todo.url in here]


def test_who_is_told_of_what(people: dict[str, Actor], team: int) -> None:
    number = given(people, team, owner_id=people["leader"].user_id, due_on=FRIDAY.date() - timedelta(days=1))
    move_task(people["leader"], number, CHECKING)
    asked = said(reactions.ask_to_check(TaskMoved(number, team, CHECKING, people["leader"].user_id)))
    assert {notice.user_id for notice in asked} == {people["clerk"].user_id, people["chief"].user_id}      # who lead the work
    told = said(reactions.remind_people(TaskReminded(number, team, (people["leader"].user_id,), late=True)))
    assert len(told) == 1
    assert "過ぎて" in told[0].reason


def test_reminders_come_the_day_before_and_once_late_in_working_time_only(people: dict[str, Actor]) -> None:
    """A task due on Monday is said on Friday; nobody is told at night, and nobody twice."""
    team = started(people)
    number = given(people, team, owner_id=people["clerk"].user_id, due_on=date(2026, 10, 19))
    with clock.at(FRIDAY - timedelta(days=1)):
        remind()
        assert task(number).reminded == 0
    with clock.at(FRIDAY + timedelta(hours=12)):
        assert number in [each.id for each in tasks_to_remind()]
        remind()
        assert task(number).reminded == 0
    for moment, told in ((FRIDAY, 1), (FRIDAY + timedelta(hours=1), 1), (FRIDAY + timedelta(days=1), 1), (FRIDAY + timedelta(days=4), 2)):
        with clock.at(moment):
            remind()
            assert task(number).reminded == told, moment
    change_task(people["clerk"], number, draft(owner_id=people["clerk"].user_id, due_on=date(2026, 11, 30), version=1))
    assert task(number).reminded == 0


def test_a_thing_becomes_a_task_of_the_team_whose_room_it_was_said_in(house: InProcess, people: dict[str, Actor], team: int) -> None:
    source = given(people, team, title="もとになるもの")
    client = signed_in(house, people["clerk"])
    answer = client.get(f"/teams/{team}/tasks/new?about=teams.task:{source}")
    assert "もとになるもの" in answer.text
    assert client.get(f"/teams/tasks/new?about=teams.task:{source}").status_code in {200, 302}
    assert signed_in(house, people["stranger"]).get(f"/teams/tasks/new?about=teams.task:{source}").status_code == 404
    made = client.post(f"/teams/{team}/tasks", data={"title": "つくったもの", "about": f"teams.task:{source}"})
    assert made.status_code == 303
    assert "もとになるもの" in client.get(made.location).text
    assert "もうタスクになっています" in client.get(f"/teams/{team}/tasks/new?about=teams.task:{source}").text


def test_the_board_shows_the_first_of_each_column_and_asks_no_more_when_it_is_long(house: InProcess, people: dict[str, Actor]) -> None:
    team = started(people)
    given(people, team, checks=("一",))
    client, asked = signed_in(house, people["chief"]), {}
    for many in (1, 60):
        while lanes(db.session.get_one(Team, team))[0].total < many:
            add_task(people["chief"], team, draft(owner_id=people["clerk"].user_id))
            db.end_reading()
        for door in (f"/teams/{team}", f"/teams/{team}/tasks", f"/teams/{team}/tasks/list"):
            client.get(door)
            asked[many, door] = statements_of(partial(client.get, door))
            assert asked[many, door] == asked[1, door] <= 12, door
    assert client.get(f"/teams/{team}/tasks").text.count('class="slip"') == 20
    assert client.get(f"/teams/{team}/tasks/list?page=2").text.count('<th scope="row">') == 10


def test_search_finds_a_task_by_its_note_and_its_checklist(people: dict[str, Actor], team: int) -> None:
    number = given(people, team, checks=("住民票の写し",), measure="M03")
    found = next(iter(documents.task_documents([number])))
    assert (found.audience, found.labels) == (f"teams.inside:{team}", ("measure:M03",))
    assert "三課" in found.body
    assert "住民票の写し" in found.body
