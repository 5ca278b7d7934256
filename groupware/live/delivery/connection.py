"""One browser as engineio knows it. While it polls, the library's queue serves it; on a WebSocket everything leaves by its outbox."""
from collections.abc import Callable, Iterator
from typing import Any

import gevent
from engineio.exceptions import ContentTooLongError, SocketIsClosedError, UnknownPacketError
from engineio.packet import NOOP, PING, Packet
from engineio.socket import Socket

from groupware.kernel.turns import next_turn
from groupware.live.delivery.flusher import Flusher
from groupware.live.delivery.wheel import Wheel
from groupware.live.driver import frames
from groupware.live.driver.budget import Budget
from groupware.live.driver.frames import Violation
from groupware.live.driver.limits import Limits
from groupware.live.driver.outbox import Outbox
from groupware.live.driver.websocket import WebSocket

PING_FRAME = frames.text_frame(b"2")


class Nowhere:
    """In place of the queue of who no longer polls."""

    def put(self, packet: object) -> None:
        """Nobody would take it out again."""


class Connection(Socket):
    """Made by the library and adopted before its first use: it names its class in the midst of a long function."""

    flusher: Flusher
    wheel: Wheel
    limits: Limits
    queue: Any
    last_ping: float | None             # when one was sent that has not been answered
    outbox: Outbox | None = None
    budget: Budget | None = None        # on a WebSocket frames are counted where they are read
    inside = False                      # let in by the application; said by the driver
    waiting = 0                         # bytes for a browser that polls

    def send(self, pkt: Packet) -> None:
        """In the order of the calls, whichever way they came."""
        if self.closed:
            raise SocketIsClosedError
        if self.outbox is None:
            self.enqueue(pkt)
        else:
            self.outbox.add(PING_FRAME if pkt.packet_type == PING else frame_of(pkt))
            self.flusher.soon(self.outbox)

    def enqueue(self, pkt: Packet) -> None:
        """For who polls: bounded too."""
        self.waiting += len(pkt.data or "")
        if self.waiting > self.limits.pending:
            gevent.spawn(self.close, wait=False, abort=True, reason=self.server.reason.TRANSPORT_ERROR)
        else:
            self.queue.put(pkt)

    def poll(self) -> list[Packet]:
        packets: list[Packet] = super().poll()
        self.waiting = 0
        return packets

    def schedule_ping(self) -> None:
        if self.last_ping:
            self.last_ping = None
            self.wheel.add(self)

    def handle_post_request(self, environ: dict[str, Any]) -> None:
        most = self.limits.message if self.inside else self.limits.stranger
        if int(environ.get("CONTENT_LENGTH", 0)) > most:
            raise ContentTooLongError
        self.budget = self.budget or Budget(self.limits.rate, self.limits.burst)
        try:
            super().handle_post_request(environ)
        except (ValueError, Violation):         # what was posted cannot be read, or is too much: the library answers 400 and disconnects
            raise SocketIsClosedError from None

    def receive(self, pkt: Packet) -> None:
        if self.outbox is None and self.budget:
            self.budget.charge(len(pkt.data or ""))
            next_turn()             # hundreds may come in one post
        super().receive(pkt)

    def close(self, wait: bool = True, abort: bool = False, reason: str | None = None) -> None:    # noqa: FBT001, FBT002 (the library's)
        """What is waiting is still sent, unless aborted. Never waits."""
        if self.closed or self.closing:
            return
        super().close(wait=False, abort=abort, reason=reason)
        self.wheel.forget(self)
        self.server.sockets.pop(self.sid, None)
        if self.outbox and abort and reason != self.server.reason.CLIENT_DISCONNECT:
            self.outbox.cut()
        elif self.outbox:
            self.outbox.end(frames.close_frame(frames.NORMAL), self.limits.farewell_seconds)

    def _websocket_handler(self, ws: WebSocket) -> tuple[()]:
        if not self.connected or self._changes_over(ws):
            self._begin(ws)
            self._read(ws)
            self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
        return ()

    def _changes_over(self, ws: WebSocket) -> bool:
        """From polling: two words each way, then the poll under way ends and the WebSocket takes over."""
        self.upgrading = True
        with gevent.Timeout(self.limits.frame_seconds, False):
            if ws.wait() == "2probe":
                ws.send("3probe")
                self.queue.put(Packet(NOOP))
                if ws.wait() == "5" and self.outbox is None and not self.closed:
                    return True
        self.upgrading = False
        return False

    def _begin(self, ws: WebSocket) -> None:
        """Not a moment passes between the last packet of the queue and the first one of the outbox."""
        queue, self.queue = self.queue, Nowhere()
        self.outbox = ws.outbox
        self.connected, self.upgraded, self.upgrading = True, True, False
        for packet in drained(queue):
            self.send(packet)
        queue.put(None)         # should a poll still hang on it

    def _read(self, ws: WebSocket) -> None:
        while (text := ws.wait()) is not None:
            try:
                self.receive(Packet(encoded_packet=text))
            except (ValueError, UnknownPacketError, SocketIsClosedError):
                return
            if self.closed:
                return


class Connections(dict[str, Socket]):
    """engineio's table of its sockets; who comes in is adopted."""

    def __init__(self, adopt: Callable[[Socket], None]) -> None:
        super().__init__()
        self.adopt = adopt

    def __setitem__(self, sid: str, socket: Socket) -> None:
        self.adopt(socket)
        super().__setitem__(sid, socket)


def frame_of(packet: Packet) -> bytes:
    return frames.text_frame(packet.encode().encode())


def drained(queue: Any) -> Iterator[Packet]:
    while not queue.empty():
        packet = queue.get(block=False)
        if packet and packet.packet_type != NOOP:
            yield packet
