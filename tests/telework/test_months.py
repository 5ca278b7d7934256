"""The tally of a month: against an oracle that counts one by one; seen by whom it concerns and by nobody else."""
import csv
import io
from collections import defaultdict
from datetime import date, timedelta
from random import Random

import pytest

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from telework.commands.applications import ask_to_work_at_home, change_rules
from telework.models.applications import STATES
from telework.queries.months import Line, by_unit, month_of, total
from telework.rules import Rules
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import actor, move, person
from tests.support.counting import statements
from tests.telework.test_applications import draft, put, town
from tests.telework.test_weeks import BEFORE

DECEMBER = date(2026, 12, 1)
COUNTED = {"asked": set(STATES) - {"withdrawn"}, "granted": {"granted", "working", "paused", "reported", "confirmed"},
           "worked": {"working", "paused", "reported", "confirmed"}, "unconfirmed": {"working", "paused", "reported"}}
SPANS = {"day": (1, 0), "am": (.5, 1), "pm": (.5, 1), "hours": (.387, 2)}       # share of a day; whole, half, hours


@pytest.fixture
def people(house: InProcess) -> dict[str, Actor]:
    found = town() | {"neighbour": actor(person("若林 さつき", at="0320"))}
    with clock.at(BEFORE):
        change_rules(found["steering"], Rules(week_limit=None))
    return found


def asked(who: Actor, days: int, state: str, span: str = "day") -> None:
    on = DECEMBER + timedelta(days=days)
    put(ask_to_work_at_home(who, draft(on, span=span, begins="9:00", ends="12:00")), state)


def seen(who: Actor, scope: str) -> dict[str, dict[str, tuple[float, int, int, int]]]:
    db.end_reading()
    return {line.name: {stage: count.cells for stage, count in line.counts.items()} for line in month_of(who, scope, DECEMBER)}


def test_what_is_counted_is_what_was_declared_day_by_day(house: InProcess, people: dict[str, Actor]) -> None:
    """Chance has the days, spans and states; each is counted here one by one."""
    chance, wanted = Random(7), defaultdict[tuple[str, str], list[float]](lambda: [0, 0, 0, 0])
    with clock.at(BEFORE):
        for day in range(60):
            who, state, span = chance.choice(("clerk", "neighbour")), chance.choice(list(STATES)), chance.choice(list(SPANS))
            asked(people[who], day, state, span)
            for stage, states in COUNTED.items():
                if state in states and day < 31:
                    wanted[people[who].name, stage][0] += SPANS[span][0]
                    wanted[people[who].name, stage][1 + SPANS[span][1]] += 1
    city = seen(people["steering"], "city")
    assert {(name, stage) for name, stages in city.items() for stage in stages} == set(wanted)
    for (name, stage), cells in wanted.items():
        assert city[name][stage] == pytest.approx(cells, abs=.006), (name, stage)
    lines = month_of(people["steering"], "city", DECEMBER)
    for stage in COUNTED:
        summed = [sum(cells) for cells in zip(*(stages[stage] for stages in city.values()), strict=True)]
        for made in (total(lines), total(by_unit(lines))):
            assert made.counts[stage].cells == pytest.approx(summed, abs=.02)
    assert month_of(people["steering"], "city", date(2027, 3, 1)) == []


def test_each_sees_oneself_a_head_the_units_below_and_whoever_keeps_the_rules_the_city(house: InProcess, people: dict[str, Actor]) -> None:
    with clock.at(BEFORE):
        for who in ("clerk", "neighbour", "head"):
            asked(people[who], 7, "confirmed")
    clerk, neighbour, head = (people[who].name for who in ("clerk", "neighbour", "head"))
    wanted = {"clerk": ({clerk}, None, None), "head": ({head}, {clerk, head}, None), "above": (set(), {clerk, head, neighbour}, None),
              "other": (set(), {neighbour}, None), "neighbour": ({neighbour}, None, None), "stranger": (set(), None, None),
              "steering": (set(), None, {clerk, head, neighbour}), "adviser": (None, None, None)}
    for who, scopes in wanted.items():
        window = signed_in(house, people[who])
        for scope, names in zip(("self", "units", "city"), scopes, strict=True):
            for path in ("/telework/months", "/telework/months.csv"):
                answer = window.get(f"{path}?of={scope}&month=2026-12")
                assert answer.status_code == (403 if names is None else 200), (who, scope)
                told = {name for name in (clerk, neighbour, head) if f"{name}</th>" in answer.text or f",{name}," in answer.text}
                if "csv" in path or scope != "city":
                    assert told <= (names or set()), (who, scope, path)
            if names is not None:
                assert set(seen(people[who], scope)) == names, (who, scope)
    assert signed_in(house, people["clerk"]).get("/telework/months?of=everybody").status_code == 403


