"""Working from home: every step that is allowed, every other refused, by an oracle written apart from the code; the city's rules both ways."""
from contextlib import suppress
from datetime import date, timedelta
from itertools import product
from random import Random

import pytest
from werkzeug.datastructures import MultiDict

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from telework.commands.applications import ask_to_work_at_home, change_rules, move_application
from telework.documents import application_documents, audiences
from telework.flows import APPLICATION
from telework.forms import ApplicationDraft
from telework.models.applications import STATES, Application
from telework.permissions import parts_of
from telework.queries.applications import waiting_for
from telework.queries.days import days_of
from telework.rules import Rules, week_of
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import actor, adviser, build_town, person
from tests.support.counting import statements
from tests.support.flows import expected, permitted, strays
from tests.support.prepared import prepared

# Facts C-3: (state, act): (who, next state).
HEADS, SELF = ("head", "above"), ("clerk",)
ORACLE = {
    ("asked", "grant"): (HEADS, "granted"), ("asked", "refuse"): (HEADS, "refused"), ("asked", "withdraw"): (SELF, "withdrawn"),
    ("granted", "withdraw"): (SELF, "withdrawn"), ("granted", "start"): (SELF, "working"), ("working", "pause"): (SELF, "paused"),
    ("paused", "resume"): (SELF, "working"), ("working", "report"): (SELF, "reported"), ("reported", "again"): (HEADS, "working"),
    ("reported", "confirm"): (HEADS, "confirmed")}
ACTS = ("grant", "refuse", "withdraw", "start", "pause", "resume", "report", "again", "confirm", "steal")


@prepared
def town() -> dict[str, Actor]:
    build_town()
    return {"clerk": actor(person("柏木 真帆")), "head": actor(person("藤倉 美咲", at="0310", post="課長")),
            "above": actor(person("相馬 典子", at="0300", post="部長")), "chief": actor(person("長谷部 悠", post="係長")),
            "stranger": actor(person("倉持 浩明", at="0321")), "other": actor(person("税 一", at="0320", post="課長")),
            "steering": actor(person("井上 慎一", at="0321", roles=("steering",))), "adviser": adviser()}


def draft(on: date | None = None, **more: str) -> ApplicationDraft:
    said = {"on_date": (on or clock.today()).isoformat(), "reason": "work", "work": "様式の見直し", "contact": "2313", "personal": "1"}
    return ApplicationDraft.parse(MultiDict({**said, **more}))


def put(number: int, state: str) -> None:
    def write() -> None:
        db.session.get_one(Application, number).state = state
    db.write(write)


def test_every_step_that_is_allowed_is_taken_and_every_other_refused(house: InProcess) -> None:
    people = town()
    number = ask_to_work_at_home(people["clerk"], draft())
    parts = {who: parts_of(one, db.session.get_one(Application, number)) for who, one in people.items()}
    assert not list(strays(APPLICATION, ORACLE, STATES, ACTS, people, lambda _, who: parts[who]))
    for state, act, who in [*permitted(ORACLE), *Random(6).sample(list(product(STATES, ACTS, people)), 60)]:
        put(number, state)
        with suppress(Conflict, Forbidden, NotFound):
            move_application(people[who], number, act, "わけと成果")
        db.end_reading()
        assert db.session.get_one(Application, number).state == (expected(ORACLE, state, act, who) or state), (state, act, who)


def test_nobody_but_the_asker_and_those_who_head_them_sees_it(house: InProcess) -> None:
    people = town()
    number = ask_to_work_at_home(people["clerk"], draft(work="ひみつの業務"))
    for who, one in people.items():
        answer = signed_in(house, one).get(f"/telework/applications/{number}")
        assert (answer.status_code == 200) == (who in {"clerk", "head", "above"}), who
        assert ("ひみつの業務" in answer.text) == (who in {"clerk", "head", "above"}), who
    assert [bool(waiting_for(people[who])) for who in ("head", "above", "chief", "other", "clerk")] == [True, True, False, False, False]


