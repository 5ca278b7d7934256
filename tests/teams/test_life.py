"""A team from its proposal to its archive: the table of A-4, who may do what, and every door that opens and closes with the group."""
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from functools import partial
from itertools import product

import pytest
from sqlalchemy import select

from boards.queries.desks import desk_for
from chat.commands.messages import post_message
from chat.commands.rooms import add_members
from chat.queries.seats import room_for
from groupware.approvals.commands.deciding import approve_step, return_asking
from groupware.approvals.queries.askings import paper_for
from groupware.directory.queries import groups_of
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Conflict, Invalid, NotFound, Refusal
from groupware.kernel.ports import approval_desk
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card, cards_for
from meetings.queries.bodies import seat_for
from teams import documents, widgets
from teams.commands.life import ask_approval, heed_desk, move_team, propose_team, report_done, write_charter
from teams.commands.people import end_terms, seat_member, unseat_member
from teams.flows import TEAM
from teams.forms import CharterDraft, SeatDraft
from teams.models import ADVISER, LEADER, MEMBER, OWNER, STATES, Member, Team
from teams.permissions import can_move, can_seat, can_see, visible_teams
from teams.queries import held, loads, places_of
from tests.admin.test_admin import signed_in
from tests.chat.town import draft as message
from tests.conftest import InProcess, build_house
from tests.directory.town import statements_of, unit
from tests.governance.hall import put, town
from tests.support.flows import strays

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
STARTED = {"active", "paused", "reported", "dissolved", "archived"}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[InProcess, dict[str, Actor]]]:
    """One house for all tests of this module: each founds teams of its own."""
    for made in build_house(tmp_path_factory.mktemp("hall")):
        yield made, town()


@pytest.fixture
def house(hall: tuple[InProcess, dict[str, Actor]]) -> InProcess:
    return hall[0]


@pytest.fixture
def people(hall: tuple[InProcess, dict[str, Actor]]) -> dict[str, Actor]:
    return hall[1]


def charter(name: str = "書かない窓口", **more: object) -> CharterDraft:
    values: dict[str, object] = {"purpose": "二度書かせない", "outcome": "半分にする", "measures": ("M03",), "due_on": date(2027, 3, 31),
                                 "unit_id": unit("0310"), "partners": (unit("0320"),)}
    return CharterDraft(name, **{**values, **more})      # type: ignore[arg-type]


def proposed(people: dict[str, Actor]) -> int:
    """By the clerk of 市民課; the chief leads the work."""
    number: int = propose_team(people["clerk"], charter())
    return number


def arranged(people: dict[str, Actor]) -> int:
    number = proposed(people)
    move_team(people["head"], number, "endorse")
    for who, role in (("leader", LEADER), ("adviser", ADVISER), ("chief", OWNER)):
        seat_member(people["steering"], number, SeatDraft(people[who].user_id, role))
    db.end_reading()
    return number


def decide(people: dict[str, Actor], number: int, *, grant: bool = True) -> None:
    asked = approval_desk().standing(Ref(Team.kind, number))
    assert asked
    due = paper_for(SYSTEM, asked.ref.id).due
    assert due
    if grant:
        approve_step(people["cio"], asked.ref.id, due.id)
    else:
        return_asking(people["cio"], asked.ref.id, due.id, "人を増やしてください")
    db.end_reading()


def started(people: dict[str, Actor]) -> int:
    number = arranged(people)
    ask_approval(people["steering"], number, "cio")
    db.end_reading()
    decide(people, number)
    return number


def state(number: int) -> str:
    db.end_reading()
    return str(db.session.get_one(Team, number).state)


def cards(house: InProcess, actor: Actor, refs: list[Ref]) -> dict[Ref, Card]:
    with house.app.test_request_context():
        return cards_for(actor, refs)


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


def test_who_sees_which_team_as_an_oracle_says(people: dict[str, Actor]) -> None:
    """Facts 2.5: the staff a list of what has begun; who is in it and whom it concerns from the beginning; an adviser their own."""
    number = arranged(people)
    concerned = {"clerk", "chief", "head", "leader", "steering", "director", "cio", "mayor", "adviser"}
    for now, who in product(STATES, people):
        put(Team, number, state=now)
        sees = who in concerned or (now in STARTED and who != "guest")
        assert can_see(people[who], held(people[who], number)) == sees, (now, who)
        assert (number in set(db.session.scalars(visible_teams(people[who])))) == sees, (now, who)
        leads = who in {"chief", "clerk"} and now in {"proposed", "active", "paused"}
        seats = leads or (who == "steering" and now in {"arranging", "active", "paused"})
        assert can_seat(people[who], held(people[who], number)) == seats, (now, who)


def test_starting_opens_every_door_to_the_members_and_to_nobody_else(house: InProcess, people: dict[str, Actor]) -> None:
    number = started(people)
    team = db.session.get_one(Team, number)
    assert team.state == "active"
    refs = [each.ref for each in places_of(team)]
    assert {ref.kind for ref in refs} == {"chat.room", "boards.board", "meetings.body"}
    for who, actor in people.items():
        inside = who in {"clerk", "chief", "leader", "adviser"}
        assert (team.group_id in groups_of(actor.user_id)) == inside
        overseen = {ref for ref in refs if ref.kind == "boards.board"} if who == "steering" else set()       # 行政管理課 keeps all boards
        assert set(cards(house, actor, refs)) == (set(refs) if inside else overseen), who


