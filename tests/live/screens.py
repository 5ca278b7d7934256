"""What somebody has of a room: fetched whole from its pages, or kept up by changes, as a screen does. One is held against the other."""
import re
from dataclasses import dataclass, field
from socket import SHUT_RDWR
from typing import Any, Self

from tests.support.people import Visitor
from tests.support.servers import Served
from tests.support.waiting import until

TOMB = 'class="tomb"'
ABOUT = ("name", "purpose", "seq", "archived", "people", "guests")


@dataclass
class State:
    """``change`` is as old as its oldest part. ``counts``: by message id 既読, 未読, and as of which change."""

    change: int
    about: dict[str, Any]
    me: dict[str, Any]
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def fetched(cls, visitor: Visitor, served: Served, room: int) -> Self | None:
        """By the pages alone. None for whoever may not see the room."""
        page = visitor.http.get(f"{served.url}/chat/rooms/{room}", headers={"Accept": "text/html"}, allow_redirects=False)
        if page.status_code == 404:
            return None
        state, newer = cls(_number(page.text, "change"), _about(page.text), _me(page.text)), True
        while newer:
            last = max((message["seq"] for message in state.messages.values()), default=0)
            more = visitor.http.get(f"{served.url}/chat/rooms/{room}/page?after={last}").json()
            state.put(more["messages"])
            state.learn(more["reads"])
            newer = more["newer"]
        return state

    def and_changes(self, visitor: Visitor, served: Served, room: int) -> Self:
        """Asked for by HTTP, until there are no more."""
        more = True
        while more:
            answer = visitor.http.get(f"{served.url}/chat/rooms/{room}/changes?after={self.change}&first=1").json()
            more = self.take(answer)
        return self

    def take(self, answer: dict[str, Any]) -> bool:
        """An answer to the question for changes. Whether there are more."""
        self.put(answer["messages"])
        self.learn(answer["reads"])
        self.change = max(self.change, answer["change"])
        self.about = {key: answer["room"][key] for key in ABOUT}
        self.me = answer["me"]
        return bool(answer["more"])

    def put(self, messages: list[dict[str, Any]]) -> None:
        for message in messages:
            known = self.messages.get(message["id"])
            if known is None or known["change"] < message["change"]:
                self.messages[message["id"]] = message
            if TOMB in message["html"]:
                self.counts.pop(str(message["id"]), None)

    def learn(self, counts: dict[str, list[int]]) -> None:
        """Of two counts the later one holds; with nothing changed in between, 既読 only grows."""
        for message, count in counts.items():
            known = self.counts.get(message, [0, 0, 0])
            if (count[2], count[0]) >= (known[2], known[0]):
                self.counts[message] = count

    @property
    def seen(self) -> dict[str, Any]:
        """What stands before one's eyes, whenever it was counted."""
        return {"about": self.about, "me": self.me, "messages": self.messages, "counts": {key: count[:2] for key, count in self.counts.items()}}


class Screen:
    """Follows a room over a socket as the page does. It may be cut off and come back elsewhere; what it has it keeps."""

    def __init__(self, visitor: Visitor, room: int) -> None:
        self.visitor, self.room, self.read = visitor, room, 0
        self.ahead, self.expected, self.about_at, self.again = set[int](), 0, 0, False
        found = State.fetched(visitor.connect(), visitor.served, room)
        assert found
        self.state = found

    def cut(self) -> None:
        self.listen()
        assert self.visitor.socket
        self.visitor.socket.eio.ws.sock.shutdown(SHUT_RDWR)         # no farewell: the cable is out
        until(lambda: not self.visitor.connected, what="the cut is noticed")

    def come_back(self, served: Served) -> None:
        self.visitor.served = served
        self.visitor.connect()
        self.catch_up()

    def catch_up(self) -> None:
        more = True
        while more:
            more = self.state.take(self.visitor.ask("chat.changes", room=self.room, after=self.state.change, first=1))
        self.again, self.about_at = False, max(self.about_at, self.state.change)
        self._count(self.state.change)

    def listen(self) -> State:
        """To everything that has been told meanwhile."""
        while self.read < len(self.visitor.heard):
            event, data = self.visitor.heard[self.read]
            self.read += 1
            if isinstance(data, dict) and data.get("room") == self.room:
                self._hear(event, data)
        return self.state

    def is_behind(self) -> bool:
        return self.again or self.expected > self.state.change

    def _hear(self, event: str, data: dict[str, Any]) -> None:
        if event == "chat.reads":
            self.state.learn(data["reads"])
            self.again |= data["again"]
        if event == "chat.change":
            self._receive(data)

    def _receive(self, told: dict[str, Any]) -> None:
        self.expected = max(self.expected, told["change"])
        if told.get("more"):
            return
        self.state.put(told["messages"])
        self.state.about["seq"] = max(self.state.about["seq"], told["seq"])
        if "about" in told:
            self._tell_about(told["about"], told["change"])
        self._count(*told.get("changes", [told["change"]]))

    def _tell_about(self, about: dict[str, Any], change: int) -> None:
        """Whoever left is counted no more; and what comes late may have been a leaving."""
        self.again |= change < self.about_at or about["people"] < self.state.about["people"]
        if change >= self.about_at:
            self.about_at, self.state.about = change, {key: about[key] for key in ABOUT} | {"seq": max(about["seq"], self.state.about["seq"])}

    def _count(self, *changes: int) -> None:
        self.ahead.update(changes)
        while self.state.change + 1 in self.ahead:
            self.state.change += 1
        self.ahead = {each for each in self.ahead if each > self.state.change}


def _number(page: str, name: str) -> int:
    return int(_found(rf'data-room-{name}-value="(\d+)"', page))


def _about(page: str) -> dict[str, Any]:
    guests = re.search(r'<data value="(\d+)">', page)
    return {"name": _found(r'<h1 id="room-h">(.*?)</h1>', page), "purpose": _found(r'data-room-target="purpose">(.*?)</span>', page),
            "seq": _number(page, "seq"), "archived": _found(r'data-room-archived-value="(\w+)"', page) == "true",
            "people": int(_found(r'data-room-target="people">(\d+)人', page)), "guests": int(guests[1]) if guests else 0}


def _me(page: str) -> dict[str, Any]:
    return {"member": _found(r'data-room-member-value="(\w+)"', page) == "true", "read": _number(page, "read"), "seen": _number(page, "seen")}


def _found(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found, pattern
    return found[1]
