"""One open WebSocket: reads messages within the limits, answers pings, says why it closes."""
import socket
import time
from collections.abc import Callable
from typing import Any

import gevent

from groupware.kernel.turns import next_turn
from groupware.live.driver import frames
from groupware.live.driver.budget import Budget, TooMuch
from groupware.live.driver.frames import FrameReader, Message, Violation
from groupware.live.driver.halves import Halves
from groupware.live.driver.limits import Limits
from groupware.live.driver.outbox import Outbox

READ = 16 * 1024
KERNEL_BUFFER = 128 * 1024      # of what the system holds for a browser that does not read (it takes twice as much)
LINGER_SECONDS, LINGER_BYTES = 0.5, 256 * 1024


class WebSocket:
    """``wait``, ``send`` and ``close`` are what engineio asks for; ``outbox`` is for who sends to many."""

    __slots__ = ("__weakref__", "deadline", "halves", "limits", "outbox", "reader", "sock", "turn")

    def __init__(self, sock: Any, limits: Limits, halves: Halves, already_read: bytes = b"") -> None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)
        self.sock, self.limits, self.halves = sock, limits, halves
        self.outbox = Outbox(sock, limits.pending)
        self.reader = FrameReader(limits.stranger, Budget(limits.rate, limits.burst).charge)
        self.reader.feed(already_read)
        self.deadline: float | None = None      # for the message under way
        self.turn = 0.0                         # of the loop, in which it was last heard

    def let_in(self) -> None:
        """The person is known: from now on messages may be long."""
        self.reader.most = self.limits.message

    def wait(self) -> str | None:
        """The next text; None when it is over, for whatever reason."""
        try:
            return self._next_text()
        except TooMuch as flood:
            self._let_wait(flood)
        except Violation as violation:
            self._refuse(violation)
        except (OSError, ValueError):       # ValueError: TLS was closed under our feet
            pass
        return None

    def send(self, text: str) -> None:
        """Raises OSError when it is over: so engineio's own writer learns it."""
        if self.outbox.dead:
            raise BrokenPipeError
        self.outbox.add(frames.text_frame(text.encode()))
        self.outbox.flush()

    def close(self, code: int = frames.NORMAL, reason: str = "") -> None:
        """After all that is waiting."""
        self.outbox.end(frames.close_frame(code, reason), self.limits.farewell_seconds)

    def cut(self) -> None:
        """What was read of its message is dropped at once: until its own turn comes, a hundred others may have been cut as well."""
        self.reader.drop()
        self.outbox.cut()

    def over(self) -> None:
        """Holds nothing any more."""
        self.outbox.drop()
        self.halves.forget(self)

    def _next_text(self) -> str | None:
        while True:
            message = self.reader.take()
            self.halves.note(self, self.reader.held)
            if message:
                self._let_others_speak()
                if message.opcode == frames.TEXT:
                    self.deadline = None
                    return message.text
                ANSWERS[message.opcode](self, message)
            elif data := self._receive():
                self.reader.feed(data)
            else:
                return None

    def _let_others_speak(self) -> None:
        """One message in each turn of the loop, however many are waiting: who floods us waits behind everybody else."""
        loop = gevent.get_hub().loop
        if self.turn == loop.now():
            next_turn()
        self.turn = loop.now()

    def _receive(self) -> bytes:
        self.sock.settimeout(self._patience())
        try:
            return bytes(self.sock.recv(READ))
        except TimeoutError:
            raise Violation(frames.POLICY, "too slow") from None

    def _patience(self) -> float | None:
        """For ever between messages (pings find who is gone), but what was begun must be completed."""
        if not self.reader.begun:
            self.deadline = None
            return None
        now = time.monotonic()
        self.deadline = self.deadline or now + self.limits.frame_seconds
        return max(self.deadline - now, 0.001)

    def _pong(self, ping: Message) -> None:
        self.outbox.add(frames.frame(frames.PONG, ping.payload))
        self.outbox.flush()

    def _answer_close(self, close: Message) -> None:
        self.outbox.end(frames.frame(frames.CLOSE, close.payload), self.limits.farewell_seconds)

    def _ignore(self, message: Message) -> None:
        """A pong nobody asked for is allowed."""

    def _let_wait(self, flood: TooMuch) -> None:
        """Not a byte more is read: whoever floods us stands before a full pipe for a moment, and comes back the later."""
        self.close(flood.code, flood.reason)
        gevent.sleep(LINGER_SECONDS)
        self.outbox.cut()

    def _refuse(self, violation: Violation) -> None:
        """Says why, and reads on for a moment: closing over unread bytes would reset the connection before the reason arrives."""
        self.close(violation.code, violation.reason)
        left = LINGER_BYTES
        with gevent.Timeout(LINGER_SECONDS, False):
            while left > 0 and not self.outbox.dead:
                left -= self._pour_away()
        self.outbox.cut()

    def _pour_away(self) -> int:
        self.sock.settimeout(None)
        try:
            return len(self.sock.recv(READ)) or LINGER_BYTES
        except (OSError, ValueError):
            return LINGER_BYTES


ANSWERS: dict[int, Callable[[WebSocket, Message], None]] = {
    frames.PING: WebSocket._pong, frames.PONG: WebSocket._ignore, frames.CLOSE: WebSocket._answer_close}       # noqa: SLF001
