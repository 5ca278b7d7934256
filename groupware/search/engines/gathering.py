"""From candidates to a page: verified, gathered by thing, counted by kind, put in order. The same for every engine."""
import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice

from groupware.kernel.ref import Ref
from groupware.search.engines.engine import COUNTED, Hit, Page, Question
from groupware.search.query import BEST, holds, needs_text
from groupware.search.ranking import score

MOST_READ = 4_000       # texts of one question: whoever asks for something so wide is told to say more
MOST_RANKED = 300       # 「合うもの順」 weighs the newest of what was found
MOST_PARTS = 5
FIRST = 3               # of each kind, shown before all
LONGEST_MARK = 80


@dataclass(frozen=True, slots=True)
class Candidate:
    """A part of a thing that has the tokens. ``read`` gets its folded text."""

    at: int
    ref: Ref
    part: int
    read: Callable[[], str]

    @property
    def place(self) -> tuple[int, str, int]:
        """Where it stands among all: the newest first."""
        return -self.at, self.ref.kind, -self.ref.id


Streams = Mapping[str, Iterator[Candidate]]         # by kind, in the order of their places
Thing = list[Candidate]                             # the parts of it that were found


class Gathering:
    """One question on its way to its page."""

    def __init__(self, question: Question) -> None:
        self.question, self.read = question, 0
        self.look = needs_text(question.query)

    def page(self, streams: Streams) -> Page:
        """``streams`` begin behind ``question.after`` when the newest are asked for."""
        if self.question.sort == BEST:
            return self._best(streams)
        return self._newest(streams)

    def _newest(self, streams: Streams) -> Page:
        first, limit = not self.question.after, self.question.limit
        found = {kind: self._things(streams[kind], COUNTED + 1 if first else limit + 1) for kind in streams if first or kind in self.question.chosen}
        shown = self._merged(found, limit + 1)
        after = _mark(shown[limit - 1][0]) if len(shown) > limit else ""
        return self._page(shown[:limit], found if first else {}, after)

    def _best(self, streams: Streams) -> Page:
        found = {kind: self._things(stream, MOST_RANKED if kind in self.question.chosen else COUNTED + 1) for kind, stream in streams.items()}
        weighed = sorted(self._merged(found, MOST_RANKED), key=self._weight)
        start = int(self.question.after) if self.question.after.isdecimal() and len(self.question.after) < len(str(MOST_RANKED)) + 1 else 0
        end = start + self.question.limit
        return self._page(weighed[start:end], {} if start else found, str(end) if len(weighed) > end else "")

    def _page(self, shown: list[Thing], found: dict[str, list[Thing]], after: str) -> Page:
        first = {kind: tuple(map(_hit, things[:FIRST])) for kind, things in found.items()}
        return Page(tuple(map(_hit, shown)), {kind: min(len(things), COUNTED + 1) for kind, things in found.items()}, after, self.cut, first)

    @property
    def cut(self) -> bool:
        return self.read >= MOST_READ

    def _merged(self, found: dict[str, list[Thing]], most: int) -> list[Thing]:
        chosen = [things for kind, things in found.items() if kind in self.question.chosen]
        return list(islice(heapq.merge(*chosen, key=lambda thing: thing[0].place), most))

    def _things(self, stream: Iterable[Candidate], most: int) -> list[Thing]:
        """Each thing once, with those of its parts that hold what was asked."""
        groups = (list(islice(parts, MOST_PARTS)) for _, parts in groupby(filter(self._holds, stream), key=lambda each: each.place))
        return list(islice(groups, most))

    def _holds(self, candidate: Candidate) -> bool:
        if not self.look:
            return True
        if self.cut:
            return False
        self.read += 1
        return holds(self.question.query, candidate.read())

    def _weight(self, thing: Thing) -> tuple[float, tuple[int, str, int]]:
        return -max(score(self.question.query, part.read(), part.at) for part in thing), thing[0].place


def mark_of(after: str) -> tuple[int, str, int] | None:
    """Where the page before ended; None for whatever is no such mark."""
    at, _, rest = after.partition(" ")
    kind, _, number = rest.partition(":")
    if len(after) > LONGEST_MARK or not (at.isascii() and at.isdecimal() and number.isascii() and number.isdecimal()):
        return None
    return -int(at), kind, -int(number)


def _mark(candidate: Candidate) -> str:
    return f"{candidate.at} {candidate.ref}"


def _hit(thing: Thing) -> Hit:
    return Hit(thing[0].ref, tuple(sorted(each.part for each in thing)))
