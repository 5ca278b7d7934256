"""Who has the same thing on the screen, and who is writing there. Of the moment: merged, told at most once a second, dropped first, never kept.

A place is a topic (``chat.here:5``); who enters it hears of the others and is told to them. Whoever loses the right to the thing is out of the
place by losing the topic. What is told does not grow with the people: two numbers and a few names, for else everybody would
hear of everybody, which is the square.
"""
import logging
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import gevent

from groupware.live import hub
from groupware.live.connections import Connection, connections
from groupware.live.effects import Present

log = logging.getLogger(__name__)
EVERY = 1.0
WRITES_FOR = 5.0            # seconds after the last key
MOST_PEOPLE, MOST_WRITING = 6, 3
REPEAT, FORGET = 30.0, 75.0     # seconds after which other processes are told again, and after which silent ones are forgotten
LATE, BACKLOG = 0.25, 2000      # seconds the loop is late, browsers waiting for what is more important: then nothing is told
Person = tuple[int, str, bool, bool]        # id, name, away, writing


@dataclass(slots=True)
class Here:
    """One screen."""

    user_id: int
    name: str
    away: bool = False
    wrote_at: float = 0.0


@dataclass(slots=True)
class Place:
    here: dict[str, Here] = field(default_factory=dict)             # by connection
    others: dict[str, tuple[float, list[Person]]] = field(default_factory=dict)     # by process: heard when, and of whom
    newcomers: set[str] = field(default_factory=set)
    told: dict[str, Any] = field(default_factory=dict)
    said: list[Person] | None = None        # to the other processes
    said_at: float = 0.0


class Attendance:
    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self.running = False

    def enter(self, connection: Connection, place: str, name: str, *, away: bool = False) -> None:
        """Whoever comes again, because the tab went out of sight or returned, says how it is now."""
        hub.join(connection.sid, place)
        at = self.places.setdefault(place, Place())
        if connection.sid not in at.here:
            at.here[connection.sid] = Here(connection.user_id, name)
            at.newcomers.add(connection.sid)
        at.here[connection.sid].away = away
        self._keep_telling()

    def leave(self, connection: Connection, place: str) -> None:
        if place in self.places:
            hub.leave(connection.sid, place)

    def write(self, connection: Connection, place: str, *, on: bool) -> None:
        """Only who is in the place."""
        at = self.places.get(place)
        here = at.here.get(connection.sid) if at else None
        if here and place in connection.topics:
            here.wrote_at, here.away = (monotonic(), False) if on else (0.0, here.away)

    def hear(self, effect: Present) -> None:
        """What another process says of a place; of no interest when nobody here has it on the screen."""
        at = self.places.get(effect.place)
        if at:
            at.others[effect.origin] = (monotonic(), [(who, name, away, writing) for who, name, away, writing in effect.people])
            at.said = None if effect.asks else at.said

    def tell(self) -> None:
        """Every place once, what is new in it."""
        for name, at in list(self.places.items()):
            _drop_gone(name, at)
            if at.here:
                self._tell(name, at)
            else:
                self._empty(name, at)

    def _tell(self, name: str, at: Place) -> None:
        now = monotonic()
        mine = _people(at.here, now)
        if hub.Hub.bus and (mine != at.said or now - at.said_at > REPEAT):
            hub.Hub.bus.say(Present(name, hub.ORIGIN, mine, asks=at.said is None and not at.others))
            at.said, at.said_at = mine, now
        at.others = {origin: (heard, people) for origin, (heard, people) in at.others.items() if people and now - heard < FORGET}
        told = summary([mine, *(people for _, people in at.others.values())])
        receivers = name if told != at.told else list(at.newcomers)
        at.told, at.newcomers = told, set()
        if receivers:
            hub.socketio.server.emit("live.here", {"place": name, **told}, to=receivers)

    def _empty(self, name: str, at: Place) -> None:
        del self.places[name]
        if hub.Hub.bus and at.said:
            hub.Hub.bus.say(Present(name, hub.ORIGIN, []))

    def _keep_telling(self) -> None:
        if not self.running:
            self.running = True
            gevent.spawn(self._tell_for_ever)

    def _tell_for_ever(self) -> None:
        while self.places:
            due = monotonic() + EVERY
            gevent.sleep(EVERY)
            if monotonic() - due < LATE and hub.socketio.server.manager.backlog < BACKLOG:
                self._safely()
        self.running = False

    def _safely(self) -> None:
        try:
            self.tell()
        except Exception:
            log.exception("could not tell who is here")


def summary(processes: list[list[Person]]) -> dict[str, Any]:
    """Nobody twice, however many screens and processes: away only where all of them are, writing where any is."""
    people: dict[int, list[Any]] = {}
    for who, name, away, writing in (person for people_of_one in processes for person in people_of_one):
        known = people.setdefault(who, [name, True, False])
        known[1] &= away
        known[2] |= writing
    away = sum(1 for _, is_away, _ in people.values() if is_away)
    return {"here": len(people) - away, "away": away,
            "people": [[who, name, is_away] for who, (name, is_away, _) in people.items()][:MOST_PEOPLE],
            "writing": [[who, name] for who, (name, _, writing) in people.items() if writing][:MOST_WRITING]}


def _drop_gone(name: str, at: Place) -> None:
    """Whose connection is over, or no longer follows the place."""
    gone = [sid for sid in at.here if sid not in connections.by_sid or name not in connections.by_sid[sid].topics]
    for sid in gone:
        del at.here[sid]
        at.newcomers.discard(sid)


def _people(here: dict[str, Here], now: float) -> list[Person]:
    return [(each.user_id, each.name, each.away, now - each.wrote_at < WRITES_FOR) for each in here.values()]


attendance = Attendance()
