"""A team from its proposal to its archive: the table of A-4, its charter, its pages."""
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from itertools import product

import pytest

from groupware.kernel import db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Invalid, Refusal
from groupware.kernel.ports import approval_desk
from teams import documents, widgets
from teams.commands.life import ask_approval, heed_desk, move_team, report_done, write_charter
from teams.commands.people import unseat_member
from teams.flows import TEAM
from teams.models import LEADER, STATES, Team
from teams.permissions import can_move, can_see
from teams.queries import held, loads
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import statements_of, unit
from tests.governance.hall import put
from tests.support.flows import strays
from tests.teams.hall import arranged, charter, decide, proposed, started, state

# (state, act): (who, next state). A-4 of the facts; clerk proposed, head is the 課長 of the 主管課, owner leads the work.
WAY = {
    ("proposed", "write"): (("clerk",), "proposed"), ("proposed", "endorse"): (("head",), "arranging"),
    ("proposed", "drop"): (("clerk", "steering"), "dropped"), ("arranging", "drop"): (("clerk", "steering"), "dropped"),
    ("arranging", "write"): (("steering",), "arranging"), ("arranging", "return"): (("steering",), "proposed"),
    ("arranging", "ask"): (("steering",), "asking"), ("active", "write"): (("steering",), "active"), ("paused", "write"): (("steering",), "paused"),
    ("active", "pause"): (("owner", "steering"), "paused"), ("paused", "resume"): (("owner", "steering"), "active"),
    ("active", "report"): (("owner",), "reported"), ("reported", "return"): (("steering",), "active"),
    ("reported", "dissolve"): (("steering",), "dissolved"), ("dissolved", "archive"): (("steering",), "archived"),
    ("asking", "start"): (("system",), "active"), ("asking", "refuse"): (("system",), "arranging")}
ACTS = ("write", "endorse", "drop", "return", "ask", "start", "refuse", "pause", "resume", "report", "dissolve", "archive", "steal")


def test_a_team_goes_where_the_table_says_and_nowhere_else(people: dict[str, Actor]) -> None:
    """Over all states, acts and people; the clerk proposed it and leads nothing."""
    number = arranged(people)
    unseat_member(people["steering"], number, people["clerk"].user_id)
    actors = {**people, "owner": people["chief"], "system": SYSTEM}
    hands = {}
    for now, (who, actor) in product(STATES, actors.items()):
        put(Team, number, state=now)
        found = held(actor, number)
        hands[now, who] = found.parts if can_see(actor, found) and can_move(actor, found) else frozenset()
    oracle = {case: ((*by, "chief") if "owner" in by else by, after) for case, (by, after) in WAY.items()}
    assert not list(strays(TEAM, oracle, STATES, ACTS, actors, lambda now, who: hands[now, who]))


def test_the_command_does_what_the_table_allows(people: dict[str, Actor]) -> None:
    number = arranged(people)
    deeds: dict[str, Callable[..., None]] = {"report": report_done}
    actors = {**people, "owner": people["chief"]}
    for (now, act), (by, after) in WAY.items():
        if act in {"write", "ask", "start", "refuse"}:
            continue
        for who in (*by, "stranger", "adviser", "mayor"):
            put(Team, number, state=now)
            with suppress(Refusal):
                deeds.get(act, lambda a, n, w, act=act: move_team(a, n, act, w))(actors[who], number, "わけ")
            assert state(number) == (after if who in by else now), (now, act, who)


def test_the_desk_returns_and_the_team_is_arranged_again(people: dict[str, Actor]) -> None:
    number = arranged(people)
    ask_approval(people["steering"], number, "cio")
    db.end_reading()
    with pytest.raises(Refusal):
        ask_approval(people["steering"], number, "cio")
    decide(people, number, grant=False)
    assert state(number) == "arranging"
    ask_approval(people["steering"], number, "director")
    approval_desk()
    assert state(number) == "asking"
    with pytest.raises(Refusal):
        heed_desk(people["steering"], number, granted=True)


def test_a_team_without_a_digital_leader_is_not_arranged(people: dict[str, Actor]) -> None:
    number = proposed(people)
    move_team(people["head"], number, "endorse")
    with pytest.raises(Invalid, match="デジタルリーダー"):
        ask_approval(people["steering"], number, "cio")


def test_two_who_write_the_charter_do_not_undo_one_another(people: dict[str, Actor]) -> None:
    number = arranged(people)
    seen = db.session.get_one(Team, number).version
    write_charter(people["steering"], number, charter("一つ目", version=seen))
    with pytest.raises(Conflict):
        write_charter(people["steering"], number, charter("二つ目", version=seen))
    db.end_reading()
    assert db.session.get_one(Team, number).name == "一つ目"


def test_the_load_of_leaders_counts_running_teams(people: dict[str, Actor]) -> None:
    before = {load.person.id: load.teams for load in loads(LEADER)}[people["leader"].user_id]
    started(people)
    assert {load.person.id: load.teams for load in loads(LEADER)}[people["leader"].user_id] == before + 1


def test_whose_turn_it_is_finds_it_on_the_first_page(house: InProcess, people: dict[str, Actor]) -> None:
    number = proposed(people)
    turns = {"proposed": {"head"}, "arranging": {"steering"}, "reported": {"steering"}, "dissolved": {"steering"}, "active": set()}
    with house.app.test_request_context():
        for now, who in product(turns, people):
            put(Team, number, state=now)
            mine = [todo for todo in widgets.teams_to_move(people[who]) if todo.url.endswith(f"/{number}")]
            assert bool(mine) == (who in turns[now]), (now, who)


@pytest.mark.parametrize("wrong", [{"name": ""}, {"purpose": ""}, {"due_on": "いつか"}, {"measures": "M3"}, {"unit": "999999"}, {"unit": "x"},
                                   {"name": "あ" * 51}, {"partners": "-1"}])
def test_a_charter_that_cannot_be_is_refused_with_a_sentence(house: InProcess, people: dict[str, Actor], wrong: dict[str, str]) -> None:
    form = {"name": "名", "purpose": "目的", "due_on": "R9.3.31", "unit": str(unit("0310")), **wrong}
    answer = signed_in(house, people["clerk"]).post("/teams", data=form)
    assert answer.status_code == 422
    assert "Traceback" not in answer.text


def test_the_page_asks_a_bounded_number_of_questions_however_many_are_in_it(house: InProcess, people: dict[str, Actor]) -> None:
    number = started(people)
    for who in ("chief", "steering"):
        client = signed_in(house, people[who])
        assert client.get(f"/teams/{number}").status_code == 200
        assert statements_of(partial(client.get, f"/teams/{number}")) <= 12
    assert signed_in(house, people["guest"]).get(f"/teams/{number}").status_code == 404


def test_search_finds_the_charter_for_whom_it_concerns(people: dict[str, Actor]) -> None:
    number = started(people)
    found = list(documents.team_documents([number]))
    assert found[0].audience == f"teams.team:{number}"
    assert "measure:M03" in found[0].labels
