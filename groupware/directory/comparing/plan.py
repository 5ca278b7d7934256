"""What a list would change: as it is shown, and as it is done."""
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any, Generic, Protocol, TypeVar

from groupware.directory.tables.columns import title_of
from groupware.directory.tables.writing import CP932, GETA, encoded
from groupware.kernel import json
from groupware.kernel.errors import Invalid
from groupware.kernel.text import same

Difference = tuple[str, str, str]        # (title of the column, before, after)


class Shown(Protocol):
    def as_shown(self) -> dict[str, Any]:
        """Plain values for the page."""


New = TypeVar("New", bound=Shown)
Changed = TypeVar("Changed", bound=Shown)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing can be done before this line is mended."""

    line: int
    title: str
    sentence: str


@dataclass(slots=True)
class Plan(Generic[New, Changed]):
    """With one trouble nothing is applied at all. ``missing`` is only said: nobody is ever removed for not being in a list."""

    what: str
    day: date
    new: list[New] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    missing: list[tuple[str, str]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def report(self) -> dict[str, Any]:
        """What is shown, in plain values."""
        return {"new": [each.as_shown() for each in self.new], "changed": [each.as_shown() for each in self.changed],
                "unchanged": self.unchanged, "missing": self.missing, "notes": self.notes,
                "troubles": [(trouble.line, trouble.title, trouble.sentence) for trouble in sorted(self.troubles, key=lambda each: each.line)]}

    @property
    def digest(self) -> str:
        """Two plans with the same digest do the same."""
        done = (self.what, self.day, self.report()["new"], self.report()["changed"])
        return sha256(json.dumps(done).encode()).hexdigest()

    def trouble(self, line: int, name: str, sentence: str) -> None:
        self.troubles.append(Trouble(line, title_of(self.what, name), sentence))

    @contextmanager
    def troubles_of(self, line: int) -> Iterator[None]:
        """What is refused inside is a trouble of that line, each field for itself."""
        try:
            yield
        except Invalid as refusal:
            for name, sentence in (refusal.fields or {"": refusal.message}).items():
                self.trouble(line, name, sentence)


def differences(what: str, before: dict[str, str], after: dict[str, str]) -> list[Difference]:
    """Of the fields in ``after``, leaving out what only a round trip through Excel has changed."""
    return [(title_of(what, name), before[name], value) for name, value in after.items() if not survived(before[name], value)]


def survived(before: str, after: str) -> bool:
    """Is this still what was written out? A character that cp932 does not have comes back as 〓."""
    return same(before, after) or (GETA in after and same(encoded(before, CP932).decode(CP932), after))


def kept(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    """``after``, but what survived a round trip as it was before."""
    return before | {name: value for name, value in after.items() if not survived(before.get(name, ""), value)}
