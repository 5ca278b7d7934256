"""Somebody who talks: one message after another, each with a key of its own, repeated until it is acknowledged — as chat/static/chat/outbox.js."""
from itertools import count
from random import Random
from typing import Any

import gevent

from tests.faults.book import Book
from tests.faults.person import FINAL, Person
from tests.faults.wire import Cut

PAUSES = (0.1, 0.2, 0.4, 0.8, 1.0)      # seconds before the same is tried again; a browser begins with 0.5
LEAST = 0.022                           # seconds between two of one person: a browser may send fifty frames a second
ON_ITS_WAY = 0.3                        # seconds in which the room is told of a message that was acknowledged
WORDS = ("確認しました。", "**本日中**に回答します。", "一行目\n二行目")
Item = dict[str, Any]


class Talker(Person):
    """``by_http``: its network lets no WebSocket through for what it sends; it hears by one all the same."""

    def __init__(self, user_id: int, port: int, book: Book, dice: Random, *, by_http: bool, others: list[int]) -> None:
        super().__init__(user_id, port, book, dice)
        self.by_http, self.others, self.numbers = by_http, others, count(1)
        self.acked = 0
        self.own: list[dict[str, Any]] = []       # the latest acknowledged messages: to answer, correct and stamp

    def talk(self) -> None:
        """Until ``quiet``; what was begun is brought to its end."""
        while not self.quiet:
            self._send(self._next())
            if not self.hushed and self.own and self.dice.random() < 0.05:
                self._touch(self.dice.choice(self.own))
            self.rest(LEAST * (0.5 if self.by_http else 1 + self.dice.random()))

    def _next(self) -> Item:
        token = f"t{self.user_id}-{next(self.numbers)}t"
        words = f"<@{self.dice.choice(self.others)}> お願いします。" if self.dice.random() < 0.05 else self.dice.choice(WORDS)
        item = {"room": self.dice.choice(list(self.windows)), "key": f"{token}-{self.dice.getrandbits(32):08x}", "text": f"{token} {words}"}
        if self.own and self.dice.random() < 0.1:
            root = self.dice.choice(self.own)
            item |= {"room": root["room"], "reply_to": root["id"]}
        return item

    def _send(self, item: Item) -> None:
        self.book.note("sends", who=self.user_id, **item)
        failures = 0
        while not (answer := self._deliver(item)).get("ok"):
            if answer.get("status") in FINAL:
                self.complain("refused", key=item["key"], room=item["room"], status=answer["status"], message=answer.get("message"))
                return
            if self.ended:
                self.complain("given-up", key=item["key"])
                return
            gevent.sleep(PAUSES[min(failures, len(PAUSES) - 1)] * (0.5 + self.dice.random()))
            failures += 1
        self._acknowledged(item, answer)

    def _acknowledged(self, item: Item, answer: dict[str, Any]) -> None:
        self.book.keep("acked", who=self.user_id, room=item["room"], key=item["key"], text=item["text"],
                       **{name: answer.get(name) for name in ("id", "seq", "change")})
        self.acked += 1
        self.own = [*self.own[-9:], {"id": answer["id"], "room": item["room"], "text": item["text"], "revision": 1}]
        gevent.spawn_later(ON_ITS_WAY, self._show, item["room"], answer["change"] or 0)

    def _show(self, room: int, change: int) -> None:
        """What one has sent oneself is fetched when nobody tells of it."""
        if change > self.windows[room].change:
            self.windows[room].catch_up()

    def _deliver(self, item: Item) -> dict[str, Any]:
        try:
            if not self.by_http:
                return self.ask("chat.post", **item)
        except Cut:
            pass
        try:
            return self.post(f"/chat/rooms/{item['room']}/messages", item)
        except Cut:
            return {"ok": False, "status": 0}

    def _touch(self, message: dict[str, Any]) -> None:
        """A correction or a stamp: once, and whether it came through is seen in the end."""
        try:
            if self.dice.random() < 0.5:
                self.post(f"/chat/messages/{message['id']}/stamps", {"stamp": "承知", "pressed": self.dice.random() < 0.7})
            else:
                text = f"{message['text']}（直し）"
                if self.post(f"/chat/messages/{message['id']}/text", {"text": text, "revision": message["revision"]})["ok"]:
                    message |= {"text": text, "revision": message["revision"] + 1}
                    self.book.keep("edited", who=self.user_id, id=message["id"], text=text)
        except Cut:
            pass
