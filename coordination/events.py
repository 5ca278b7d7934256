"""What happened to matters between teams."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfMatter(Event):
    kind: ClassVar[str] = "coordination.matter"
    key: ClassVar[str] = "matter_id"
    matter_id: int


@dataclass(frozen=True, slots=True)
class MatterRaised(_OfMatter):
    words: ClassVar[str] = "調整事項を出した"


@dataclass(frozen=True, slots=True)
class MatterMoved(_OfMatter):
    """``version``: the one after it."""

    words: ClassVar[str] = "調整事項の手続を進めた"
    act: str
    state: str
    version: int


EVENTS = (MatterRaised, MatterMoved)