def test_whoever_has_left_a_section_is_counted_there_until_then_and_a_head_who_has_left_sees_nothing_of_it(
        house: InProcess, people: dict[str, Actor]) -> None:
    clerk, head, leaves = people["clerk"], people["head"], DECEMBER + timedelta(days=4)
    with clock.at(BEFORE):
        asked(clerk, 1, "confirmed")
        move(clerk.user_id, "0320", leaves)
        move(head.user_id, "0321", leaves)
        assert set(seen(head, "units")) == {clerk.name}
    with clock.at(BEFORE + timedelta(days=6)):
        asked(clerk, 7, "confirmed", "am")
        assert [seen(people[who], "units")[clerk.name]["asked"][0] for who in ("other", "above")] == [.5, .5]      # 部長: the last line of two
        assert sum(line.counts["asked"].days for line in month_of(people["above"], "units", DECEMBER)) == 1.5
        assert seen(head, "units") == {}
        assert signed_in(house, head).get("/telework/months.csv?of=units&month=2026-12").status_code == 403
        assert sum(line.counts["asked"].days for line in month_of(clerk, "self", DECEMBER)) == 1.5


def test_the_list_opens_in_excel_with_each_day_half_and_hour(house: InProcess, people: dict[str, Actor]) -> None:
    with clock.at(BEFORE):
        for day, (state, span) in enumerate((("confirmed", "day"), ("reported", "am"), ("granted", "hours"), ("withdrawn", "day"))):
            asked(people["clerk"], 6 + day, state, span)
    answer = signed_in(house, people["head"]).get("/telework/months.csv?of=units&month=2026-12")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    [row] = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert row["氏名"] == people["clerk"].name
    assert [row[f"{words}（日数）"] for words in ("申請", "承認", "実施", "未確認")] == ["1.89", "1.89", "1.5", "0.5"]
    narrow = signed_in(house, people["head"]).get("/telework/months.csv?of=units&month=2026-12&encoding=cp932")
    assert narrow.data.decode("cp932") == answer.data.decode("utf-8-sig")
    assert [row[f"申請（{kind}）"] for kind in ("1日", "半日", "時間")] == ["1", "1", "1"]


@pytest.mark.parametrize("month", ["2026", "2026-13", "2026-00", "x-1", "1800-01", "2026-012", "２０２６-12"])
def test_a_month_that_cannot_be_is_refused(house: InProcess, people: dict[str, Actor], month: str) -> None:
    assert signed_in(house, people["clerk"]).get("/telework/months", query_string={"month": month}).status_code == 422


def test_a_month_asks_the_same_of_the_database_for_a_few_and_for_many(house: InProcess, people: dict[str, Actor]) -> None:
    reader, counted = signed_in(house, people["steering"]), []
    for many in (1, 9):
        with clock.at(BEFORE):
            for number in range(many):
                asked(actor(person(f"人 {many}の{number}")), 7, "confirmed")
        for path in ("/telework/months?of=city&month=2026-12", "/telework/months.csv?of=city&month=2026-12"):
            reader.get(path)
            with statements() as questions:
                assert reader.get(path).status_code == 200
            counted.append(len(questions))
    assert counted[:2] == counted[2:], counted
    assert max(counted) <= 12, counted
    assert isinstance(total(()), Line)
