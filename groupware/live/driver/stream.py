"""What a request is read from. Who sends slowly to hold a connection open is left; who sends too much is not read."""
import errno
import time
from typing import Any

from groupware.live.driver.limits import Limits

READ = 64 * 1024


class TooMuch(ConnectionResetError):
    """More than was allowed. pywsgi passes over a ConnectionResetError in silence."""

    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "too much")


class TooSlow(ConnectionResetError):
    def __init__(self) -> None:
        super().__init__(errno.ECONNRESET, "too slow")


class Stream:
    """Stands where pywsgi expects a buffered file. ``await_request``, then ``expect_head``, then ``expect_body``."""

    closed = False
    torn = False                    # a request was left in its midst

    def __init__(self, sock: Any, limits: Limits) -> None:
        self.sock, self.limits = sock, limits
        self.buffer = b""
        self.left = 0                   # bytes that may still come
        self.began = 0.0
        self.taken = 0                  # bytes of the body so far
        self.grace, self.rate = 0.0, 0

    def await_request(self) -> bool:
        """False when none comes."""
        self.left, self.grace, self.rate = self.limits.head, self.limits.idle_seconds, 0
        self._start()
        return bool(self.buffer) or self._read_more()

    def expect_head(self) -> None:
        self.left, self.grace, self.rate = self.limits.head, self.limits.head_seconds, 0
        self._start()

    def expect_body(self, most: int) -> None:
        self.left, self.grace, self.rate = most, self.limits.body_seconds, self.limits.body_rate
        self._start()

    def left_over(self) -> bytes:
        """What came behind the head."""
        data, self.buffer = self.buffer, b""
        return data

    def readline(self, size: int = -1) -> bytes:
        most = READ if size is None or size < 0 else size
        while (end := self.buffer.find(b"\n", 0, most)) < 0 and len(self.buffer) < most:
            if not self._read_more():
                break
        return self._give(end + 1 or min(most, len(self.buffer)))

    def read(self, size: int = -1) -> bytes:
        """Exactly so many bytes, fewer only at the end of the connection. Without a size there is no end to read to."""
        parts = []
        while size > 0:
            if not self.buffer and not self._read_more():
                break
            parts.append(self._give(min(size, len(self.buffer))))
            size -= len(parts[-1])
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def _start(self) -> None:
        self.began, self.taken = time.monotonic(), 0

    def _give(self, count: int) -> bytes:
        given, self.buffer = self.buffer[:count], self.buffer[count:]
        self.left -= count
        if self.left < 0:
            self.torn = True
            raise TooMuch
        return given

    def _read_more(self) -> bool:
        self.sock.settimeout(self._patience())
        try:
            data = self.sock.recv(READ)
        except TimeoutError:
            self.torn = True
            raise TooSlow from None
        self.buffer += data
        self.taken += len(data)
        return bool(data)

    def _patience(self) -> float:
        """A head has so many seconds as a whole. A body has them before each piece, and must keep up a rate as a whole."""
        kept_up = self.taken / self.rate if self.rate else 0.0
        left = self.began + self.grace + kept_up - time.monotonic()
        return min(max(left, 0.001), self.grace)
