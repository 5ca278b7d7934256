"""The city's rules as parameters (facts 4.4): of each, the two contrary cities; what was decided before a parameter existed stays readable."""
from dataclasses import fields, replace
from datetime import timedelta
from itertools import combinations
from random import Random
from typing import Any

import pytest

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, Invalid
from telework.commands.applications import ask_to_work_at_home, change_rules, move_application
from telework.models.applications import Application, RulesRow
from telework.queries.applications import rules_in_force
from telework.queries.days import days_of
from telework.rules import DECLARED, REASONS, Rules, week_of
from telework.telling import sentences_of
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.telework.test_applications import draft, put, town

OLD = {"week_limit": 2, "halves": False, "starts": "8:45", "ends": "17:30", "limited_kinds": ["臨時"], "excluded": "never"}
FORM = {"week_limit": "２", "halves": "1", "starts": "9:00", "rests": "12:15", "resumes": "13時00分", "ends": "17:45", "excluded": "same",
        "trips": "order", "reports": "two", "overtime": "1", "reasons": "childcare"}
# parameter, what one city decides, what the other does; a word of each, that is told.
CONTRARY: list[tuple[str, Any, Any, str, str]] = [("week_limit", 3, None, "3日まで", "限りはありません"),
            ("halves", True, False, "半日", "単位に"), ("hours", True, False, "時間でも", "単位に"),
            ("starts", "8:30", "9:00", "8:30〜", "9:00〜"), ("overtime", False, True, "時間外の勤務はできません", "所属長があらかじめ命じた"),
            ("trips", "none", "order", "手続はいりません", "市内出張命令の申請"),
            ("excluded", "special", "never", "特に認めた", "職員は、できません"),
            ("reasons", ("work",), ("childcare", "care"), "集中して", "育児、介護"), ("personal", False, True, "扱う業務はできません",
             "扱う業務もできます"),
            ("reports", "four", "two", "中断・再開", "始業と終業だけ"), ("break_split", True, False, "分けて取れます", "続けて取ります")]


def ask(people: dict[str, Actor], **more: str) -> Application:
    made = db.session.get(Application, ask_to_work_at_home(people["clerk"], draft(None, **more)))
    assert made
    return made


def test_what_each_of_two_contrary_cities_decides_is_kept_and_told(house: InProcess) -> None:
    people, plain = town(), Rules(limited_kinds=("会計年度任用",), halves=False, hours=False)
    asker, chance = signed_in(house, people["clerk"]), Random(4)
    told = {name for name, *_ in CONTRARY} | {"ends", "rests", "resumes", "limited_kinds"}
    assert told == {each.name for each in fields(Rules)}, "a parameter that no city is asked about"
    for name, one, other, said_of_one, said_of_other in CONTRARY:
        for value, said in chance.sample([(one, said_of_one), (other, said_of_other)], 2):
            rules = replace(plain, **{name: value})
            change_rules(people["steering"], rules)
            assert rules_in_force() == rules
            assert said in asker.get("/telework/applications/new").text, name
    for (_, rules), (_, others) in combinations([(name, replace(plain, **{name: other})) for name, _, other, *_ in CONTRARY], 2):
        assert rules == others or sentences_of(rules) != sentences_of(others)


def test_rules_that_are_older_than_a_parameter_are_read_and_allow_nothing_that_was_not_decided(house: InProcess) -> None:
    people = town()
    db.write(lambda: db.session.add(RulesRow(content=OLD, author_name="井上 慎一", at=clock.now())))
    assert rules_in_force() == Rules(2, False, "8:45", "17:30", ("臨時",), "never", hours=False)
    page = signed_in(house, people["steering"]).get("/telework/rules").text
    assert "8:45〜17:30" in page
    with pytest.raises(Invalid, match="時間を決めた"):
        ask(people, span="hours", begins="9:00", ends="10:00")


def test_whoever_keeps_the_rules_changes_them_on_their_page_and_a_mistake_changes_nothing(house: InProcess) -> None:
    keeper = signed_in(house, town()["steering"])
    assert keeper.post("/telework/rules", data=FORM).status_code == 303
    wanted = Rules(2, True, "9:00", "17:45", (), "same", False, "12:15", "13:00", True, "order", ("childcare",), False, "two", False)
    assert rules_in_force() == wanted
    for wrong in ({"reasons": "なし"}, {"starts": "朝"}, {"ends": "8:00"}, {"rests": "8:00"}, {"trips": "x"}, {"reports": ""}, {"week_limit": "8"},
                  {"excluded": "x"}, {"kinds": "宇宙人"}):
        assert keeper.post("/telework/rules", data=FORM | wrong).status_code == 422, wrong
    assert rules_in_force() == wanted
    assert "これまでのきまり" in keeper.get("/telework/rules").text


@pytest.mark.parametrize("rules", [Rules(personal=personal, trips=trips) for personal in (False, True) for trips in ("none", "order")])
def test_what_a_city_wants_declared_is_declared_or_the_application_refused(house: InProcess, rules: Rules) -> None:
    people = town()
    change_rules(people["steering"], rules)
    wanted = {"personal": not rules.personal, "trip": rules.trips == "order"}
    page = signed_in(house, people["clerk"]).get("/telework/applications/new").text
    for name in DECLARED:
        assert (DECLARED[name] in page) == wanted[name]
        if wanted[name]:
            with pytest.raises(Invalid, match="印を付けて") as refused:
                ask(people, **{"personal": "1", "trip": "1", name: ""})
            assert set(refused.value.fields) == {name}
    made = ask(people, personal="1", trip="1")
    assert made.declared.split() == [name for name in DECLARED if wanted[name]]
    assert ("市内出張命令を申請しました" in signed_in(house, people["head"]).get(f"/telework/applications/{made.id}").text) == wanted["trip"]


