"""Bytes on their way to one browser: whole frames, in order, by non-blocking sends, never more than a bound.

A frame that goes to many is one object in many outboxes: who does not read costs a list, not a copy.
"""
import socket
import ssl
import struct
from collections.abc import Callable
from typing import Any

import gevent

AT_ONCE = 64 * 1024         # bytes that are joined for one send
RESET = struct.pack("ii", 1, 0)         # SO_LINGER: what nobody reads is not kept by the system either
WRITABLE = 2


class Outbox:
    """``add`` frames, ``flush`` later; what the system does not take goes out by itself as soon as it does."""

    __slots__ = ("dead", "frames", "most", "offset", "open", "queued", "send", "size", "sock", "watcher")

    def __init__(self, sock: Any, most: int) -> None:
        self.sock, self.most = sock, most
        self.send = non_blocking_send(sock)
        self.frames: list[bytes] = []
        self.size = 0               # bytes waiting
        self.offset = 0             # of the first frame: what has been sent of it
        self.watcher: Any = None    # there while the system takes no more
        self.open = True            # until the last word
        self.dead = False           # and then, sooner or later
        self.queued = False         # somebody will flush it

    def add(self, frame: bytes) -> None:
        if self.open:
            self.frames.append(frame)
            self.size += len(frame)
            if self.size > self.most:
                self._make_room()

    def flush(self) -> None:
        """Returns at once, whatever the browser does."""
        while self.frames and self.watcher is None:
            self._send_next()
        if not (self.open or self.dead or self.frames):
            self._shutdown(socket.SHUT_WR)

    def end(self, last: bytes, seconds: float) -> None:
        """After what is waiting comes ``last``, then no more. A browser that does not take it in time is cut off."""
        if self.open:
            self.add(last)
            self.open = False
            gevent.spawn_later(seconds, self.cut)
            self.flush()

    def cut(self) -> None:
        """At once, and all that was waiting is forgotten. The connection's reader wakes and finds the end."""
        if not self.dead:
            self.drop()
            self._shutdown(socket.SHUT_RDWR)

    def drop(self) -> None:
        """The connection is over: holds nothing any more."""
        self.dead, self.open = True, False
        self._stop_watching()
        self.frames.clear()
        self.size = self.offset = 0

    def _make_room(self) -> None:
        """Who reads may be sent more than the bound in one go; who does not is cut off."""
        self.flush()
        if self.size > self.most:
            self.cut()

    def _send_next(self) -> None:
        data = self.frames[0] if len(self.frames) == 1 and not self.offset else self._joined()
        try:
            sent = self.send(data)
        except BlockingIOError:
            sent = 0
        except (OSError, ValueError):       # the connection is gone; its reader sees that too
            self.cut()
            return
        if sent == self.size:
            self.frames.clear()
            self.size = self.offset = 0
        else:
            self._keep_rest(sent, len(data))

    def _joined(self) -> bytes:
        count = len(self.frames) if self.size <= AT_ONCE else self._count_for_one_send()
        return b"".join(self.frames[:count])[self.offset:]

    def _count_for_one_send(self) -> int:
        total = 0
        for count, frame in enumerate(self.frames, 1):
            total += len(frame)
            if total >= AT_ONCE:
                return count
        return len(self.frames)

    def _keep_rest(self, sent: int, offered: int) -> None:
        """The frames themselves, which others share, and how far into the first of them."""
        self.size -= sent
        self.offset += sent
        whole = 0
        while self.offset >= len(self.frames[whole]):
            self.offset -= len(self.frames[whole])
            whole += 1
        del self.frames[:whole]
        if sent < offered:
            self._wait_for_room()

    def _wait_for_room(self) -> None:
        self.watcher = gevent.get_hub().loop.io(self.sock.fileno(), WRITABLE)
        self.watcher.start(self._there_is_room)

    def _there_is_room(self) -> None:
        self._stop_watching()
        self.flush()

    def _stop_watching(self) -> None:
        if self.watcher is not None:
            self.watcher.stop()
            self.watcher.close()
            self.watcher = None

    def _shutdown(self, how: int) -> None:
        raw = self.sock._sock       # noqa: SLF001 (gevent's own shutdown would raise in the reader instead of ending it)
        try:
            if how == socket.SHUT_RDWR:
                raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            raw.shutdown(how)
        except OSError:
            pass                    # it was over already


def non_blocking_send(sock: Any) -> Callable[[bytes], int]:
    """Past gevent: one system call, or BlockingIOError. Through TLS where there is TLS."""
    if not isinstance(sock, ssl.SSLSocket) and not hasattr(sock, "_sslobj"):
        return sock._sock.send      # noqa: SLF001

    def send(data: bytes) -> int:
        try:
            return int(sock._sslobj.write(data))        # noqa: SLF001
        except (ssl.SSLWantWriteError, ssl.SSLWantReadError):
            raise BlockingIOError from None
    return send
