"""When to look for work: for the threads of the helper, which have nothing to do until somebody has written something."""
import threading
from collections.abc import Callable
from time import monotonic

from groupware.kernel import db

ANYHOW = 2.0            # seconds: what falls due by itself is written by nobody


class Lookout:
    """SQLite has a number that changes with every commit of anybody, and asking for it costs next to nothing. Elsewhere one looks each time."""

    def __init__(self) -> None:
        self.marker = db.marker()
        self.seen: object = None
        self.anyhow_at = 0.0

    def something_new(self) -> bool:
        """Since it was asked last somebody may have written, or it is time to look anyhow."""
        before, self.seen = self.seen, self.marker()
        if self.seen == before and self.seen is not None and monotonic() < self.anyhow_at:
            return False
        self.anyhow_at = monotonic() + ANYHOW
        return True


def work_whenever(look: Callable[[], object], stop: threading.Event, pause: float) -> None:
    """``look`` says whether there was anything to do: then there may be more."""
    lookout, busy = Lookout(), True
    while not stop.is_set():
        busy = bool((busy or lookout.something_new()) and look())
        if not busy:
            db.forget_reading()
            stop.wait(pause)
