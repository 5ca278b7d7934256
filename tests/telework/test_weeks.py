"""A week of telework: asked for at once, all or nothing; decided at once, each day in its own record; at home or elsewhere."""
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from groupware.kernel.holidays import is_closed
from groupware.kernel.jobs import drain
from groupware.notifications.models import Notification
from telework.commands.applications import ask_to_work_at_home, change_rules, decide_together, move_application
from telework.commands.days import say_place
from telework.events import TeleworkAsked, TeleworkMoved
from telework.forms import ApplicationDraft, PlaceDraft
from telework.models.applications import Application, Step
from telework.queries.applications import of_week, waiting_for
from telework.queries.days import days_of
from telework.rules import Rules
from tests.admin.test_admin import signed_in
from tests.conftest import InProcess
from tests.directory.town import audited
from tests.support.counting import statements
from tests.telework.test_applications import draft, town

MONDAY = date(2026, 12, 7)      # a week without a holiday
BEFORE = datetime(2026, 12, 1, 10, tzinfo=clock.JST)


def days(*numbers: int, **more: str) -> ApplicationDraft:
    """From that Monday to the Friday after, or of these days of the week."""
    said = {"last": (MONDAY + timedelta(days=4)).isoformat(), **more}
    base = {"on_date": MONDAY.isoformat(), "reason": "work", "work": "様式", "contact": "2313", "personal": "1"}
    return ApplicationDraft.parse(MultiDict([*{**base, **said}.items(), *(("weekdays", str(number)) for number in numbers)]))


def free_town() -> dict[str, Actor]:
    people = town()
    change_rules(people["steering"], Rules(week_limit=None))
    return people


def told(who: Actor) -> list[str]:
    while drain():
        db.end_reading()
    db.end_reading()
    return list(db.session.scalars(select(Notification.reason).where(Notification.user_id == who.user_id)))


def states() -> list[str]:
    db.end_reading()
    return list(db.session.scalars(select(Application.state).order_by(Application.on_date, Application.id)))


def test_a_period_is_its_working_days_or_the_chosen_days_of_the_week() -> None:
    with clock.at(BEFORE):
        assert days().dates == tuple(MONDAY + timedelta(days=number) for number in range(5))
        assert days(0, 2).dates == (MONDAY, MONDAY + timedelta(days=2))
        month = days(4, last="R9.1.6").dates
        assert month == (date(2026, 12, 11), date(2026, 12, 18), date(2026, 12, 25))     # 1月1日 is a holiday
        assert not any(map(is_closed, month))
        for wrong in ({"last": "R8.12.1"}, {"last": "R9.2.1"}, {"weekdays": "5"}, {"weekdays": "x"}, {"on_date": "R8.12.12", "last": "R8.12.13"}):
            with pytest.raises(Invalid):
                days(**wrong)


def test_a_week_is_asked_for_at_once_or_not_at_all_and_each_day_that_cannot_be_says_why(each_house: InProcess) -> None:
    with clock.at(BEFORE):
        people = town()
        with pytest.raises(Invalid, match="一つも出していません") as refused:
            ask_to_work_at_home(people["clerk"], days())
        assert [f"12月{day}日" in refused.value.message for day in range(7, 12)] == [False, False, False, True, True]
        assert not states()
        ask_to_work_at_home(people["clerk"], days(1, last="R8.12.8", on_date="R8.12.8"))
        with pytest.raises(Invalid) as refused:
            ask_to_work_at_home(people["clerk"], days())
        assert "12月8日（火）：その日の申請がすでにあります。" in refused.value.message
        assert "12月10日（木）：この週のテレワークは、3日までです（すでに 3日）。" in refused.value.message
        ask_to_work_at_home(people["clerk"], days(0, 3))
        assert states() == ["asked"] * 3


def test_each_day_is_a_record_of_its_own_and_the_head_is_told_once(house: InProcess) -> None:
    with clock.at(BEFORE):
        people = free_town()
        first = ask_to_work_at_home(people["clerk"], days())
        assert len(audited(TeleworkAsked.name())) == 5
        assert told(people["head"]) == ["テレワークの申請（5日分）"]
        decide_together(people["head"], first, "grant", [each.id for each in of_week(people["head"], db.session.get_one(Application, first))][:4])
        assert states() == ["granted"] * 4 + ["asked"]
        assert told(people["clerk"]) == ["テレワークが承認されました（4日分）"]
        assert len(audited(TeleworkMoved.name())) == len(db.session.scalars(select(Step)).all()) == 4


