"""One room in one open browser: the same steps as chat/static/chat/controllers/room_controller.js, with a list of numbers for a screen."""
import re
from collections.abc import Callable
from random import Random
from typing import Any

import gevent

TOKEN = re.compile(r"t\d+-\d+t")
SAID = re.compile(r'<div class="said">(.*?)</div>', re.DOTALL)
AGAIN = 2.0             # seconds, about, until what could not be fetched is asked for again
GAP = 0.4               # seconds in which a missing change may still come by itself, from another web process
Answer = dict[str, Any]


class Window:
    """``fetch(room, after)`` asks for what changed since; None when nobody answers. ``screen``: by seq what is shown there."""

    def __init__(self, room: int, fetch: Callable[[int, int], Answer | None], complain: Callable[..., None], dice: Random) -> None:
        self.room, self.fetch, self.complain, self.dice = room, fetch, complain, dice
        self.change = 0
        self.ahead = set[int]()         # changes that came before those in front of them
        self.screen: dict[int, tuple[int, int, str]] = {}       # seq: (id, change, token)
        self.catching = self.again = self.closed = False

    def receive(self, change: Answer) -> None:
        if change.get("more"):
            self.catch_up()
            return
        self._apply(change["messages"])
        self._count(*change.get("changes", [change["change"]]))

    def catch_up(self) -> None:
        if self.catching:
            self.again = True
        elif not self.closed:
            self.catching = True
            gevent.spawn(self._catch_up)

    def _catch_up(self) -> None:
        try:
            while not self.closed and self._fetch_more():
                pass
        finally:
            self.catching = False
            if self.again:
                self.again = False
                self.catch_up()
            else:
                self._expect()

    def _fetch_more(self) -> bool:
        """Whether there is still more."""
        answer = self.fetch(self.room, self.change)
        if answer is None:
            gevent.spawn_later(AGAIN * (0.5 + self.dice.random()), self.catch_up)
            return False
        self._apply(answer["messages"])
        self.change = max(self.change, answer["change"])
        self.ahead = {change for change in self.ahead if change > self.change}
        return bool(answer["more"])

    def _count(self, *changes: int) -> None:
        """Two web processes may tell in another order than things happened."""
        self.ahead.update(change for change in changes if change > self.change)
        while self.change + 1 in self.ahead:
            self.change += 1
            self.ahead.discard(self.change)
        self._expect()

    def _expect(self) -> None:
        if self.ahead and not self.catching:
            gevent.spawn_later(GAP, self._catch_up_if_it_did_not_come)

    def _catch_up_if_it_did_not_come(self) -> None:
        if self.ahead:
            self.catch_up()

    def _apply(self, messages: list[Answer]) -> None:
        for message in messages:
            self._put(message["seq"], message["id"], message["change"], said(message["html"]))

    def _put(self, seq: int, number: int, change: int, token: str) -> None:
        there = self.screen.get(seq)
        if there and (there[0], there[2]) != (number, token):
            self.complain("doubled", room=self.room, seq=seq, one=there, other=(number, change, token))
        if there is None or there[1] < change:
            self.screen[seq] = (number, change, token)


def said(html: str) -> str:
    """The token in the message's own words."""
    words = SAID.search(html)
    token = TOKEN.search(words[1]) if words else None
    return token[0] if token else ""
