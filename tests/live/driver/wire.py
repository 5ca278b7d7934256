"""A browser made of a plain socket: it can do what no real one would."""
import base64
import json
import os
import re
import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Self

from groupware.live.driver.frames import CLOSE, TEXT, unmask

KEY = base64.b64encode(b"0123456789abcdef").decode()
HANDSHAKE = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": KEY}
QUERY = "/socket.io/?EIO=4&transport=websocket"


class Wire:
    """A connection: ``say`` bytes, ``hear`` bytes. Never waits longer than ``patience``."""

    def __init__(self, port: int, patience: float = 5, tls: ssl.SSLContext | None = None) -> None:
        self.port = port
        self.sock = socket.create_connection(("127.0.0.1", port), patience)
        self.origin = f"http{'s' if tls else ''}://127.0.0.1:{port}"
        self.buffer = b""
        if tls:
            self.sock = tls.wrap_socket(self.sock, server_hostname="127.0.0.1")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.sock.close()

    def say(self, data: bytes) -> None:
        self.sock.sendall(data)

    def request(self, line: str, headers: dict[str, str] | None = None, body: bytes = b"") -> tuple[int, bytes]:
        """Status and body of the answer."""
        self.say(f"{line} HTTP/1.1\r\n".encode() + lines({"Host": "house", **(headers or {})}) + b"\r\n" + body)
        return self.answer()

    def answer(self) -> tuple[int, bytes]:
        head = self.until(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        return int(head.split()[1]), self.exactly(int(length[1]) if length else 0)

    def until(self, mark: bytes) -> bytes:
        while mark not in self.buffer:
            self._more()
        found, _, self.buffer = self.buffer.partition(mark)
        return found

    def exactly(self, count: int) -> bytes:
        while len(self.buffer) < count:
            self._more()
        found, self.buffer = self.buffer[:count], self.buffer[count:]
        return found

    def is_over(self) -> bool:
        """The other side has closed (waits for it). What came before is thrown away."""
        try:
            self.rest()
        except TimeoutError:
            return False
        return True

    def rest(self) -> bytes:
        """All that comes until the other side closes."""
        with suppress(ConnectionError):
            while True:
                self._more()
        return self.buffer

    def _more(self) -> None:
        data = self.sock.recv(1 << 16)
        if not data:
            raise ConnectionResetError("closed")
        self.buffer += data


class Browser(Wire):
    """Past the handshake. ``enter`` comes in as anna."""

    def __init__(self, port: int, patience: float = 5, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(port, patience, tls)
        status, answer = self.request(f"GET {QUERY}", {**HANDSHAKE, "Origin": self.origin})
        if status != 101:
            raise ConnectionRefusedError(f"{status} {answer.decode()}")

    def enter(self, *rooms: str) -> Self:
        self.text("40" + json.dumps({"name": "anna", "rooms": rooms or ("hall",)}))
        assert self.hear().startswith("0{"), "the greeting"
        assert self.hear().startswith("40"), "let in"
        return self

    def text(self, text: str) -> None:
        self.frame(TEXT, text.encode())

    def emit(self, *event: Any, number: int | str = "") -> None:
        self.text(f"42{number}{json.dumps(event, ensure_ascii=False)}")

    def frame(self, opcode: int, payload: bytes = b"", *, final: bool = True) -> None:
        mask = os.urandom(4)
        self.say(frame_head((0x80 if final else 0) | opcode, len(payload)) + mask + unmask(payload, mask))

    def hear(self) -> str:
        """The next text; pings of the server are answered on the way."""
        while True:
            opcode, payload = self.hear_frame()
            if opcode == CLOSE:
                raise ConnectionAbortedError(code_of(payload))
            if opcode == TEXT and payload == b"2":
                self.text("3")
            elif opcode == TEXT:
                return payload.decode()

    def hear_event(self) -> list[Any]:
        text = self.hear()
        assert text.startswith("42"), text
        return list(json.loads(text[2:]))

    def hear_frame(self) -> tuple[int, bytes]:
        first, length = self.exactly(2)
        assert not length & 0x80, "a server does not mask"
        if length > 125:
            length = int.from_bytes(self.exactly(2 if length == 126 else 8), "big")
        return first & 0x0F, self.exactly(length)

    def hear_close(self) -> int:
        """Its code, whatever comes before."""
        for opcode, payload in self._frames():
            if opcode == CLOSE:
                return code_of(payload)
        raise AssertionError

    def _frames(self) -> Iterator[tuple[int, bytes]]:
        while True:
            yield self.hear_frame()


class Poller:
    """A browser that polls, each request on a connection of its own."""

    def __init__(self, port: int) -> None:
        self.port, self.where = port, "/socket.io/?EIO=4&transport=polling"
        status, answer = self._ask("GET")
        assert status == 200
        self.where += "&sid=" + json.loads(answer[1:])["sid"]

    def enter(self, *rooms: str) -> Self:
        assert self.post("40" + json.dumps({"name": "anna", "rooms": rooms or ("hall",)}))[0] == 200
        assert self.poll()[0].startswith("40")
        return self

    def post(self, *packets: str) -> tuple[int, bytes]:
        body = "\x1e".join(packets).encode()
        return self._ask("POST", {"Origin": f"http://127.0.0.1:{self.port}", "Content-Length": str(len(body))}, body)

    def poll(self) -> list[str]:
        status, answer = self._ask("GET")
        if status != 200:
            raise ConnectionAbortedError(status)
        return answer.decode().split("\x1e")

    def _ask(self, method: str, headers: dict[str, str] | None = None, body: bytes = b"") -> tuple[int, bytes]:
        with Wire(self.port) as wire:
            return wire.request(f"{method} {self.where}", headers, body)


def frame_head(first: int, length: int) -> bytes:
    if length < 126:
        return bytes((first, 0x80 | length))
    if length < 1 << 16:
        return struct.pack("!BBH", first, 0xFE, length)
    return struct.pack("!BBQ", first, 0xFF, length)


def code_of(payload: bytes) -> int:
    return int.from_bytes(payload[:2], "big")


def lines(headers: dict[str, str]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()
