"""What was done to the index by hand."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class RebuildAsked(Event):
    """The index is to be built anew beside the one that serves."""

    kind: ClassVar[str] = "search.index"
    words: ClassVar[str] = "索引のつくり直しを頼んだ"
    key: ClassVar[str] = "number"
    number: int = 1


@dataclass(frozen=True, slots=True)
class CheckAsked(Event):
    """The index is to be compared with what there is."""

    kind: ClassVar[str] = "search.index"
    words: ClassVar[str] = "索引の確かめを頼んだ"
    key: ClassVar[str] = "number"
    number: int = 1


EVENTS = (RebuildAsked, CheckAsked)
