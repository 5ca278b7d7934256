"""Work that stands still is tried again, or given up."""
from sqlalchemy import update

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.jobs import Job
from groupware.running.events import JobsDropped, JobsRetried
from groupware.running.permissions import Running


@command(Running.KEEP)
def retry_jobs(actor: Actor, job_id: int = 0) -> None:
    """One, or with 0 all that stand still: from the first attempt."""
    many = _change(job_id, state="waiting", attempts=0, due_at=clock.now(), error=None)
    record(actor, JobsRetried(job_id, many))


@command(Running.KEEP)
def drop_jobs(actor: Actor, job_id: int = 0) -> None:
    """What they were and why they stood still remains to be read."""
    many = _change(job_id, state="dropped")
    record(actor, JobsDropped(job_id, many))


def _change(job_id: int, **values: object) -> int:
    """A second press changes nothing."""
    which = update(Job).where(Job.state == "dead")
    if job_id:
        which = which.where(Job.id == job_id)
    many: int = db.session.execute(which.values(**values).execution_options(synchronize_session=False)).rowcount      # type: ignore[attr-defined]
    if not many:
        raise Already(None)
    return many
