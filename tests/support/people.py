"""Somebody at a running server: signed in over HTTP, speaking over a socket, as a browser would, without one."""
import sqlite3
from contextlib import closing
from typing import Any, Self
from uuid import uuid4

import psycopg
import requests
import socketio

from tests.support.servers import Served
from tests.support.waiting import until

PATIENCE = 10


def look_up(served: Served, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """What stands in the server's database."""
    url = served.environment.get("DATABASE_URL", "")
    if url.startswith("postgresql"):
        with psycopg.connect(url.replace("+psycopg", "")) as postgres:
            return postgres.execute(query.replace("?", "%s"), values).fetchall()
    with closing(sqlite3.connect(served.data / "tsunagaru.db")) as connection:
        return connection.execute(query, values).fetchall()


class Visitor:
    """``get`` and ``post`` as JSON; ``ask`` over the socket; ``heard`` is what was broadcast to it, by event."""

    def __init__(self, served: Served, staff_number: str) -> None:
        self.served, self.heard = served, list[tuple[str, Any]]()
        self.http = requests.Session()
        self.http.headers.update({"Origin": served.url, "Sec-Fetch-Site": "same-origin", "Accept": "application/json"})
        self.socket: socketio.Client | None = None
        self.user_id: int = look_up(served, "select id from directory_user where staff_number = ?", staff_number)[0][0]
        self._sign_in(staff_number)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, path: str) -> requests.Response:
        return self.http.get(self.served.url + path, timeout=PATIENCE, allow_redirects=False)

    def post(self, path: str, data: dict[str, Any] | None = None) -> requests.Response:
        return self.http.post(self.served.url + path, json=data or {}, timeout=PATIENCE, allow_redirects=False)

    def connect(self, **more: Any) -> Self:
        self.socket = socketio.Client(reconnection=False, websocket_extra_options={"origin": self.served.url})
        self.socket.on("*", lambda event, data=None: self.heard.append((event, data)))
        cookies = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        self.socket.connect(self.served.url, headers={"Cookie": cookies}, **{"transports": ["websocket"], "wait_timeout": PATIENCE, **more})
        return self

    def ask(self, event: str, **data: Any) -> dict[str, Any]:
        assert self.socket
        answer: dict[str, Any] = self.socket.call(event, data, timeout=PATIENCE)
        return answer

    def say(self, room: int, text: str, key: str | None = None, **more: Any) -> dict[str, Any]:
        return self.ask("chat.post", room=room, text=text, key=key or uuid4().hex, **more)

    def heard_of(self, event: str) -> list[Any]:
        return [data for name, data in self.heard if name == event]

    @property
    def connected(self) -> bool:
        return bool(self.socket and self.socket.connected)

    def close(self) -> None:
        if self.socket:
            self.socket.disconnect()
        self.http.close()

    def until_heard(self, event: str, many: int = 1) -> list[Any]:
        until(lambda: len(self.heard_of(event)) >= many, PATIENCE, f"{many} × {event}")
        return self.heard_of(event)

    def _sign_in(self, staff_number: str) -> None:
        data = {"user_id": str(self.user_id)}
        answer = self.http.post(f"{self.served.url}/sign-in/demo", data=data, timeout=PATIENCE, allow_redirects=False)
        assert answer.status_code == 303, answer.text[:500]
