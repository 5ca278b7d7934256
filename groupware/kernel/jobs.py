"""Durable work: a row written in the command's transaction, drained by the helper process.

A job is one event and the reactions still owed to it. It is leased while it runs; a lease which ran out is anybody's again,
and only the holder of the newest lease (``fence``) may finish it.
"""
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Index, bindparam, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel import clock, db
from groupware.kernel.db import Base, BigId
from groupware.kernel.events import Event, Fact
from groupware.kernel.house import house
from groupware.kernel.prepared import Prepared
from groupware.kernel.reactions import perform

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8
BATCH = 20


@dataclass(frozen=True, slots=True)
class Schedule:
    """Work that comes round: ``run()`` every ``every``, in the helper process."""

    name: str
    every: timedelta
    run: Callable[[], None]


class Job(Base):
    __tablename__ = "kernel_job"
    __table_args__ = (Index("ix_kernel_job_due", "state", "due_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    event: Mapped[str]
    body: Mapped[dict[str, Any]]
    owed: Mapped[list[Any]]                     # names of the reactions still to run
    state: Mapped[str] = mapped_column(default="waiting")       # waiting, done, dead
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]


NEW = Prepared(insert(Job.__table__), ("event", "body", "owed", "due_at", "state", "attempts", "fence"))      # type: ignore[arg-type]
DUE = Prepared(select(Job.id).where(Job.state == "waiting", Job.due_at <= bindparam("now")).limit(1))


def enqueue(connection: Connection, facts: list[Fact]) -> None:
    """Registered before the commit: one row for each event that somebody reacts to later."""
    now = clock.now()
    rows = [{"event": fact.event.name(), "body": fact.event.as_dict(), "owed": sorted(house.later[type(fact.event)]), "due_at": now,
             "state": "waiting", "attempts": 0, "fence": 0}
            for fact in facts if house.later.get(type(fact.event))]
    if rows:
        NEW.run_many(connection, rows)


def drain() -> int:
    """Run what is due, one batch; returns how many jobs were taken. Settled together: on SQLite every transaction of ours keeps people
    waiting, so none is begun before something is due.
    """
    if not db.ask(DUE, {"now": clock.now()}):
        return 0
    taken = db.write(_lease)
    served: set[str] = set()
    outcomes = [(job, *_run(job, served)) for job in taken]
    if outcomes:
        db.write(lambda: _settle(outcomes))
    return len(taken)


def waiting() -> int:
    """How many jobs are not finished and not dead (for tests and for the metrics)."""
    return len(db.session.scalars(select(Job.id).where(Job.state == "waiting")).all())


def hold_all(why: str) -> int:
    """Inside a command: whatever waits is put aside until somebody says so. How many."""
    held = update(Job).where(Job.state == "waiting").values(state="dead", error=why)
    return db.unit().connection.execute(held).rowcount


def _lease() -> list[Job]:
    due = select(Job).where(Job.state == "waiting", Job.due_at <= clock.now()).order_by(Job.id).limit(BATCH).with_for_update(skip_locked=True)
    jobs = list(db.session.scalars(due))
    for job in jobs:
        job.fence += 1
        job.attempts += 1
        job.due_at = clock.now() + LEASE
    return jobs


def _run(job: Job, served: set[str]) -> tuple[list[str], str | None]:
    """What is owed still, and why. ``served``: reactions of which one run in this batch was enough."""
    owed, error = [], None
    for name in job.owed:
        failure = None if name in served else _try(job, name)
        if failure:                         # one reaction never harms another; what failed is owed still
            owed.append(name)
            error = failure
        elif name in house.for_all:
            served.add(name)
    return owed, error


def _try(job: Job, name: str) -> str | None:
    try:
        event = _event(job)                 # read inside: what nobody can read any more harms no other job
        perform(house.later[type(event)][name], event)
    except Exception as failure:
        log.exception("job %d: %s failed", job.id, name)
        return f"{type(failure).__name__}: {failure}"[:500]
    finally:
        db.forget_reading()
    return None


def _event(job: Job) -> Event:
    return house.events[job.event].from_dict(job.body)


def _settle(outcomes: list[tuple[Job, list[str], str | None]]) -> None:
    for job, owed, error in outcomes:
        mine = update(Job).where(Job.id == job.id, Job.fence == job.fence)
        db.unit().connection.execute(mine.values(_state_after(job, owed, error)))


def _state_after(job: Job, owed: list[str], error: str | None) -> dict[str, Any]:
    if not owed:
        return {"state": "done", "owed": []}
    if job.attempts >= MOST_ATTEMPTS:
        return {"state": "dead", "owed": owed, "error": error}
    return {"owed": owed, "error": error, "due_at": clock.now() + timedelta(seconds=2 ** job.attempts)}
