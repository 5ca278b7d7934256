"""Everybody who is there: who talks, who is removed and invited again, and the keeper who does that."""
from random import Random
from typing import Any

import gevent

from tests.faults.book import Book
from tests.faults.person import Person
from tests.faults.rover import Keeper, Rover
from tests.faults.talker import Talker
from tests.support.waiting import until

COMES_WITHIN, ENDS_WITHIN = 60, 60
BY_HTTP = 4             # every fourth talker
LISTENS = 8             # every eighth says nothing: who speaks soon fetches what was missed, who only listens must be told


class Crowd:
    """``found``: who is there and where, as founding.py has printed it."""

    def __init__(self, found: dict[str, Any], port: int, book: Book, dice: Random) -> None:
        self.port, self.book, self.dice = port, book, dice
        others = [user_id for user_id, _ in found["talkers"]]
        self.talkers = [Talker(user_id, port, book, self._dice(), by_http=number % BY_HTTP == BY_HTTP - 1, others=others)
                        for number, user_id in enumerate(others)]
        self.speakers = [talker for number, talker in enumerate(self.talkers) if number % LISTENS]
        for listener in self.talkers[::LISTENS]:
            listener.idle = True
        self.rovers = [Rover(user_id, port, book, self._dice(), room) for user_id, room in found["rovers"]]
        self.keeper = Keeper(found["keeper"], port, book, self._dice())
        self.rooms: list[int] = found["rooms"]
        for talker, (_, rooms) in zip(self.talkers, found["talkers"], strict=True):
            talker.open(rooms)

    @property
    def everybody(self) -> list[Person]:
        return [*self.talkers, *self.rovers, self.keeper]

    @property
    def acked(self) -> int:
        return sum(talker.acked for talker in self.talkers)

    def come(self) -> None:
        """Everybody signs in and is connected."""
        for person in self.everybody:
            person.sign_in()
            gevent.spawn(person.live)
        until(lambda: all(person.line for person in self.everybody), COMES_WITHIN, "everybody is connected")

    def begin(self) -> None:
        self.acts = [*(gevent.spawn(speaker.talk) for speaker in self.speakers), *(gevent.spawn(rover.probe) for rover in self.rovers),
                     gevent.spawn(self.keeper.keep_moving, self.rovers)]

    def hush(self) -> None:
        """Nobody begins anything new; what was begun is repeated until it is done."""
        for person in self.everybody:
            person.hushed = True

    def speak(self) -> None:
        for person in self.everybody:
            person.hushed = False

    def wait_for_silence(self) -> None:
        until(lambda: all(person.idle for person in self.everybody), ENDS_WITHIN, "what was begun is done")

    def finish(self) -> None:
        """What was begun is brought to its end, and nothing more is done."""
        self.hush()
        self.wait_for_silence()
        for person in self.everybody:
            person.quiet = True
        gevent.joinall(self.acts, ENDS_WITHIN, raise_error=True)

    def newcomer(self) -> Person:
        """Comes in the end with nothing on the screen: the state and all changes are the state fetched afresh."""
        person = Person(self.keeper.user_id, self.port, self.book, self._dice())
        person.door.cookies = self.keeper.door.cookies
        person.open(self.rooms)
        gevent.spawn(person.live)
        return person

    def behind(self, changes: dict[int, int], *more: Person) -> list[tuple[int, int, int, int]]:
        """(who, room, the change shown, the room's last one)."""
        return [(person.user_id, room, window.change, changes[room]) for person in (*self.talkers, *more)
                for room, window in person.windows.items() if window.change < changes[room]]

    def part(self, newcomer: Person) -> None:
        """What everybody's windows show is written down."""
        for person in (*self.talkers, newcomer):
            for room, window in person.windows.items():
                self.book.note("shown", who=person.user_id, room=room, screen=[[seq, *rest] for seq, rest in sorted(window.screen.items())])
        for person in (*self.everybody, newcomer):
            person.end()

    def _dice(self) -> Random:
        return Random(self.dice.getrandbits(64))