def test_the_head_alone_decides_together_all_of_it_or_nothing(each_house: InProcess) -> None:
    with clock.at(BEFORE):
        people = free_town()
        first = ask_to_work_at_home(people["clerk"], days())
        chosen = [each.id for each in of_week(people["head"], db.session.get_one(Application, first))]
        elsewhere = ask_to_work_at_home(people["clerk"], draft(MONDAY + timedelta(days=7)))
        for who, what in (("stranger", NotFound), ("adviser", NotFound), ("other", NotFound), ("clerk", Forbidden)):
            with pytest.raises(what):
                decide_together(people[who], first, "grant", chosen)
        for wrong, what in (((first, "grant", []), Invalid), ((first, "refuse", chosen), Invalid), ((first, "confirm", chosen, "x"), Conflict),
                            ((first, "grant", [*chosen, elsewhere]), NotFound)):
            with pytest.raises(what):
                decide_together(people["head"], *wrong)
        move_application(people["clerk"], chosen[4], "withdraw")
        with pytest.raises(Conflict):
            decide_together(people["head"], first, "grant", chosen)
        assert states() == ["asked"] * 4 + ["withdrawn", "asked"]
        head = signed_in(each_house, people["head"])
        assert signed_in(each_house, people["stranger"]).get(f"/telework/applications/{first}/week").status_code == 404
        page = head.get(f"/telework/applications/{first}/week").text
        assert (page.count('name="chosen"'), "12月11日" in page) == (4, True)
        assert "12月7日からの週のテレワーク（4件）" in head.get("/telework/applications").text
        assert "12月7日からの週のテレワーク（4件）" in head.get("/").text
        answer = head.post(f"/telework/applications/{first}/week", data={"act": "refuse", "reason": "窓口の当番です", "chosen": chosen[:2]})
        assert answer.status_code == 303
        assert states() == ["refused"] * 2 + ["asked"] * 2 + ["withdrawn", "asked"]
        assert len(waiting_for(people["head"])) == 3


@pytest.mark.parametrize(("place", "name", "told"), [("home", "", ("home", "")), ("satellite", "東部出張所", ("out", "東部出張所")),
                                                      ("approved", "実家", ("out", "テレワーク"))])
def test_the_place_of_work_is_said_and_colleagues_see_no_more_than_they_need(house: InProcess, place: str, name: str, told: tuple[str, str]) -> None:
    people, today = town(), clock.today()
    if name:
        with pytest.raises(Invalid, match="どこで"):
            draft(place=place)
    number = ask_to_work_at_home(people["clerk"], draft(place=place, place_name=name))
    move_application(people["head"], number, "grant")
    db.end_reading()
    assert {(day.place, day.note) for day in days_of([people["clerk"].user_id], today, today).values()} == {told}
    assert name in signed_in(house, people["head"]).get(f"/telework/applications/{number}").text
    move_application(people["clerk"], number, "withdraw")
    db.end_reading()
    assert not days_of([people["clerk"].user_id], today, today)


def test_what_somebody_said_otherwise_since_stays_when_an_application_is_withdrawn(house: InProcess) -> None:
    people, today = town(), clock.today()
    number = ask_to_work_at_home(people["clerk"], draft())
    move_application(people["head"], number, "grant")
    say_place(people["clerk"], PlaceDraft(today, today, ("am",), "trip", "any", ""))
    move_application(people["clerk"], number, "withdraw")
    db.end_reading()
    assert {half: day.place for (_, _, half), day in days_of([people["clerk"].user_id], today, today).items()} == {"am": "trip"}


@pytest.mark.parametrize("wrong", [{"place": "moon"}, {"place": "satellite"}, {"place": "satellite", "place_name": "長" * 61}])
def test_a_place_that_cannot_be_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        draft(None, **wrong)


def test_a_week_asks_the_same_of_the_database_for_one_day_and_for_many(house: InProcess) -> None:
    with clock.at(BEFORE):
        people, counted = free_town(), []
        reader = signed_in(house, people["head"])
        for numbers in ((0,), (1, 2, 3, 4)):
            first = ask_to_work_at_home(people["clerk"], days(*numbers))
            reader.get(f"/telework/applications/{first}/week")
            with statements() as asked:
                assert reader.get(f"/telework/applications/{first}/week").status_code == 200
            counted.append(len(asked))
        assert counted[0] == counted[1] <= 12, counted
