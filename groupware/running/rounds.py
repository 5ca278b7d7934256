"""The schedules of the helper: kept here, and written down now and then so that somebody may look."""
import logging
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy import delete

from groupware.kernel import clock, db, progress
from groupware.kernel.house import house
from groupware.kernel.jobs import Job
from groupware.running.models import ScheduleRun

log = logging.getLogger(__name__)
FIRST = timedelta(seconds=10)
WRITTEN = timedelta(seconds=20)         # between two writings: some schedules run every few seconds
KEPT = timedelta(days=7)                # jobs that are done


class Rounds:
    def __init__(self) -> None:
        self.due = dict.fromkeys(house.schedules, clock.now() + FIRST)
        self.runs: dict[str, tuple[datetime, int, str | None]] = {}
        self.write_at = clock.now() + FIRST

    def keep(self) -> None:
        """Whatever is due; one that fails keeps no other from running."""
        for name in [name for name, at in self.due.items() if at <= clock.now()]:
            self.due[name] = clock.now() + house.schedules[name].every
            self._run(name)
        if self.runs and self.write_at <= clock.now():
            self.write_at = clock.now() + WRITTEN
            db.write(self._write)

    def _run(self, name: str) -> None:
        begun, at, error = monotonic(), clock.now(), None
        try:
            house.schedules[name].run()
        except Exception as failure:
            log.exception("the schedule %s failed", name)
            error = f"{type(failure).__name__}: {failure}"[:500]
        finally:
            db.forget_reading()
        self.runs[name] = (at, int((monotonic() - begun) * 1000), error)

    def _write(self) -> None:
        for name, (at, milliseconds, error) in sorted(self.runs.items()):
            db.session.merge(ScheduleRun(name=name, at=at, milliseconds=milliseconds, error=error))
        self.runs.clear()


def sweep() -> None:
    """What is done for long, nobody looks at any more."""
    db.write(_sweep)


def _sweep() -> None:
    over = delete(Job).where(Job.state.in_(("done", "dropped")), Job.due_at < clock.now() - KEPT)
    db.session.execute(over.execution_options(synchronize_session=False))
    progress.forget_ended()
