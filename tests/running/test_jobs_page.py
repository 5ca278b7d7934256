"""What stands still is shown, tried again or given up; how far long work is; when each schedule ran."""
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from groupware.kernel import clock, db, progress
from groupware.kernel.house import house as the_house
from groupware.kernel.jobs import Job, Schedule, drain, hold_all
from groupware.running.commands import drop_jobs, retry_jobs
from groupware.running.models import ScheduleRun
from groupware.running.queries import work
from groupware.running.rounds import Rounds, sweep
from tests.auth.hall import CityHall
from tests.chat.town import person, room, say
from tests.directory.town import audited

pytestmark = pytest.mark.usefixtures("house")


def stand_still(many: int = 1) -> list[int]:
    """Their numbers."""
    db.write(lambda: db.session.add_all(Job(event="gone.ThingHappened", body={}, owed=["gone.tell"], due_at=clock.now(), state="dead", attempts=8,
                                            error="KeyError: 'gone'") for _ in range(many)))
    return [job.id for job in db.session.query(Job).where(Job.state == "dead").order_by(Job.id)]


@pytest.fixture
def desk(house: Any) -> FlaskClient:
    """The administrator's browser."""
    hall = CityHall(house)
    hall.add("000001", role="administrator")
    return hall.signed_in("000001")


def test_what_stands_still_is_tried_again_or_given_up_and_both_are_written_down(desk: FlaskClient) -> None:
    first, second, third = stand_still(3)
    page = desk.get("/running").text
    assert "gone.ThingHappened" in page
    assert "KeyError" in page
    assert desk.post("/running/retrial", data={"job": str(first)}).status_code == 303
    assert desk.post("/running/removal", data={"job": str(second)}).status_code == 303
    assert desk.post("/running/removal", data={"job": str(second)}).status_code == 303      # a second press changes nothing
    assert desk.post("/running/retrial").status_code == 303
    db.forget_reading()
    states = {job.id: job.state for job in db.session.query(Job)}
    assert [states[number] for number in (first, second, third)] == ["waiting", "dropped", "waiting"]
    assert audited("running.JobsRetried") == [{"job_id": first, "many": 1}, {"job_id": 0, "many": 1}]
    assert audited("running.JobsDropped") == [{"job_id": second, "many": 1}]


def test_nobody_but_the_administrator_sees_or_moves_the_work(house: Any) -> None:
    hall = CityHall(house)
    hall.add("000002")
    clerk = hall.signed_in("000002")
    stand_still()
    assert clerk.get("/running").status_code == 403
    assert clerk.post("/running/retrial").status_code == 403
    assert work().many_dead == 1


def test_work_held_after_a_restore_runs_only_when_somebody_says_so() -> None:
    boss = person("蓮見 亮介", roles=("administrator",))
    owner = person()
    say(owner, room(owner))
    held = db.write(lambda: hold_all("控えから戻したため"))
    assert held > 0
    assert drain() == 0
    retry_jobs(boss)
    assert drain() == held
    drop_jobs(boss)
    db.end_reading()
    assert work().many_dead == 0


def test_long_work_says_how_far_it_is_and_how_it_ended() -> None:
    progress.report("bundle.7", "第3回の一冊", 2, 10)
    progress.report("bundle.7", "第3回の一冊", 6, 10)
    found = progress.progress_of("bundle.7")
    assert found
    assert (found.done, found.total, found.ended_at) == (6, 10, None)
    progress.finish("bundle.7", "紙が足りません")
    db.forget_reading()
    assert [(each.error, each.ended_at is not None) for each in work().progress] == [("紙が足りません", True)]
    progress.report("bundle.7", "第3回の一冊", 0, 10)
    db.forget_reading()
    assert [each.ended_at for each in work().progress] == [None]


def test_each_schedule_says_when_it_ran_and_one_that_fails_keeps_no_other_from_running() -> None:
    ran = list[str]()

    def fail() -> None:
        raise ValueError("no paper")
    the_house.schedules.clear()
    the_house.schedules.update({"a.fails": Schedule("a.fails", timedelta(minutes=1), fail),
                                "b.runs": Schedule("b.runs", timedelta(hours=1), lambda: ran.append("b"))})
    rounds = Rounds()
    rounds.keep()
    assert ran == []
    with clock.at(clock.now() + timedelta(seconds=11)):
        rounds.keep()
        rounds.keep()
    assert ran == ["b"]
    db.forget_reading()
    assert {run.name: run.error for run in db.session.query(ScheduleRun)} == {"a.fails": "ValueError: no paper", "b.runs": None}
    following = {each.name: each.next_at for each in work().rounds}
    assert following["b.runs"]
    assert following["b.runs"] > clock.now() + timedelta(minutes=50)


def test_what_is_done_for_a_week_is_swept_and_what_stands_still_is_not() -> None:
    stand_still()
    owner = person()
    say(owner, room(owner))
    while drain():
        db.forget_reading()
    with clock.at(clock.now() + timedelta(days=8)):
        sweep()
    db.forget_reading()
    assert {job.state for job in db.session.query(Job)} == {"dead"}