def test_a_removed_adviser_loses_every_door_at_once(house: InProcess, people: dict[str, Actor]) -> None:
    number = started(people)
    adviser, refs = people["adviser"], {each.kind: each.ref.id for each in places_of(db.session.get_one(Team, number))}
    post_message(adviser, refs["chat.room"], message("こんにちは"))
    doors = (partial(room_for, adviser, refs["chat.room"]), partial(desk_for, adviser, refs["boards.board"]),
             partial(seat_for, adviser, refs["meetings.body"]))
    for door in doors:
        db.end_reading()
        door()
    assert f"teams.team:{number}" in documents.audiences(adviser)
    unseat_member(people["steering"], number, adviser.user_id)
    for door in doors:
        db.end_reading()
        with pytest.raises(NotFound):
            door()
    db.end_reading()
    assert not cards(house, adviser, [Ref(Team.kind, number)])
    assert f"teams.team:{number}" not in documents.audiences(adviser)
    with pytest.raises(NotFound):
        move_team(adviser, number, "pause", "わけ")


def test_a_newcomer_comes_in_everywhere_by_one_act(house: InProcess, people: dict[str, Actor]) -> None:
    number = started(people)
    seat_member(people["chief"], number, SeatDraft(people["stranger"].user_id, MEMBER))
    db.end_reading()
    refs = [each.ref for each in places_of(db.session.get_one(Team, number))]
    assert set(cards(house, people["stranger"], refs)) == set(refs)


def test_nobody_is_invited_into_the_room_of_a_team_behind_its_back(people: dict[str, Actor]) -> None:
    number = started(people)
    room = next(each.ref for each in places_of(db.session.get_one(Team, number)) if each.kind == "chat.room")
    for who in ("chief", "stranger", "steering"):
        with pytest.raises(Refusal):
            add_members(people[who], room.id, (people["guest"].user_id,))


def test_dissolving_closes_the_doors_and_leaves_them_readable(people: dict[str, Actor]) -> None:
    number = started(people)
    report_done(people["chief"], number, "できた")
    move_team(people["steering"], number, "dissolve")
    db.end_reading()
    refs = {each.kind: each.ref.id for each in places_of(db.session.get_one(Team, number))}
    assert room_for(people["adviser"], refs["chat.room"]).room.archived_at
    assert desk_for(people["clerk"], refs["boards.board"]).board.archived_at
    assert seat_for(people["clerk"], refs["meetings.body"]).body.archived_at
    with pytest.raises(Refusal):
        post_message(people["clerk"], refs["chat.room"], message("まだ書けるか"))
    move_team(people["steering"], number, "archive")
    assert db.session.get_one(Team, number).kept_until == date(clock.fiscal_year(clock.today()) + 6, 3, 31)


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


def test_who_may_be_seated_as_what(people: dict[str, Actor]) -> None:
    number = started(people)
    refused = [("steering", "stranger", LEADER), ("steering", "stranger", ADVISER), ("steering", "guest", MEMBER), ("chief", "stranger", LEADER),
               ("leader", "stranger", MEMBER), ("adviser", "stranger", MEMBER), ("head", "stranger", MEMBER)]
    for by, who, role in refused:
        with pytest.raises(Refusal):
            seat_member(people[by], number, SeatDraft(people[who].user_id, role))
    with pytest.raises(Refusal):
        unseat_member(people["chief"], number, people["leader"].user_id)


def test_the_last_who_leads_the_work_stays_until_another_does(people: dict[str, Actor]) -> None:
    number = started(people)
    unseat_member(people["steering"], number, people["clerk"].user_id)
    with pytest.raises(Conflict):
        unseat_member(people["steering"], number, people["chief"].user_id)


def test_what_somebody_was_when_they_came_stays_written_down(people: dict[str, Actor]) -> None:
    number = started(people)
    seat_member(people["steering"], number, SeatDraft(people["stranger"].user_id, MEMBER))
    seat_member(people["steering"], number, SeatDraft(people["stranger"].user_id, OWNER))
    rows = list(db.session.scalars(select(Member).where(Member.team_id == number, Member.user_id == people["stranger"].user_id).order_by(Member.id)))
    assert [(row.role, row.gone_on is None) for row in rows] == [(MEMBER, False), (OWNER, True)]
    assert rows[0].unit_name == "税務課"


def test_a_term_that_is_over_ends_at_midnight_and_the_doors_follow(people: dict[str, Actor]) -> None:
    number = started(people)
    until = clock.today() + timedelta(days=1)
    seat_member(people["steering"], number, SeatDraft(people["stranger"].user_id, MEMBER, until))
    with clock.at(clock.now() + timedelta(days=2)):
        assert not held(people["stranger"], number).role
        end_terms()
        db.end_reading()
        room = next(each.ref for each in places_of(db.session.get_one(Team, number)) if each.kind == "chat.room")
        with pytest.raises(NotFound):
            room_for(people["stranger"], room.id)


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
    for who, most in (("chief", 13), ("steering", 21)):       # 行政管理課 sees everybody's load beside it
        client = signed_in(house, people[who])
        assert client.get(f"/teams/{number}").status_code == 200
        assert statements_of(partial(client.get, f"/teams/{number}")) <= most
    assert signed_in(house, people["guest"]).get(f"/teams/{number}").status_code == 404


def test_search_finds_the_charter_for_whom_it_concerns(people: dict[str, Actor]) -> None:
    number = started(people)
    found = list(documents.team_documents([number]))
    assert found[0].audience == f"teams.team:{number}"
    assert "measure:M03" in found[0].labels
