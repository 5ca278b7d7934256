"""The week of a section: for who sits there today and wants it, once, and of what each may see."""
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from boards.commands.publishing import publish_notice
from boards.commands.writing import draft_notice
from groupware.directory.commands.people import disable_person
from groupware.home.weeks import KIND, happened, sections_of, tell_weeks, week_for
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import NotFound
from groupware.notifications.commands.choices import choose_ways
from groupware.notifications.forms import WaysDraft
from groupware.notifications.models import Notification
from groupware.notifications.seeing import seen_by
from teams.commands.tasks import add_task, move_task
from tests.boards import town as boards
from tests.conftest import InProcess, build_house
from tests.directory.town import actor, move, person, unit
from tests.files.office import browser
from tests.governance.hall import town
from tests.meetings import town as meetings
from tests.support.counting import statements
from tests.teams.hall import started
from tests.teams.test_tasks import draft as task

LAST = date(2026, 10, 12)
MORNING = meetings.TUESDAY + timedelta(days=6)      # the Monday after, 10:30 in Japan
Hall = tuple[InProcess, dict[str, Actor]]


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """市民課 puts up a notice, its people meet twice, once among themselves, and its team has done a task."""
    for house in build_house(tmp_path_factory.mktemp("weeks")):
        with clock.at(meetings.TUESDAY):
            people = town()
            people["colleague"] = actor(person("大沢 健", at="0312"))
            below, clerk = f"below:{unit('0310')}", people["clerk"]
            publish_notice(clerk, draft_notice(clerk, boards.board(("read", "all"), ("post", "all")), boards.draft(title="窓口の時間", sender=below)))
            cast = {"secretary": clerk, "chair": people["chief"]}
            for level, name in (("staff", "課内会議"), ("members", "人事の打合せ")):
                sitting = meetings.sitting(cast, meetings.body(cast, level, name))
                meetings.item(clerk, sitting)
                meetings.called(cast, sitting)
            number = add_task(clerk, started(people), task("様式を数える"))
            for state in ("doing", "done"):
                move_task(clerk, number, state)
            db.end_reading()
        yield house, people


@pytest.fixture(autouse=True)
def _the_monday_after() -> Iterator[None]:
    with clock.at(MORNING):
        yield


def titles(house: InProcess, who: Actor, monday: date = LAST) -> list[str]:
    db.end_reading()
    with house.app.test_request_context():
        return [line.title for line in happened(who, week_for(who, unit("0310"), monday))]


def told(who: Actor) -> int:
    db.end_reading()
    rows = db.session.query(Notification).filter_by(user_id=who.user_id, kind=KIND)
    return len(seen_by(who.user_id, [row.ref for row in rows]))


def wants(who: Actor, show: str = "bell") -> None:
    choose_ways(who, WaysDraft.parse({f"show-{KIND}": show}))
    db.end_reading()


def test_each_of_the_section_sees_what_they_may_see_and_nobody_else_anything(hall: Hall) -> None:
    house, people = hall
    assert titles(house, people["clerk"]) == ["窓口の時間", "様式を数える", "第1回 課内会議", "第1回 人事の打合せ"]
    assert titles(house, people["colleague"]) == ["窓口の時間", "第1回 課内会議"]
    assert titles(house, people["clerk"], LAST - timedelta(days=7)) == []
    for who in ("stranger", "adviser", "guest", "mayor"):
        with pytest.raises(NotFound):
            titles(house, people[who])
        assert browser(house, people[who]).get(f"/weeks/{unit('0310')}/{LAST}").status_code == 404


@pytest.mark.parametrize("address", ["2026-10-13", "2026-10-19", "2026-12-07", "1999-01-04", "x", "9999-12-31", "0"])
def test_what_is_no_week_that_is_over_is_not_found(hall: Hall, address: str) -> None:
    house, people = hall
    assert browser(house, people["clerk"]).get(f"/weeks/{unit('0310')}/{address}").status_code == 404


def test_the_page_shows_it_and_asks_little(hall: Hall) -> None:
    house, people = hall
    me = browser(house, people["clerk"])
    assert me.get("/weeks").headers["Location"] == f"/weeks/{unit('0310')}/{LAST}"
    with statements() as asked:
        page = me.get(f"/weeks/{unit('0310')}/{LAST}", headers={"Accept": "text/html"}).text
    assert all(word in page for word in ("市民課の一週間", "窓口の時間", "人事の打合せ", "様式を数える", "4件", "前の週",
                                         "お知らせ（要確認）・市民課", "会議・大会議室", "タスク（完了）・書かない窓口"))
    assert len(asked) <= 22
    assert browser(house, people["guest"]).get("/weeks").status_code in {302, 404}


def test_who_wants_it_is_told_once_in_working_time_and_nobody_else(hall: Hall) -> None:
    _, people = hall
    ill, moved = (actor(person(name, at="0312")) for name in ("病 一", "異動 一"))
    for who in (people["clerk"], people["stranger"], people["guest"], ill, moved):
        wants(who)
    wants(people["colleague"], "never")
    disable_person(SYSTEM, ill.user_id)
    for moment in (MORNING - timedelta(hours=4), MORNING, MORNING + timedelta(hours=1), MORNING + timedelta(days=1)):
        with clock.at(moment):
            tell_weeks()
            db.end_reading()
            assert told(people["clerk"]) == (moment >= MORNING)
    assert [told(people[who]) for who in ("colleague", "stranger", "guest")] == [0, 0, 0]
    assert (told(ill), told(moved)) == (0, 1)
    with clock.at(MORNING + timedelta(days=7)):
        tell_weeks()
        assert told(people["clerk"]) == 1, "nothing came about in the week that followed"


def test_who_has_been_moved_sees_no_more_of_it(hall: Hall) -> None:
    house, _ = hall
    gone = actor(person("転出 一", at="0312"))
    wants(gone)
    tell_weeks()
    assert told(gone) == 1
    move(gone.user_id, "0321", MORNING.date())
    db.forget_reading()
    after = actor(gone.user_id)
    assert [each.name for each in sections_of(after).values()] == ["税務課"]
    assert browser(house, after).get(f"/weeks/{unit('0310')}/{LAST}").status_code == 404
    assert told(after) == 0
