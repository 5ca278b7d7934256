"""Whoever is late with a report is reminded: the person, then the 係長, then the 課長, once each, in working time only."""
from datetime import datetime, timedelta

import pytest

from governance import calendar
from governance.commands.reports import open_round, write_report
from governance.forms.papers import ReportDraft, RoundDraft
from governance.models.papers import Report
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from tests.admin.test_admin import settle, signed_in
from tests.conftest import InProcess
from tests.governance.hall import now, put, town

FRIDAY = datetime(2026, 10, 16, 10, 0, tzinfo=clock.JST)        # its day was the 15th


def test_a_reminder_climbs_and_comes_once_at_each_height(house: InProcess) -> None:
    people = town()
    number = open_round(people["steering"], RoundDraft(2026, 2, FRIDAY.date() - timedelta(days=1)))[0]
    write_report(people["clerk"], number, ReportDraft("", "書きかけ"))
    settle()
    told = []
    for day, hour in ((0, 10), (0, 14), (1, 10), (2, 10), (3, 20), (4, 10), (4, 15), (6, 10), (7, 10)):
        with clock.at(FRIDAY + timedelta(days=day, hours=hour - 10)):
            calendar.remind_late()
            settle()
        told.append(now(Report, number).reminded)
    assert told == [1, 1, 1, 1, 1, 2, 2, 3, 3]      # Saturday, Sunday and the evening of Monday: nobody is disturbed
    for who, words in (("clerk", "報告の期限が過ぎています"), ("chief", "係の報告の期限が過ぎています"), ("head", "課の報告の期限が過ぎています")):
        assert signed_in(house, people[who]).get("/notifications").text.count(f">{words}") <= 1, who
        assert words in signed_in(house, people[who]).get("/notifications").text, who
    assert "報告の期限が過ぎています" not in signed_in(house, people["stranger"]).get("/notifications").text


def test_the_days_are_chosen_by_the_steering_section_and_nobody_is_reminded_on_an_empty_one(house: InProcess) -> None:
    people = town()
    form = {"every": "quarter", "within": "10", "due_days": "15", "remind_0": "2", "remind_1": "", "remind_2": "3",
            **{f"words_{place}": words for place, words in enumerate("SABCN")}}
    assert signed_in(house, people["head"]).post("/governance/settings", data=form).status_code == 403
    desk = signed_in(house, people["steering"])
    assert desk.post("/governance/settings", data={**form, "remind_2": "999"}).status_code == 422
    desk.post("/governance/settings", data=form)
    number = open_round(people["steering"], RoundDraft(2026, 2, FRIDAY.date() - timedelta(days=1)))[0]
    told = []
    for day in (0, 3, 4, 5):        # Friday, Monday, Tuesday, Wednesday
        with clock.at(FRIDAY + timedelta(days=day)):
            calendar.remind_late()
        told.append(now(Report, number).reminded)
    assert told == [0, 1, 3, 3]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("state", ["submitted", "approved", "council", "reported", "frozen"])
def test_who_has_handed_it_in_is_left_alone(state: str) -> None:
    people: dict[str, Actor] = town()
    number = open_round(people["steering"], RoundDraft(2026, 2, FRIDAY.date() - timedelta(days=9)))[0]
    put(Report, number, state=state)
    with clock.at(FRIDAY):
        calendar.remind_late()
    assert now(Report, number).reminded == 0
