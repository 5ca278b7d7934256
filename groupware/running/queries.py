"""How the work of the helper stands."""
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from groupware.kernel import clock, db
from groupware.kernel.house import house
from groupware.kernel.jobs import Job
from groupware.kernel.progress import Progress, all_progress
from groupware.running.models import ScheduleRun

SHOWN = 100
LATE = timedelta(minutes=1)             # nothing that is due waits so long while a helper lives


@dataclass(frozen=True, slots=True)
class Round:
    """A schedule: ``run`` None when it has not run yet."""

    name: str
    label: str
    every: timedelta
    run: ScheduleRun | None

    @property
    def next_at(self) -> datetime | None:
        return self.run.at + self.every if self.run else None


@dataclass(frozen=True, slots=True)
class Work:
    """``due``: waits and could run now; ``later``: is being done, or waits for another try after a failure; ``dead``: stands still."""

    due: int
    later: list[Job]
    many_later: int
    dead: list[Job]
    many_dead: int
    is_late: bool
    rounds: list[Round]
    progress: list[Progress]


def work() -> Work:
    now = clock.now()
    due, oldest = db.session.execute(select(func.count(), func.min(Job.due_at)).where(Job.state == "waiting", Job.due_at <= now)).one()
    later = select(Job).where(Job.state == "waiting", Job.due_at > now).order_by(Job.due_at)
    dead = select(Job).where(Job.state == "dead").order_by(Job.id.desc())
    counts = dict(db.session.execute(select(Job.state, func.count()).where(Job.state.in_(("waiting", "dead"))).group_by(Job.state)).all())
    return Work(due, list(db.session.scalars(later.limit(SHOWN))), counts.get("waiting", 0) - due, list(db.session.scalars(dead.limit(SHOWN))),
                counts.get("dead", 0), oldest is not None and oldest < now - LATE, _rounds(), all_progress())


def words_of(job: Job) -> str:
    """After what: 「お知らせを載せた」."""
    event = house.events.get(job.event)
    return event.words if event and event.words else job.event


def _rounds() -> list[Round]:
    runs = {run.name: run for run in db.session.scalars(select(ScheduleRun))}
    labels = {feature.name: feature.label for feature in house.features}
    return [Round(name, labels.get(name.partition(".")[0], ""), schedule.every, runs.get(name)) for name, schedule in sorted(house.schedules.items())]
