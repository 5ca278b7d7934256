"""One greenlet that pings everybody, notices who does not answer, and puts out who never came in."""
from collections import deque
from time import monotonic
from typing import Any, NamedTuple

import gevent
from engineio.packet import PING, Packet
from gevent.event import Event

GRAIN = 0.25        # seconds by which a ping may be late
ROUND = 200


class Turn(NamedTuple):
    """``connection`` is delivery's own Connection, which knows this wheel: named by no import, or they would go round."""

    at: float
    connection: Any
    stamp: float = 0.0


class Wheel:
    """All wait equally long, so both queues are in order of time by themselves."""

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.to_ping: deque[Turn] = deque()
        self.to_answer: deque[Turn] = deque()
        self.wake = Event()
        self.greenlet: gevent.Greenlet | None = None

    def add(self, connection: Any) -> None:
        """It has just come, or just answered."""
        self.to_ping.append(Turn(monotonic() + self.engine.ping_interval, connection))
        if self.greenlet is None:
            self.greenlet = gevent.spawn(self._run)
        self.wake.set()

    def _run(self) -> None:
        while True:
            self.wake.wait()
            for turn in self._due(self.to_ping):
                self._ping(turn.connection)
            for turn in self._due(self.to_answer):
                self._look_for_answer(turn)
            if not self.to_ping and not self.to_answer:
                self.wake.clear()
            gevent.sleep(GRAIN)

    def _due(self, turns: deque[Turn]) -> Any:
        now, count = monotonic(), 0
        while turns and turns[0].at <= now:
            yield turns.popleft()
            count += 1
            if not count % ROUND:
                gevent.sleep(0)

    def _ping(self, connection: Any) -> None:
        if connection.closed or connection.closing:
            return
        if not connection.inside:
            self._put_out(connection)
            return
        connection.last_ping = now = monotonic()
        connection.send(Packet(PING))
        self.to_answer.append(Turn(now + self.engine.ping_timeout, connection, now))

    def _look_for_answer(self, turn: Turn) -> None:
        if turn.connection.last_ping == turn.stamp and not turn.connection.closed:
            self._put_out(turn.connection)

    def _put_out(self, connection: Any) -> None:
        gevent.spawn(connection.close, wait=False, abort=True, reason=self.engine.reason.PING_TIMEOUT)
