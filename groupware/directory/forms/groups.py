"""Drafts of groups."""
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from groupware.kernel.errors import Invalid

LONGEST = 60
MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """``people`` by id; ``units`` with whether those below are meant too. Raises Invalid without a name."""

    name: str
    people: frozenset[int] = frozenset()
    units: frozenset[tuple[int, bool]] = frozenset()

    @classmethod
    def parse(cls, name: str, people: Iterable[str], units: Iterable[str]) -> Self:
        """Of a unit that is chosen, those below are meant too. Raises Invalid."""
        return cls(name, frozenset(_ids(people)), frozenset((unit, True) for unit in _ids(units)))

    def __post_init__(self) -> None:
        if not 0 < len(self.name.strip()) <= LONGEST:
            raise Invalid(name=f"名前を{LONGEST}文字までで書いてください。")


def _ids(texts: Iterable[str]) -> Iterator[int]:
    for text in texts:
        if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
            raise Invalid("選ばれた人か組織を読み取れません。選び直してください。")
        yield int(text)
