"""What happened to the plan."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfEdition(Event):
    kind: ClassVar[str] = "governance.edition"
    key: ClassVar[str] = "edition_id"
    edition_id: int


@dataclass(frozen=True, slots=True)
class EditionDrafted(_OfEdition):
    words: ClassVar[str] = "計画の改訂案をつくった"


@dataclass(frozen=True, slots=True)
class EditionMoved(_OfEdition):
    words: ClassVar[str] = "計画の改訂を進めた"
    act: str
    state: str


@dataclass(frozen=True, slots=True)
class EditionInForce(_OfEdition):
    """``measures``: every measure that it has, or that the one before had; ``terms``: how long the longer of the two glossaries is."""

    words: ClassVar[str] = "計画を施行した"
    measures: tuple[int, ...] = ()
    terms: int = 0


EVENTS = (EditionDrafted, EditionMoved, EditionInForce)
