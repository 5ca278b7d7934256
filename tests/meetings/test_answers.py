"""Who was called answers, until it begins; calendars read when and where, and nothing else."""
from datetime import timedelta

import pytest
from werkzeug.datastructures import MultiDict

from groupware.kernel import clock, db
from groupware.kernel.errors import Forbidden, Invalid, NotFound
from meetings.commands.answers import answer_call
from meetings.commands.sittings import cancel_sitting
from meetings.forms import AnswerDraft
from meetings.ics import Entry, calendar
from meetings.queries.answers import answers_of
from tests.meetings.town import BEGINS, TUESDAY, body, called, hall, item, sitting, table

YES = AnswerDraft("attend")


@pytest.mark.usefixtures("each_house")
def test_whoever_was_called_answers_until_it_begins_and_the_last_answer_holds() -> None:
    people = hall()
    with clock.at(TUESDAY):
        sitting_id = sitting(people, body(people))
        item(people["secretary"], sitting_id, presenter_id=people["guest"].user_id)
        called(people, sitting_id)
        for name in ("bystander", "administrator", "outsider"):
            with pytest.raises((Forbidden, NotFound)):
                answer_call(people[name], sitting_id, YES)
        for name in ("chair", "member", "observer", "guest"):
            answer_call(people[name], sitting_id, YES)
        answer_call(people["member"], sitting_id, AnswerDraft("deputy", "課長補佐"))
        db.end_reading()
    with clock.at(BEGINS), pytest.raises(Forbidden):
        answer_call(people["chair"], sitting_id, AnswerDraft("absent"))
    found = answers_of(table(people["chair"], sitting_id).sitting)
    assert {name: found[who.user_id].answer for name, who in people.items() if who.user_id in found} == {
        "chair": "attend", "member": "deputy", "observer": "attend", "guest": "attend"}
    assert found[people["member"].user_id].deputy == "課長補佐"


@pytest.mark.usefixtures("house")
def test_a_cancelled_sitting_asks_nobody() -> None:
    people = hall()
    with clock.at(TUESDAY):
        sitting_id = sitting(people, body(people))
        item(people["secretary"], sitting_id)
        called(people, sitting_id)
        cancel_sitting(people["secretary"], sitting_id, "大雪のため")
        with pytest.raises(Forbidden):
            answer_call(people["member"], sitting_id, YES)


def test_a_deputy_has_a_name() -> None:
    with pytest.raises(Invalid):
        AnswerDraft.parse(MultiDict({"answer": "deputy"}))
    with pytest.raises(Invalid):
        AnswerDraft.parse(MultiDict({"answer": "maybe"}))


def test_the_file_for_calendars_has_short_lines_and_no_line_of_others() -> None:
    text = calendar(Entry("u", "第1回 会議,\n" + "長い名前" * 30, BEGINS, BEGINS + timedelta(hours=1), "部屋;2", "", TUESDAY, 1))
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = text.replace("\r\n ", "").split("\r\n")
    assert "SUMMARY:第1回 会議\\,\\n" + "長い名前" * 30 in whole
    assert {"LOCATION:部屋\\;2", "DTSTART:20261015T013000Z", "STATUS:CONFIRMED"} <= set(whole)
