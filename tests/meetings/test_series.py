"""A body that meets again and again is planned in one act; which days, people choose."""
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from meetings.queries.sittings import coming
from meetings.recurring import DAY, FORTNIGHT, WEEK, WEEKDAY, days_of
from tests.conftest import InProcess
from tests.files.office import browser
from tests.meetings.town import TUESDAY, body, called, hall, item, rows, sitting, titles


@pytest.fixture
def people(house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(TUESDAY):
        yield hall()


def iso(days: list[date]) -> list[str]:
    return [f"{day:%m-%d}" for day in days]


@pytest.mark.parametrize(("first", "rhythm", "expected"), [
    (date(2026, 12, 22), WEEK, ["12-22", "12-29", "01-05"]), (date(2026, 10, 13), FORTNIGHT, ["10-13", "10-27", "11-10"]),
    (date(2026, 10, 13), WEEKDAY, ["10-13", "11-10", "12-08"]), (date(2026, 9, 29), WEEKDAY, ["09-29", "12-29", "03-30"]),
    (date(2027, 1, 31), DAY, ["01-31", "02-28", "03-31"])], ids=["week", "fortnight", "second tuesday", "fifth tuesday", "last day"])
def test_a_rhythm_gives_its_days(first: date, rhythm: str, expected: list[str]) -> None:
    assert iso(days_of(first, rhythm, 3)) == expected


def test_the_days_are_shown_with_those_of_rest_and_those_taken_left_out(people: dict[str, Actor], house: InProcess) -> None:
    body_id = body(people)
    called(people, with_an_item(people, body_id))           # on 10月15日
    page = browser(house, people["secretary"]).get(
        f"/meetings/bodies/{body_id}/series/new?first_on=R8.10.15&rhythm=week&times=12").get_data(as_text=True)
    chosen = [line.split("</li>")[0] for line in page.split("<li>") if 'name="day"' in line]
    assert len(chosen) == 12
    assert [line.split('value="')[1][:10] for line in chosen if " checked" not in line] == ["2026-10-15", "2026-12-31"]
    assert ["休みの日" in line for line in chosen].count(True) == 1


def test_all_chosen_days_are_planned_in_one_act_like_the_last_with_what_is_to_be_done_first(people: dict[str, Actor], house: InProcess) -> None:
    body_id = body(people)
    called(people, with_an_item(people, body_id))
    made = plan(house, people["secretary"], body_id, day=["2026-11-12", "2026-10-29"])
    assert made.status_code == 303
    db.end_reading()
    drafts = [found for found in coming(people["secretary"]) if found.sitting.state == "planned"]
    assert [(found.sitting.number, f"{found.sitting.starts_at.astimezone(clock.JST):%m-%d %H:%M}", found.sitting.place) for found in drafts] == [
        (2, "10-29 09:30", "大会議室"), (3, "11-12 09:30", "大会議室")]
    assert [titles(rows(people["secretary"], found.sitting.id)) for found in drafts] == [["議題"], ["前回までの対応事項", "議題"]]
    assert [found for found in coming(people["member"]) if found.sitting.state == "planned"] == []


def test_a_series_is_planned_whole_or_not_at_all_and_only_by_its_secretariat(people: dict[str, Actor], house: InProcess) -> None:
    body_id = body(people)
    wrongs: tuple[dict[str, Any], ...] = (
        {"day": []}, {"day": ["2026-11-12", "9999-99-99"]}, {"day": ["1026-11-12"]}, {"day": ["2026-11-12"], "starts_time": "25:00"},
        {"day": ["2026-11-12"], "url": "javascript:1"}, {"day": [f"2026-12-{day:02}" for day in range(1, 32)]})
    for wrong in wrongs:
        assert plan(house, people["secretary"], body_id, **wrong).status_code == 422, wrong
    for name, status in (("chair", 403), ("member", 403), ("bystander", 403), ("outsider", 404)):
        assert plan(house, people[name], body_id, day=["2026-11-12"]).status_code == status, name
        assert browser(house, people[name]).get(f"/meetings/bodies/{body_id}/series/new").status_code == status, name
    db.end_reading()
    assert coming(people["secretary"]) == []
    for query in ("first_on=R8.10.15&rhythm=never&times=3", "first_on=x&rhythm=week&times=3", "first_on=R8.10.15&rhythm=week&times=1000000"):
        assert browser(house, people["secretary"]).get(f"/meetings/bodies/{body_id}/series/new?{query}").status_code == 422, query


def plan(house: InProcess, who: Actor, body_id: int, **form: Any) -> Any:
    given = {"starts_time": "9:30", "place": "大会議室", "begin": "last"} | form
    return browser(house, who).post(f"/meetings/bodies/{body_id}/series", data=given)


def with_an_item(people: dict[str, Actor], body_id: int) -> int:
    sitting_id = sitting(people, body_id)
    item(people["secretary"], sitting_id)
    return sitting_id
