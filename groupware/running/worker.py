"""The helper process: never patched, so that blocking work blocks nobody. Drains jobs, keeps the schedules, and runs what features want beside."""
import logging
import os
import signal
import threading
from collections.abc import Callable

from flask import current_app

from groupware.kernel import db, jobs, trace
from groupware.kernel.house import house
from groupware.kernel.lookout import Lookout
from groupware.running.rounds import Rounds

log = logging.getLogger(__name__)
PAUSE = 0.2                 # seconds between looks when there was nothing to do
stop = threading.Event()


def work() -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    beside = [_beside(act) for feature in house.features for act in feature.beside]
    parent, rounds, lookout, taken = os.getppid(), Rounds(), Lookout(), 1
    while not stop.is_set() and os.getppid() == parent:
        taken = _safely(jobs.drain) if taken or lookout.something_new() else 0
        _safely(rounds.keep)
        if not taken:
            stop.wait(PAUSE)
    stop.set()
    for thread in beside:
        thread.join()


def _beside(act: Callable[[threading.Event], None]) -> threading.Thread:
    """In the application's context, and begun again when it fails."""
    app = current_app._get_current_object()     # type: ignore[attr-defined]  # noqa: SLF001 (a thread has no context of its own)

    def run() -> None:
        with app.app_context():
            while not stop.is_set():
                _safely(lambda: act(stop))
    thread = threading.Thread(target=run, name=f"{act.__module__}.{act.__name__}")
    thread.start()
    return thread


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
