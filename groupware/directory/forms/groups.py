"""Drafts of groups."""
from dataclasses import dataclass

from groupware.kernel.errors import Invalid

LONGEST = 60


@dataclass(frozen=True, slots=True)
class GroupDraft:
    """``people`` by id; ``units`` with whether those below are meant too. Raises Invalid without a name."""

    name: str
    people: frozenset[int] = frozenset()
    units: frozenset[tuple[int, bool]] = frozenset()

    def __post_init__(self) -> None:
        if not 0 < len(self.name.strip()) <= LONGEST:
            raise Invalid(name=f"名前を{LONGEST}文字までで書いてください。")
