"""A browser's two doors, made of plain sockets: ``Line`` is its WebSocket, ``Door`` its requests. Both fail at once when they are cut."""
import base64
import http.client
import os
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from typing import Any
from urllib.parse import urlencode

import gevent
from gevent.event import AsyncResult, Event
from gevent.lock import RLock

from groupware.kernel import json

PATIENCE = 4            # seconds for an answer; a browser has 8
FORM = "application/x-www-form-urlencoded"
TEXT, CLOSE = 1, 8
UNMASKED = b"\0\0\0\0"
Hear = Callable[[str, Any], None]


class Cut(Exception):
    """No answer: what was asked may have happened or not."""


class Line:
    """Signed in and let in when it is made, or Cut is raised. ``hear(event, data)`` gets what is broadcast, and must not wait."""

    def __init__(self, port: int, cookie: str, hear: Hear) -> None:
        self.hear, self.over, self.numbers = hear, Event(), count(1)
        self.asked: dict[int, AsyncResult] = {}
        self.buffer = b""
        try:
            self.sock = socket.create_connection(("127.0.0.1", port), PATIENCE)
            self._enter(port, cookie)
        except (OSError, ValueError) as trouble:
            self.close()
            raise Cut from trouble
        gevent.spawn(self._listen)

    def ask(self, event: str, data: dict[str, Any]) -> dict[str, Any]:
        """The acknowledgement. Raises Cut."""
        number, answer = next(self.numbers), AsyncResult()
        self.asked[number] = answer
        try:
            self._say(f"42{number}{json.dumps([event, data])}")
            return answer.get(timeout=PATIENCE)
        except (OSError, gevent.Timeout) as trouble:
            raise Cut from trouble
        finally:
            self.asked.pop(number, None)

    def close(self) -> None:
        self.over.set()
        if "sock" in vars(self):
            self.sock.close()

    def _enter(self, port: int, cookie: str) -> None:
        key = base64.b64encode(os.urandom(16)).decode()
        self.sock.sendall((f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
                           f"Cookie: {cookie}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                           f"Sec-WebSocket-Key: {key}\r\n\r\n").encode())
        head = self._until(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 101"):
            raise ConnectionRefusedError(head[:80])
        self._text()
        self._say("40")
        if not self._text().startswith("40"):
            raise ConnectionRefusedError("not let in")
        self.sock.settimeout(60)        # the server pings every 25 s

    def _listen(self) -> None:
        with suppress(OSError, ValueError):
            while not self.over.is_set():
                self._take(self._text())
        self.close()
        for answer in list(self.asked.values()):
            answer.set_exception(ConnectionResetError())

    def _take(self, text: str) -> None:
        if text == "2":
            self._say("3")
        elif text.startswith("43"):
            number, _, body = text[2:].partition("[")
            answer = self.asked.get(int(number))
            if answer:
                answer.set(json.loads("[" + body)[0])
        elif text.startswith("42"):
            event, data = [*json.loads(text[2:]), None][:2]
            self.hear(event, data)
        elif text.startswith("41"):
            raise ConnectionResetError("sent away")

    def _say(self, text: str) -> None:
        self.sock.sendall(frame(text.encode()))

    def _text(self) -> str:
        while True:
            first, length = self._exactly(2)
            if length > 125:
                length = int.from_bytes(self._exactly(2 if length == 126 else 8), "big")
            payload = self._exactly(length)
            if first & 15 == CLOSE:
                raise ConnectionResetError("closed")
            if first & 15 == TEXT:
                return payload.decode()

    def _until(self, mark: bytes) -> bytes:
        while mark not in self.buffer:
            self._more()
        found, _, self.buffer = self.buffer.partition(mark)
        return found

    def _exactly(self, size: int) -> bytes:
        while len(self.buffer) < size:
            self._more()
        found, self.buffer = self.buffer[:size], self.buffer[size:]
        return found

    def _more(self) -> None:
        data = self.sock.recv(1 << 16)
        if not data:
            raise ConnectionResetError("gone")
        self.buffer += data


class Door:
    """One request after another over a connection that is kept while it lasts."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, dict[str, str]()
        self.connection: http.client.HTTPConnection | None = None
        self.turn = RLock()

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str) -> tuple[int, Any]:
        return self._request("GET", path, None, "")

    def post(self, path: str, data: dict[str, Any]) -> tuple[int, Any]:
        return self._request("POST", path, json.dumps(data), "application/json")

    def send_form(self, path: str, fields: dict[str, Any]) -> int:
        return self._request("POST", path, urlencode(fields), FORM)[0]

    def close(self) -> None:
        if self.connection:
            self.connection.close()
        self.connection = None

    def _request(self, method: str, path: str, body: str | None, kind: str) -> tuple[int, Any]:
        """Raises Cut; also for half an answer, which http.client may take for a whole one."""
        with self.turn:
            try:
                return self._exchange(method, path, body, kind)
            except (OSError, http.client.HTTPException, ValueError) as trouble:
                self.close()
                raise Cut from trouble

    def _exchange(self, method: str, path: str, body: str | None, kind: str) -> tuple[int, Any]:
        self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Origin": f"http://127.0.0.1:{self.port}", "Sec-Fetch-Site": "same-origin", "Accept": "application/json", "Cookie": self.cookie}
        self.connection.request(method, path, body and body.encode(), headers | ({"Content-Type": kind} if kind else {}))
        answer = self.connection.getresponse()
        data = answer.read()
        for given in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, json.loads(data) if kind != FORM else None


def frame(payload: bytes) -> bytes:
    size = len(payload)
    length = bytes((0x80 | size,)) if size < 126 else struct.pack("!BH", 0xFE, size) if size < 1 << 16 else struct.pack("!BQ", 0xFF, size)
    return bytes((0x80 | TEXT,)) + length + UNMASKED + payload
