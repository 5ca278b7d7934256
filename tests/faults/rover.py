"""People who are removed and invited again, over and over, and who try every door while they are out; and the keeper who does it."""
from random import Random
from typing import Any

import gevent

from tests.faults.book import Book
from tests.faults.person import Person
from tests.faults.window import said
from tests.faults.wire import Cut

IN_FOR, OUT_FOR = 3.0, 3.0      # seconds at most
PROBE_EVERY = 0.3


class Rover(Person):
    """Notes all that reaches it of its room."""

    def __init__(self, user_id: int, port: int, book: Book, dice: Random, room: int) -> None:
        super().__init__(user_id, port, book, dice)
        self.room, self.tries = room, 0
        self.open([room])

    def hear(self, event: str, data: Any) -> None:
        super().hear(event, data)
        if event == "chat.change" and data["room"] == self.room:
            self.book.note("heard", who=self.user_id, room=self.room, change=data["change"], words=[said(each["html"]) for each in data["messages"]])
        elif event == "chat.come":
            gevent.spawn(self._look)

    def probe(self) -> None:
        """Until ``quiet``."""
        while not self.quiet:
            self.tries += 1
            self._try(("changes", "page", "says")[self.tries % 3])
            self.rest(PROBE_EVERY * (0.5 + self.dice.random()))

    def _try(self, door: str) -> None:
        began = self.book.now()
        try:
            answer = self._through(door)
        except Cut:
            return
        self.book.note("probed", who=self.user_id, room=self.room, door=door, began=began, opened=bool(answer["ok"]), id=answer.get("id"))

    def _through(self, door: str) -> dict[str, Any]:
        if door == "changes":
            return self.ask("chat.changes", room=self.room, after=max(0, self.windows[self.room].change - 5))
        if door == "page":
            return self.get(f"/chat/rooms/{self.room}/page?before=4")
        key = f"rover-{self.user_id}-{self.tries}"
        return self.ask("chat.post", room=self.room, key=key, text=key)


class Keeper(Person):
    """Removes and invites the rovers, one after the other."""

    def keep_moving(self, rovers: list[Rover]) -> None:
        """Until ``quiet``."""
        while not self.quiet:
            for rover in rovers:
                self._move(rover, "invites", "invited", f"/chat/rooms/{rover.room}/members", {"people": rover.user_id})
                self.rest(IN_FOR / len(rovers) * self.dice.random())
            for rover in rovers:
                self._move(rover, "removes", "removed", f"/chat/rooms/{rover.room}/members/{rover.user_id}/removal", {})
                self.rest(OUT_FOR / len(rovers) * self.dice.random())

    def _move(self, rover: Rover, begins: str, done: str, path: str, fields: dict[str, Any]) -> None:
        """Until it is known to be done; a repetition finds it done already (404: not in the room any more)."""
        self.book.note(begins, who=rover.user_id, room=rover.room)
        while True:
            try:
                status = self.door.send_form(path, fields)
                if status in {303, 302, 404}:
                    self.book.note(done, who=rover.user_id, room=rover.room)
                    return
                if status == 500:
                    self.complain("failed", asked=path)
            except Cut:
                pass
            if self.ended:
                return
            gevent.sleep(0.2)
