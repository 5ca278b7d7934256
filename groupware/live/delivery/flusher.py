"""One greenlet that empties everybody's outbox. Frames that pile up meanwhile leave in one send."""
import logging
from collections import deque
from collections.abc import Iterable

import gevent
from gevent.event import Event

from groupware.kernel.turns import next_turn
from groupware.live.driver.outbox import Outbox

log = logging.getLogger("groupware.live.delivery")
ROUND = 200         # outboxes between two looks at the rest of the world: one or two milliseconds


class Flusher:
    """Answers to one (``soon``) go before broadcasts (``later``): an acknowledgement does not wait behind 3,000 readers."""

    def __init__(self) -> None:
        self.urgent: deque[Outbox] = deque()
        self.bulk: deque[Outbox] = deque()
        self.wake = Event()
        self.greenlet: gevent.Greenlet | None = None

    def soon(self, outbox: Outbox) -> None:
        self.urgent.append(outbox)
        self._wake()

    def later(self, outboxes: Iterable[Outbox]) -> None:
        self.bulk.extend(outboxes)
        self._wake()

    def _wake(self) -> None:
        if self.greenlet is None:
            self.greenlet = gevent.spawn(self._run)
        if not self.wake.is_set():
            self.wake.set()

    def _run(self) -> None:
        while True:
            self.wake.wait()
            self.wake.clear()
            while self.urgent or self.bulk:
                self._round()
                next_turn()

    def _round(self) -> None:
        for _ in range(ROUND):
            queue = self.urgent or self.bulk
            if not queue:
                return
            outbox = queue.popleft()
            outbox.queued = False
            try:
                outbox.flush()
            except Exception:
                log.exception("could not deliver")
                outbox.cut()
