"""One greenlet that pings everybody, notices who does not answer, and puts out who never came in."""
from collections import OrderedDict
from collections.abc import Iterator
from time import monotonic
from typing import Any

import gevent
from engineio.packet import PING, Packet
from gevent.event import Event

from groupware.kernel.turns import next_turn

GRAIN = 0.25        # seconds by which a ping may be late
ROUND = 200

Queue = OrderedDict[Any, float]     # delivery's own Connection, named by no import, or they would go round: when its turn is


class Wheel:
    """All wait equally long, so both queues are in order of time by themselves. Who leaves is forgotten at once, or a thousand strangers
    a second who only knock would all be kept until their turn.
    """

    def __init__(self, engine: Any) -> None:
        self.engine = engine
        self.to_ping, self.to_answer = Queue(), Queue()
        self.wake = Event()
        self.greenlet: gevent.Greenlet | None = None

    def add(self, connection: Any) -> None:
        """It has just come, or just answered; an answer may still arrive from who has left."""
        if connection.closed or connection.closing:
            return
        self.to_answer.pop(connection, None)
        self.to_ping[connection] = monotonic() + self.engine.ping_interval
        if self.greenlet is None:
            self.greenlet = gevent.spawn(self._run)
        self.wake.set()

    def forget(self, connection: Any) -> None:
        self.to_ping.pop(connection, None)
        self.to_answer.pop(connection, None)

    def _run(self) -> None:
        while True:
            self.wake.wait()
            for connection in self._due(self.to_ping):
                self._ping(connection)
            for connection in self._due(self.to_answer):
                self._put_out(connection)
            if not self.to_ping and not self.to_answer:
                self.wake.clear()
            gevent.sleep(GRAIN)

    def _due(self, queue: Queue) -> Iterator[Any]:
        now, count = monotonic(), 0
        while queue and next(iter(queue.values())) <= now:
            yield queue.popitem(last=False)[0]
            count += 1
            if not count % ROUND:
                next_turn()

    def _ping(self, connection: Any) -> None:
        if connection.closed or connection.closing:
            return
        if not connection.inside:
            self._put_out(connection)
            return
        connection.last_ping = now = monotonic()
        self.to_answer[connection] = now + self.engine.ping_timeout
        connection.send(Packet(PING))

    def _put_out(self, connection: Any) -> None:
        gevent.spawn(connection.close, wait=False, abort=True, reason=self.engine.reason.PING_TIMEOUT)
