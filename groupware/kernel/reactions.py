"""Everything that follows an event. A reaction yields effects (Broadcast, Notice, Document); it does not write.

Three moments: *within* the transaction (the shell only: it may write), *after commit* in the same process at once (*together*: for all
that wait), and *later* in the helper process, from a job row written in the transaction.
"""
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from groupware.kernel.events import Event, Fact
from groupware.kernel.house import house

log = logging.getLogger(__name__)
_quiet: ContextVar[bool] = ContextVar("quiet", default=False)
Reaction = Callable[[Any], Iterable[object] | None]


class Reactions:
    """A feature's table of reactions: ``on = Reactions()``, then ``@on.later(MessagePosted)`` above a function."""

    def __init__(self) -> None:
        self.within_: dict[type[Event], list[Reaction]] = defaultdict(list)
        self.after_: dict[type[Event], list[Reaction]] = defaultdict(list)
        self.together_: dict[type[Event], list[Reaction]] = defaultdict(list)
        self.later_: dict[type[Event], list[Reaction]] = defaultdict(list)
        self.for_all: set[Reaction] = set()

    def within(self, *events: type[Event]) -> Callable[[Reaction], Reaction]:
        return self._registers(self.within_, events)

    def after_commit(self, *events: type[Event]) -> Callable[[Reaction], Reaction]:
        return self._registers(self.after_, events)

    def together(self, *events: type[Event]) -> Callable[[Reaction], Reaction]:
        """After the commit as well, but once for all such events that wait to be told one behind the other: the reaction gets a list."""
        return self._registers(self.together_, events)

    def later(self, *events: type[Event]) -> Callable[[Reaction], Reaction]:
        return self._registers(self.later_, events)

    def later_for_all(self, *events: type[Event]) -> Callable[[Reaction], Reaction]:
        """It looks at what is, not at the event: run once, it has served all the events of a batch."""
        def decorate(reaction: Reaction) -> Reaction:
            self.for_all.add(reaction)
            return self.later(*events)(reaction)
        return decorate

    @staticmethod
    def _registers(table: dict[type[Event], list[Reaction]], events: tuple[type[Event], ...]) -> Callable[[Reaction], Reaction]:
        def decorate(reaction: Reaction) -> Reaction:
            for event in events:
                table[event].append(reaction)
            return reaction
        return decorate


@contextmanager
def quietly() -> Iterator[None]:
    """Nobody is told after a commit: for building a city into which nobody looks yet. What comes later still comes."""
    token = _quiet.set(True)
    try:
        yield
    finally:
        _quiet.reset(token)


def react_within(event: Event) -> None:
    for reaction in house.within.get(type(event), ()):
        perform(reaction, event)


def tell(facts: Iterable[Fact]) -> None:
    """After the commit, everything at a stretch."""
    for _ in telling(facts):
        pass


def telling(facts: Iterable[Fact]) -> Iterator[None]:
    """After the commit, step by step. A failing reaction harms neither another nor the command, which is done."""
    for reaction, told in () if _quiet.get() else _told_to(facts):
        try:
            yield from _performing(reaction, told)
        except Exception:
            log.exception("reaction %s failed on %s", reaction.__qualname__, told)
            for act in house.on_untold:
                act()


def perform(reaction: Reaction, event: Event) -> None:
    """Run one reaction and hand what it yields to whoever deals with such effects."""
    for _ in _performing(reaction, event):
        pass


def _performing(reaction: Reaction, told: Any) -> Iterator[None]:
    for effect in reaction(told) or ():
        for deed in house.effects[type(effect)]:
            deed(effect)
        yield


def _told_to(facts: Iterable[Fact]) -> Iterator[tuple[Reaction, Any]]:
    """In the order of the commits: what is told by itself comes neither before nor after its turn."""
    waiting: dict[Reaction, list[Event]] = defaultdict(list)
    for fact in facts:
        alone = house.after.get(type(fact.event), ())
        if alone:
            yield from waiting.items()
            waiting.clear()
        for reaction in house.together.get(type(fact.event), ()):
            waiting[reaction].append(fact.event)
        yield from ((reaction, fact.event) for reaction in alone)
    yield from waiting.items()
