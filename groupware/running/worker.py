"""The helper process: never patched, so that blocking work blocks nobody. Drains jobs and keeps the schedules."""
import logging
import os
import signal
import threading
from datetime import datetime, timedelta

from groupware.kernel import clock, db, jobs, trace
from groupware.kernel.house import house

log = logging.getLogger(__name__)
PAUSE = 0.2                 # seconds between looks when there was nothing to do
stop = threading.Event()


def work() -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    parent, due = os.getppid(), dict.fromkeys(house.schedules, clock.now() + timedelta(seconds=10))
    while not stop.is_set() and os.getppid() == parent:
        taken = _safely(jobs.drain)
        _safely(lambda: _keep_schedules(due))
        if not taken:
            stop.wait(PAUSE)


def _keep_schedules(due: dict[str, datetime]) -> None:
    for name in [name for name, at in due.items() if at <= clock.now()]:
        due[name] = clock.now() + house.schedules[name].every
        _safely(house.schedules[name].run)


def _safely(act: object) -> int:
    try:
        with trace.through("worker"):
            return act() or 0       # type: ignore[operator]
    except Exception:
        log.exception("the helper goes on after this")
        stop.wait(1)
        return 0
    finally:
        db.forget_reading()
