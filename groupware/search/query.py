"""What is asked of an engine: plain values, the same for both. Who may see what is no part of it; the engine is told that separately."""
from dataclasses import asdict, dataclass
from typing import Any, Self

from groupware.search.terms import Term, term

NEWEST, BEST = "newest", "best"
SORTS = (NEWEST, BEST)


@dataclass(frozen=True, slots=True)
class Query:
    """Of each group of ``every`` at least one is there, and none of ``none``. ``since`` and before ``until``: microseconds since 1970."""

    every: tuple[tuple[str, ...], ...] = ()
    none: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None

    @property
    def groups(self) -> list[list[Term]]:
        return [[each for each in map(term, group) if each.needs] for group in self.every]

    @property
    def is_hopeless(self) -> bool:
        """Signs alone are in no index."""
        return not all(self.groups)

    @property
    def unwanted(self) -> list[Term]:
        return [each for each in map(term, self.none) if each.needs]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        every = tuple(tuple(group) for group in values["every"])
        return cls(every, tuple(values["none"]), values["since"], values["until"])


def holds(query: Query, text: str) -> bool:
    """Whether a folded text is what was asked for. What tokens alone decide (labels among it) has been judged by the engine."""
    return (all(any(each.found_in(text) for each in group) for group in query.groups if not all(each.is_exact for each in group))
            and not any(each.found_in(text) for each in query.unwanted if not each.is_exact))


def needs_text(query: Query) -> bool:
    """Whether tokens leave anything open."""
    return not all(each.is_exact for group in (*query.groups, query.unwanted) for each in group)
