"""When which fault strikes: drawn from the seed before anything runs, counted in acknowledged messages and not in seconds."""
from dataclasses import dataclass
from random import Random
from time import monotonic

import gevent

from tests.faults import records
from tests.faults.book import Book
from tests.faults.crowd import Crowd
from tests.faults.faults import Fault, possible
from tests.faults.house import House
from tests.faults.person import Person
from tests.support.waiting import until

SHOWN_WITHIN = 5.0          # seconds after a fault until every window shows everything, although nobody says anything more
READS_ALL_WITHIN = 120      # seconds for somebody who comes when everything has been said
STILL_SAID = 20             # messages that are acknowledged into the fault before everybody falls silent, if it lasts so long
MOVES_ON_WITHIN = 60        # seconds from a fault to the next acknowledged message


@dataclass(frozen=True, slots=True)
class Blow:
    """``after`` so many acknowledged messages. ``hushed``: soon nothing new is said, and no later message shows that one was missed."""

    after: int
    fault: Fault
    seed: int
    hushed: bool


def plan(kinds: dict[Fault, int], faults: int, acked: int, dice: Random, hushed: float = 0.5) -> list[Blow]:
    """Every kind at least once while there are enough, the others by their weight; spread evenly, the last one before the end.

    ``hushed``: which share of them falls into a silence.
    """
    listed = list(kinds)
    drawn = dice.sample(listed, len(listed))[:faults]
    drawn += dice.choices(listed, list(kinds.values()), k=faults - len(drawn))
    dice.shuffle(drawn)
    moments = [acked * (number + dice.random()) / (faults + 1) for number in range(faults)]
    return [Blow(int(moment), fault, dice.getrandbits(32), dice.random() < hushed) for moment, fault in zip(moments, drawn, strict=True)]


class Nemesis:
    def __init__(self, house: House, crowd: Crowd, book: Book) -> None:
        self.house, self.crowd, self.book = house, crowd, book
        self.done: list[str] = []
        self.slowest = 0.0          # seconds until every window showed everything

    def strike_all(self, chosen: tuple[str, ...], faults: int, acked: int, dice: Random, hushed: float) -> None:
        """Returns when the last one is healed and talk goes on."""
        kinds = {fault: weight for fault, weight in possible(self.house).items() if not chosen or fault.__name__ in chosen}
        for blow in plan(kinds, faults, acked, dice, hushed):
            until(lambda blow=blow: self.crowd.acked >= blow.after, MOVES_ON_WITHIN * 4, f"{blow.after} acknowledged messages")     # type: ignore[misc]
            self._strike(blow)
            self.done.append(blow.fault.__name__)

    def expect_everything_shown(self, after: str) -> None:
        """In silence, within the time that is promised."""
        self.slowest = max(self.slowest, self._wait_until_shown(after, SHOWN_WITHIN))

    def expect_to_read_everything(self, newcomer: Person) -> None:
        """All that was ever said and changed, a few hundred at a time: nobody promises that in five seconds."""
        self._wait_until_shown("a newcomer came", READS_ALL_WITHIN, newcomer)

    def _wait_until_shown(self, after: str, within: float, *more: Person) -> float:
        """How many seconds it took."""
        changes = {row["id"]: row["last_change"] for row in records.rows(self.house, records.ASKED["room"])}
        began = monotonic()
        while (behind := self.crowd.behind(changes, *more)) and monotonic() < began + within:
            gevent.sleep(0.02)
        if behind:
            self.book.keep("late", after=after, windows=behind[:10])
        return round(monotonic() - began, 2)

    def _strike(self, blow: Blow) -> None:
        name, began = blow.fault.__name__, monotonic()
        self.book.keep("fault", name=name, after=blow.after, hushed=blow.hushed)
        soon = gevent.spawn(self._hush, blow, self.crowd.acked + STILL_SAID)
        how = blow.fault(self.house, Random(blow.seed))
        self.house.start()
        ready = monotonic()
        soon.kill()
        if blow.hushed:
            self.crowd.hush()
            self.crowd.wait_for_silence()
            self.expect_everything_shown(name)
            self.crowd.speak()
        before = self.crowd.acked
        until(lambda: self.crowd.acked > before, MOVES_ON_WITHIN, f"an acknowledged message after {name}")
        self.book.keep("healed", name=name, how=how, seconds=round(ready - began, 2), moved_on=round(monotonic() - ready, 2))

    def _hush(self, blow: Blow, acked: int) -> None:
        while self.crowd.acked < acked:
            gevent.sleep(0.005)
        if blow.hushed:
            self.crowd.hush()
