"""What is looked for among the entries."""
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Self

from groupware.directory.forms import day
from groupware.kernel.house import house

REFUSED_ONLY = "refused"
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Sought:
    """Empty means: whatever it is. ``person``: a part of the name at that time; ``event``: its name, or all that was refused."""

    person: str = ""
    event: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> Self:
        """Raises Invalid for a day that cannot be read."""
        event = data.get("event", "")
        return cls(_text(data, "person"), event if event == REFUSED_ONLY or event in house.events else "", _text(data, "about"),
                   day(data, "since"), day(data, "until"))

    def as_query(self) -> dict[str, str]:
        """To ask the same again."""
        return {name: str(value) for name, value in asdict(self).items() if value}


def _text(data: Mapping[str, str], name: str) -> str:
    return data.get(name, "").strip()[:LONGEST]