@pytest.mark.parametrize(("reports", "acts"), [("four", ["start", "pause", "resume", "report"]), ("two", ["start", "report"])])
def test_the_day_is_reported_four_times_or_twice(house: InProcess, reports: str, acts: list[str]) -> None:
    people = town()
    change_rules(people["steering"], Rules(reports=reports))
    number, own = ask(people).id, signed_in(house, people["clerk"])
    move_application(people["head"], number, "grant")
    move_application(people["clerk"], number, "start")
    assert ("中断する" in own.get(f"/telework/applications/{number}").text) == ("pause" in acts)
    if "pause" not in acts:
        with pytest.raises(Conflict, match="始業と終業だけ"):
            move_application(people["clerk"], number, "pause")
        put(number, "paused")       # under the rules of yesterday
        assert "再開する" in own.get(f"/telework/applications/{number}").text
        put(number, "working")
    for act in acts[1:]:
        move_application(people["clerk"], number, act, "成果")


@pytest.mark.parametrize("chosen", [("childcare",), ("work", "other")])
def test_only_the_reasons_that_the_city_has_chosen_hold(house: InProcess, chosen: tuple[str, ...]) -> None:
    people = town()
    change_rules(people["steering"], Rules(week_limit=None, reasons=chosen))
    for number, reason in enumerate(REASONS):
        on = (clock.today() + timedelta(days=number)).isoformat()
        if reason in chosen:
            assert ask(people, reason=reason, on_date=on).reason == reason
        else:
            with pytest.raises(Invalid, match="その理由"):
                ask(people, reason=reason, on_date=on)


@pytest.mark.parametrize(("halves", "hours"), [(True, True), (True, False), (False, True), (False, False)])
def test_a_day_a_half_or_hours_are_asked_for_as_the_city_allows(house: InProcess, halves: bool, hours: bool) -> None:
    people = town()
    change_rules(people["steering"], Rules(halves=halves, hours=hours))
    monday = week_of(clock.today() + timedelta(days=7))[0]
    for number, (span, allowed) in enumerate((("day", True), ("am", halves), ("pm", halves), ("hours", hours))):
        more = {"span": span, "begins": "9:00", "ends": "10:00", "on_date": (monday + timedelta(days=number)).isoformat()}
        if allowed:
            assert ask(people, **more).span == span
        else:
            with pytest.raises(Invalid, match="認められていません"):
                ask(people, **more)


def test_hours_count_for_their_share_of_the_day_without_the_break_and_lie_within_it(house: InProcess) -> None:
    """An oracle by the minute, over hours of the day as chance has them."""
    people, chance = town(), Random(44)
    change_rules(people["steering"], Rules(week_limit=None))
    worked = [minute for minute in range(8 * 60 + 30, 17 * 60 + 15) if not 12 * 60 <= minute < 13 * 60]
    for _ in range(200):
        begins, ends = sorted(chance.sample(range(8 * 60, 18 * 60, 15), 2))
        words = [f"{at // 60}:{at % 60:02}" for at in (begins, ends)]
        had = [minute for minute in worked if begins <= minute < ends]
        if begins < worked[0] or ends > worked[-1] + 1 or not had:
            with pytest.raises(Invalid, match="勤務の時間"):
                Rules().share("hours", *words)
        else:
            assert Rules().share("hours", *words) == round(len(had) / len(worked), 3)
    change_rules(people["steering"], Rules(week_limit=1))
    monday = week_of(clock.today() + timedelta(days=7))[0]
    ask(people, span="hours", begins="8:30", ends="12:30", on_date=monday.isoformat())      # 3.5 of 7.75 hours
    ask(people, span="hours", begins="13:00", ends="17:15", on_date=(monday + timedelta(days=1)).isoformat())        # the other 4.25
    with pytest.raises(Invalid, match="1日まで"):
        ask(people, span="hours", begins="9:00", ends="9:15", on_date=(monday + timedelta(days=2)).isoformat())


@pytest.mark.parametrize("more", [{"begins": "朝"}, {"ends": ""}, {"begins": "25:00"}])
def test_hours_that_cannot_be_read_are_refused(more: dict[str, str]) -> None:
    with pytest.raises(Invalid, match="時刻"):
        draft(None, **{"span": "hours", "begins": "9:00", "ends": "10:00", **more})


def test_hours_of_one_day_do_not_meet_and_each_half_tells_of_them(each_house: InProcess) -> None:
    people, today = town(), clock.today()
    change_rules(people["steering"], Rules(week_limit=None))
    early, late, across = (ask(people, span="hours", begins=begins, ends=ends).id
                           for begins, ends in (("9:00", "10:00"), ("10:00", "11:00"), ("11:30", "14:00")))
    for more in ({"span": "am"}, {"span": "day"}, {"span": "pm"}, {"span": "hours", "begins": "9:59", "ends": "10:30"}):
        with pytest.raises(Invalid, match="すでに"):
            ask(people, **{"begins": "", "ends": "", **more})
    for number in (early, late, across):
        move_application(people["head"], number, "grant")

    def told() -> dict[str, str]:
        db.end_reading()
        return {half: day.note for (_, _, half), day in days_of([people["clerk"].user_id], today, today).items()}
    assert told() == {"am": "9:00〜10:00、10:00〜11:00、11:30〜14:00", "pm": "11:30〜14:00"}
    move_application(people["clerk"], late, "withdraw")
    assert told() == {"am": "9:00〜10:00、11:30〜14:00", "pm": "11:30〜14:00"}
    move_application(people["clerk"], across, "withdraw")
    assert told() == {"am": "9:00〜10:00"}
