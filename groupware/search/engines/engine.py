"""What every engine can do, and what it is asked and answers."""
from collections.abc import Collection, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol, Self

from groupware.kernel.ref import Ref
from groupware.search.entries import Entry
from groupware.search.query import NEWEST, Query

SHOWN = 20
COUNTED = 100           # of each kind; what is more is shown as 「100件以上」


class Away(Exception):
    """There is no index to ask: not built yet, damaged, or taken away."""


@dataclass(frozen=True, slots=True)
class Question:
    """``allowed``: the circles whoever asks is in; nothing outside of them is found, counted or read, and there is no default.

    ``kinds``: all there are to count; ``chosen``: those to show. ``after``: where the page before ended.
    """

    query: Query
    allowed: frozenset[str]
    kinds: tuple[str, ...]
    chosen: frozenset[str]
    sort: str = NEWEST
    after: str = ""
    limit: int = SHOWN

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "allowed": sorted(self.allowed), "chosen": sorted(self.chosen)}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        return cls(Query.from_dict(values["query"]), frozenset(values["allowed"]), tuple(values["kinds"]), frozenset(values["chosen"]),
                   values["sort"], values["after"], values["limit"])


@dataclass(frozen=True, slots=True)
class Hit:
    """``parts``: the pages of it that hold what was asked, the first few."""

    ref: Ref
    parts: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Page:
    """``counts`` by kind, at most one above COUNTED, and the ``first`` few of each: on the first page only. ``after`` leads to the next page.

    ``cut``: so many had to be looked at that the older ones were not.
    """

    hits: tuple[Hit, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    after: str = ""
    cut: bool = False
    first: dict[str, tuple[Hit, ...]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        return {"hits": _plain(self.hits), "counts": self.counts, "after": self.after, "cut": self.cut,
                "first": {kind: _plain(hits) for kind, hits in self.first.items()}}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        first = {kind: _hits(hits) for kind, hits in values["first"].items()}
        return cls(_hits(values["hits"]), values["counts"], values["after"], values["cut"], first)


class Engine(Protocol):
    def put(self, entries: Iterable[Entry], refs: Collection[Ref]) -> None:
        """All parts of ``refs`` are replaced by ``entries``; what has no entry is gone. Durable when it returns, all or nothing."""

    def search(self, question: Question) -> Page:
        """Raises Away."""

    def versions(self) -> Iterator[tuple[Ref, int, int]]:
        """(thing, part, version) of all that is in the index, for comparing."""

    def ready(self) -> None:
        """Raises Away when there is no index. Quick: asked all the time."""

    def count(self) -> int:
        """How many entries there are. Raises Away."""

    def beside(self) -> Self:
        """A new, empty one, to be built while this one serves."""

    def give_way(self, new: Self) -> None:
        """From now on the new one serves."""

    def tidy(self, most: int) -> None:
        """Whatever keeps it quick, with at most so many entries written again."""

    def clear_away(self) -> None:
        """Indexes that do not serve: the one before, and one that was never finished."""

    def close(self) -> None:
        """Gives back what it holds open."""


def _plain(hits: Iterable[Hit]) -> list[Any]:
    return [[str(hit.ref), list(hit.parts)] for hit in hits]


def _hits(plain: Iterable[Any]) -> tuple[Hit, ...]:
    return tuple(Hit(Ref.parse(ref), tuple(parts)) for ref, parts in plain)
