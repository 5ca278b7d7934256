"""Thousands of signed-in browsers in one thread, just as far as the benchmarks need them: they count what comes, and answer pings."""
import base64
import select
import socket
import struct
import time
from collections.abc import Callable
from random import Random
from typing import Any

from groupware.kernel import json

READ = 1 << 18
AT_ONCE = 50
PATIENCE = 60


class Browser:
    """``deliveries``: changes told by broadcasts of the kind it ``counts``. ``answers``: (id, answer, when) of what it asked."""

    counts = b'42["chat.change"'

    def __init__(self, port: int, cookie: str) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock.sendall((f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
                           f"Connection: Upgrade\r\nSec-WebSocket-Key: {base64.b64encode(b'0' * 16).decode()}\r\nSec-WebSocket-Version: 13\r\n"
                           f"Origin: http://127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n").encode())
        self.rest, self.head, self.inside = b"", True, False
        self.deliveries, self.number = 0, 0
        self.asked: dict[int, float] = {}
        self.answers: list[tuple[dict[str, Any], float]] = []

    def say(self, text: bytes) -> None:
        """Masked with zeros, which leaves the text as it is."""
        length = len(text)
        size = struct.pack("!B", 0x80 | length) if length < 126 else struct.pack("!BH", 0xFE, length)
        self.sock.sendall(b"\x81" + size + b"\0\0\0\0" + text)

    def ask(self, event: str, data: dict[str, Any]) -> None:
        self.number += 1
        self.asked[self.number] = time.perf_counter()
        self.say(f'42{self.number}["{event}",{json.dumps(data)}]'.encode())

    def tell(self, event: str, data: dict[str, Any]) -> None:
        """A signal: nobody answers."""
        self.say(f'42["{event}",{json.dumps(data)}]'.encode())

    def hear(self) -> None:
        data = self.sock.recv(READ)
        if not data:
            raise ConnectionError("the server hung up")
        self.rest += data
        if self.head:
            end = self.rest.find(b"\r\n\r\n")
            if end < 0:
                return
            if b" 101 " not in self.rest[:20]:
                raise ConnectionError(self.rest[:200])
            self.rest, self.head = self.rest[end + 4:], False
        self._frames()

    def _frames(self) -> None:
        rest, at, size = self.rest, 0, len(self.rest)
        while at + 2 <= size:
            length, head = rest[at + 1], 2
            if length == 126:
                length, head = int.from_bytes(rest[at + 2:at + 4], "big"), 4
            elif length == 127:
                length, head = int.from_bytes(rest[at + 2:at + 10], "big"), 10
            if at + head + length > size:
                break
            self._take(rest[at + head:at + head + length])
            at += head + length
        self.rest = rest[at:]

    def _take(self, text: bytes) -> None:
        if text.startswith(self.counts):
            self.deliveries += _many(text)
        elif text.startswith(b"43"):
            number, _, answer = text[2:].partition(b"[")
            self.answers.append((json.loads(answer[:-1]), time.perf_counter() - self.asked.pop(int(number))))
        elif text == b"2":
            self.say(b"3")
        elif text.startswith(b"0"):
            self.say(b"40")
        elif text.startswith(b"40"):
            self.inside = True
        elif text.startswith(b"44"):
            raise ConnectionError(text)


def _many(text: bytes) -> int:
    """How many changes are told at once."""
    _, together, rest = text.partition(b'"changes":[')
    return rest.partition(b"]")[0].count(b",") + 1 if together else 1


class Swarm:
    def __init__(self, port: int, cookies: list[str]) -> None:
        self.port, self.cookies = port, cookies
        self.poll = select.epoll()
        self.browsers: dict[int, Browser] = {}
        for at in range(0, len(cookies), AT_ONCE):
            for cookie in cookies[at:at + AT_ONCE]:
                self._come(cookie)
            self.until(lambda: all(browser.inside for browser in self.browsers.values()))
        self.all = list(self.browsers.values())

    def storm(self, within: float, event: str, data: dict[str, Any]) -> float:
        """Every connection is cut at one moment. Each browser comes back by chance within so many seconds, as the page does, and asks
        for what it has missed. Seconds until all of them have been answered.
        """
        self._scatter()
        dice, began = Random(1), time.perf_counter()      # noqa: S311 (when to come back is no secret)
        due = sorted(((dice.random() * within, cookie) for cookie in self.cookies), reverse=True)
        come, asked = list[Browser](), list[Browser]()
        while due or come or any(browser.asked for browser in asked):
            while due and due[-1][0] <= time.perf_counter() - began:
                come.append(self._come(due.pop()[1]))
            self.turn(0.005)
            for browser in [browser for browser in come if browser.inside]:
                browser.ask(event, data)
                come.remove(browser)
                asked.append(browser)
        self.all = asked
        return time.perf_counter() - began

    def until(self, done: Callable[[], bool], seconds: float = PATIENCE) -> None:
        end = time.perf_counter() + seconds
        while not done():
            if time.perf_counter() > end:
                raise TimeoutError("the server does not keep up")
            self.turn(0.01)

    def listen(self, seconds: float) -> None:
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.turn(min(left, 0.05))

    def turn(self, seconds: float) -> None:
        for fd, _ in self.poll.poll(seconds):
            self.browsers[fd].hear()

    @property
    def deliveries(self) -> int:
        return sum(browser.deliveries for browser in self.all)

    def close(self) -> None:
        self._scatter()
        self.poll.close()

    def _come(self, cookie: str) -> Browser:
        browser = Browser(self.port, cookie)
        self.browsers[browser.sock.fileno()] = browser
        self.poll.register(browser.sock.fileno(), select.EPOLLIN)
        return browser

    def _scatter(self) -> None:
        for fd, browser in self.browsers.items():
            self.poll.unregister(fd)
            browser.sock.close()
        self.browsers.clear()
