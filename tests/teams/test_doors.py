"""Who is in a team, and every door that opens and closes with the group."""
from datetime import date, timedelta
from functools import partial
from itertools import product

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from boards.commands.places import add_board, change_board, found_board
from boards.forms import BoardDraft
from boards.queries.desks import desk_for, desks
from chat.commands.messages import post_message
from chat.commands.rooms import add_members
from chat.forms import MessageDraft
from chat.queries.seats import room_for
from groupware.directory.queries import groups_of
from groupware.files.queries import address_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, NotFound, Refusal
from groupware.kernel.ref import Ref
from meetings.queries.bodies import seat_for
from teams import documents
from teams.commands.life import move_team, report_done
from teams.commands.people import end_terms, seat_member, unseat_member
from teams.forms import SeatDraft
from teams.models import ADVISER, LEADER, MEMBER, OWNER, STATES, Member, Team
from teams.permissions import can_seat, can_see, visible_teams
from teams.queries import held, places_of
from telework.commands.days import say_place
from telework.forms import PlaceDraft as WhereDraft
from tests.admin.test_admin import signed_in
from tests.chat.town import draft as message
from tests.conftest import InProcess
from tests.directory.town import administrator
from tests.files.office import sent
from tests.governance.hall import put
from tests.teams.hall import arranged, cards, started

STARTED = {"active", "paused", "reported", "dissolved", "archived"}


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


def test_who_runs_the_program_neither_opens_a_teams_board_nor_lets_anybody_in(house: InProcess, people: dict[str, Actor]) -> None:
    """Also what hangs below it; the boards of the house they keep as ever, and 行政管理課 keeps the team's."""
    number, runs = started(people), administrator()
    board = next(each.ref.id for each in places_of(db.session.get_one(Team, number)) if each.kind == "boards.board")
    below = add_board(people["steering"], board, BoardDraft("下の板", parent_id=board))
    whole = found_board(runs, BoardDraft("全庁", rights=frozenset({("read", "all")})))
    db.end_reading()
    wide = BoardDraft("板", rights=frozenset({("read", f"person:{runs.user_id}")}))
    for each in (board, below):
        with pytest.raises(NotFound):
            change_board(runs, each, wide)
        assert signed_in(house, runs).get(f"/boards/{each}").status_code == 404
        db.end_reading()
    assert [desk.board.id for desk in desks(runs)] == [whole]
    change_board(people["steering"], below, BoardDraft("名を改めた板", parent_id=board))
    change_board(runs, whole, BoardDraft("全庁の板", rights=frozenset({("read", "all")})))


def test_a_file_in_the_teams_room_is_opened_by_who_is_in_the_team_and_by_nobody_else(house: InProcess, people: dict[str, Actor]) -> None:
    """Who left opens it no more; when the team is dissolved, its members read it still."""
    number = started(people)
    room = next(each.ref for each in places_of(db.session.get_one(Team, number)) if each.kind == "chat.room")
    file = sent(people["clerk"])
    post_message(people["clerk"], room.id, MessageDraft.parse({"text": "資料です", "key": "k" * 20, "files": [file.id]}))
    db.end_reading()

    def opens() -> set[str]:
        return {who for who in people if signed_in(house, people[who]).get(address_of(file), buffered=True).status_code == 200}
    assert opens() == {"clerk", "chief", "leader", "adviser"}
    unseat_member(people["steering"], number, people["adviser"].user_id)
    report_done(people["chief"], number, "できた")
    move_team(people["steering"], number, "dissolve")
    db.end_reading()
    assert opens() == {"clerk", "chief", "leader"}


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


def test_where_a_member_is_today_stands_beside_their_name_for_colleagues_only(house: InProcess, people: dict[str, Actor]) -> None:
    team = started(people)
    say_place(people["clerk"], WhereDraft.parse(MultiDict({"first": clock.today().isoformat(), "span": "day", "place": "home", "reach": "chat"})))
    db.end_reading()
    for who, shown in (("chief", 1), ("stranger", 1), ("adviser", 0)):
        client = signed_in(house, people[who])
        for path in (f"/teams/{team}", f"/teams/{team}/members"):
            assert client.get(path).text.count("在宅（チャットのみ）") == shown, (who, path)