def test_it_is_found_by_whoever_may_read_it_without_the_number_of_its_owner(house: InProcess) -> None:
    people = town()
    (found,) = application_documents([ask_to_work_at_home(people["clerk"], draft(work="ひみつの業務", contact="080-1234"))])
    assert "ひみつの業務" in found.body
    assert "080-1234" not in found.body + found.title
    assert {who for who, one in people.items() if found.audience in audiences(one)} == {"clerk", "head", "above"}


def test_a_granted_day_stands_in_the_week_and_a_withdrawn_one_no_longer(each_house: InProcess) -> None:
    people = town()
    number = ask_to_work_at_home(people["clerk"], draft())
    for act, who, places in (("grant", "head", {"home"}), ("withdraw", "clerk", set())):
        move_application(people[who], number, act)
        db.end_reading()
        said = days_of([people["clerk"].user_id], clock.today(), clock.today())
        assert {day.place for day in said.values()} == places


def test_the_days_of_a_week_are_limited_or_not_as_the_city_rules(house: InProcess) -> None:
    people, monday = town(), week_of(clock.today() + timedelta(days=7))[0]
    change_rules(people["steering"], Rules(week_limit=2))
    ask_to_work_at_home(people["clerk"], draft(monday))
    ask_to_work_at_home(people["clerk"], draft(monday + timedelta(days=1), span="am"))
    with pytest.raises(Invalid, match="2日まで"):
        ask_to_work_at_home(people["clerk"], draft(monday + timedelta(days=2)))
    ask_to_work_at_home(people["clerk"], draft(monday + timedelta(days=2), span="pm"))
    ask_to_work_at_home(people["clerk"], draft(monday + timedelta(days=7)))
    change_rules(people["steering"], Rules(week_limit=None))
    ask_to_work_at_home(people["clerk"], draft(monday + timedelta(days=3)))


@pytest.mark.parametrize(("excluded", "answer"), [("special", True), ("same", False), ("never", None)])
def test_a_kind_of_staff_is_left_out_or_let_in_as_the_city_rules(house: InProcess, excluded: str, answer: bool | None) -> None:
    people = town()
    change_rules(people["steering"], Rules(limited_kinds=("正職員",), excluded=excluded))
    if answer is None:
        with pytest.raises(Invalid, match="認められていません"):
            ask_to_work_at_home(people["clerk"], draft())
        return
    number = ask_to_work_at_home(people["clerk"], draft())
    assert db.session.get_one(Application, number).special is answer


def test_what_the_rules_forbid_is_said_and_the_same_day_is_not_asked_for_twice(house: InProcess) -> None:
    people = town()
    ask_to_work_at_home(people["clerk"], draft(span="am"))
    ask_to_work_at_home(people["clerk"], draft(span="pm"))
    for span in ("am", "day"):
        with pytest.raises(Invalid, match="すでに"):
            ask_to_work_at_home(people["clerk"], draft(span=span))
    for who in ("clerk", "head", "adviser"):
        with pytest.raises(Forbidden):
            change_rules(people[who], Rules())


def test_the_reports_of_the_day_are_given_on_the_day(house: InProcess) -> None:
    people = town()
    number = ask_to_work_at_home(people["clerk"], draft(clock.today() + timedelta(days=1)))
    move_application(people["head"], number, "grant")
    with pytest.raises(Conflict, match="その日に"):
        move_application(people["clerk"], number, "start")
    with clock.at(clock.now() + timedelta(days=1)):
        for act in ("start", "pause", "resume"):
            move_application(people["clerk"], number, act)
        with pytest.raises(Invalid, match="成果"):
            move_application(people["clerk"], number, "report")
        move_application(people["clerk"], number, "report", "たたき台ができた")
        move_application(people["head"], number, "confirm")


def test_the_pages_ask_little_of_the_database(house: InProcess) -> None:
    people = town()
    for number in range(8):
        ask_to_work_at_home(people["clerk"], draft(clock.today() + timedelta(days=7 * number)))
    reader = signed_in(house, people["head"])
    for path in ("/telework/applications", "/telework/applications/1", "/telework/applications/new"):
        reader.get(path)
        with statements() as asked:
            assert reader.get(path).status_code == 200
        assert len(asked) <= 12, (path, asked)
