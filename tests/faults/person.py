"""Somebody with a browser open: comes back after every cut, shows the rooms, sends what waits in the outbox."""
from collections.abc import Callable
from random import Random
from typing import Any

import gevent

from tests.faults.book import Book
from tests.faults.window import Window
from tests.faults.wire import Cut, Door, Line

FIRST_RETRY, SPREAD = 0.3, 1.0      # seconds at most before coming back; a browser takes 1 and 10, for there are many of them
LOSS_SPREAD = 1.0
FINAL = {400, 403, 404, 409, 413, 422}


class Person:
    """``line`` is None while there is no connection."""

    def __init__(self, user_id: int, port: int, book: Book, dice: Random) -> None:
        self.user_id, self.port, self.book, self.dice = user_id, port, book, dice
        self.door, self.line = Door(port), None     # type: Door, Line | None
        self.windows: dict[int, Window] = {}
        self.ended, self.within = False, 0.0
        self.hushed = self.idle = self.quiet = False        # told to begin nothing new; does nothing; will do nothing more

    def sign_in(self) -> None:
        if self.door.send_form("/sign-in/demo", {"user_id": self.user_id}) != 303:
            raise AssertionError(f"{self.user_id} was not let in")

    def open(self, rooms: list[int]) -> None:
        for room in rooms:
            self.windows[room] = Window(room, self.changes, self.complain, self.dice)

    def live(self) -> None:
        """Until ``end``."""
        failures = 0
        while not self.ended:
            try:
                self.line = Line(self.port, self.door.cookie, self.hear)
                failures = 0
                self._look()
                self.line.over.wait()
            except Cut:
                failures += 1
            self.line = None
            gevent.sleep(self.dice.random() * (self.within or (SPREAD if failures else FIRST_RETRY)))
            self.within = 0.0

    def rest(self, seconds: float) -> None:
        """So long, and as long as it is hushed."""
        self.idle = True
        gevent.sleep(seconds)
        while self.hushed and not self.quiet:
            gevent.sleep(0.02)
        self.idle = False

    def end(self) -> None:
        self.ended = True
        for window in self.windows.values():
            window.closed = True
        if self.line:
            self.line.close()

    def hear(self, event: str, data: Any) -> None:
        if event == "chat.change" and data["room"] in self.windows:
            self.windows[data["room"]].receive(data)
        elif event == "live.lost":
            gevent.spawn_later(self.dice.random() * LOSS_SPREAD, self._look_anew)
        elif event == "live.return":
            self.within = data["within"]

    def ask(self, event: str, **data: Any) -> dict[str, Any]:
        """Over the connection. Raises Cut."""
        if self.line is None:
            raise Cut
        return self._noted(event, self.line.ask(event, data))

    def changes(self, room: int, after: int) -> dict[str, Any] | None:
        """Over the connection, else by request; None when neither brings it."""
        return self._changes_by(lambda: self.ask("chat.changes", room=room, after=after)) or self._changes_by(
            lambda: self.get(f"/chat/rooms/{room}/changes?after={after}"))

    def get(self, path: str) -> dict[str, Any]:
        return self._noted(path, as_answer(*self.door.get(path)))

    def post(self, path: str, data: dict[str, Any]) -> dict[str, Any]:
        return self._noted(path, as_answer(*self.door.post(path, data)))

    def complain(self, what: str, **facts: Any) -> None:
        self.book.note(what, who=self.user_id, **facts)

    def _changes_by(self, way: Callable[[], dict[str, Any]]) -> dict[str, Any] | None:
        try:
            answer = way()
        except Cut:
            return None
        return answer if answer.get("ok", True) else None

    def _look(self) -> None:
        for window in self.windows.values():
            window.catch_up()

    def _look_anew(self) -> None:
        try:
            self.ask("live.again")
        except Cut:
            return
        self._look()

    def _noted(self, what: str, answer: dict[str, Any]) -> dict[str, Any]:
        """Busy and away are answers; a failure without a reason is not."""
        if answer.get("status") == 500:
            self.complain("failed", asked=what)
        return answer


def as_answer(status: int, data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "ok": status < 400, "status": status}
