"""What happens in a room while nobody in particular looks: as the dice fall, through the doors that everybody uses."""
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any
from uuid import uuid4

from chat.models import STAMPS
from tests.support.people import Visitor, look_up
from tests.support.servers import Served


class Story:
    """``people``: the first manages the room and stays in it, the last one is from outside. ``comers`` are taken out and brought back."""

    def __init__(self, dice: Random, doors: tuple[Served, Served], people: list[Visitor], comers: list[Visitor]) -> None:
        self.dice, self.doors, self.people, self.comers = dice, doors, people, comers
        self.said: list[tuple[Visitor, int, int]] = []          # by whom, id, seq
        self.roots: list[tuple[Visitor, int, int]] = []         # those which were answered
        self.deeds: dict[Callable[[], None], int] = {
            self.say: 6, self.reply: 9, self.edit: 8, self.delete: 4, self.stamp: 6, self.read: 8, self.set_back: 1,
            self.rename: 2, self.come_or_go: 4, self.archive_for_a_while: 1}
        self.owner = people[0]
        made = self.owner.http.post(f"{doors[0].url}/chat/rooms", allow_redirects=False, data={
            "name": "なりゆき", "kind": "closed", "people": [str(person.user_id) for person in people[1:]]})
        self.room = int(made.headers["Location"].rsplit("/", 1)[1])
        self.path = f"/chat/rooms/{self.room}"

    def go_on(self) -> None:
        self.dice.choices(list(self.deeds), list(self.deeds.values()))[0]()

    def say(self) -> None:
        self._say(self._somebody(), None)

    def say_much(self, many: int) -> None:
        with ThreadPoolExecutor(8) as hands:
            list(hands.map(lambda _: self._say_and_answer(), range(many // 2)))

    def say_at(self, served: Served, text: str) -> int:
        """The manager, at this door; the number it was given."""
        answer = self.owner.http.post(f"{served.url}{self.path}/messages", json={"text": text, "key": uuid4().hex})
        assert answer.ok, answer.text
        return int(answer.json()["seq"])

    def reply(self) -> None:
        if self.said:
            root = self._any_message()
            self.roots.append(root)
            self._say(self._somebody(), root[1])

    def edit(self) -> None:
        if self.said:
            author, message, _ = self._often_a_root()
            revision = look_up(self.doors[0], "select revision from chat_message where id = ?", message)[0][0]
            self._do(author, f"/chat/messages/{message}/text", text=f"直した **{self.dice.random()}**", revision=revision)

    def delete(self) -> None:
        if self.said:
            author, message, _ = self._often_a_root()
            self._do(author, f"/chat/messages/{message}/removal")

    def stamp(self) -> None:
        if self.said:
            stamp, pressed = self.dice.choice(list(STAMPS)[:3]), self.dice.random() < 0.7
            self._do(self._somebody(), f"/chat/messages/{self._any_message()[1]}/stamps", stamp=stamp, pressed=pressed)

    def read(self) -> None:
        if self.said:
            self._do(self._somebody(), f"{self.path}/cursor", seq=self._any_message()[2])

    def set_back(self) -> None:
        if self.said:
            self._do(self._somebody(), f"{self.path}/unread", seq=self._any_message()[2])

    def rename(self) -> None:
        self._fill_in("settings", name=f"なりゆき {self.dice.randint(1, 9)}", purpose=self.dice.choice(["", "相談", "連絡と相談"]))

    def come_or_go(self) -> None:
        comer = self.dice.choice(self.comers)
        here = look_up(self.doors[0], "select 1 from chat_member where room_id = ? and user_id = ? and left_at is null", self.room, comer.user_id)
        if here:
            self._fill_in(f"members/{comer.user_id}/removal")
        else:
            self._fill_in("members", people=str(comer.user_id))

    def archive_for_a_while(self) -> None:
        self._fill_in("archive")
        self.read()
        self._fill_in("reopening")

    def _somebody(self) -> Visitor:
        return self.dice.choice([*self.people, *self.comers])

    def _any_message(self) -> tuple[Visitor, int, int]:
        """Rather a late one, as people do."""
        return self.dice.choice(self.said[-self.dice.choice([3, 10, 10_000]):])

    def _often_a_root(self) -> tuple[Visitor, int, int]:
        """For what happens to a root happens to its replies as well."""
        return self.dice.choice(self.roots) if self.roots and self.dice.random() < 0.6 else self._any_message()

    def _say_and_answer(self) -> None:
        """One change for the first, and one for the second which touches both."""
        self._say(self.owner, None)
        self._say(self.owner, self.said[-1][1])

    def _say(self, person: Visitor, reply_to: int | None) -> None:
        answer = self._do(person, f"{self.path}/messages", text=f"言った {uuid4().hex[:6]}", key=uuid4().hex, reply_to=reply_to)
        if answer.get("ok"):
            self.said.append((person, answer["id"], answer["seq"]))

    def _do(self, person: Visitor, path: str, **data: Any) -> dict[str, Any]:
        """At any door. Who is out, or has not the right, is refused, and that is no fault."""
        answer = person.http.post(self.dice.choice(self.doors).url + path, json=data)
        assert answer.ok or answer.status_code in {403, 404, 409, 422}, answer.text
        return dict(answer.json())

    def _fill_in(self, path: str, **data: str) -> None:
        answer = self.owner.http.post(f"{self.dice.choice(self.doors).url}{self.path}/{path}", data=data, allow_redirects=False)
        assert answer.status_code == 303, answer.text
