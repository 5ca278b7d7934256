"""A job that nobody can read any more harms no other."""
from groupware.kernel import clock, db, jobs
from groupware.kernel.jobs import Job
from tests.conftest import InProcess


def test_a_job_of_an_unknown_event_is_put_off_with_its_reason(each_house: InProcess) -> None:
    db.write(lambda: db.session.add(Job(event="gone.ThingHappened", body={}, owed=["gone.tell"], due_at=clock.now())))
    assert jobs.drain() == 1
    db.forget_reading()
    job = db.session.query(Job).one()
    assert (job.state, job.attempts, job.owed) == ("waiting", 1, ["gone.tell"])
    assert job.error == "KeyError: 'gone.ThingHappened'"
