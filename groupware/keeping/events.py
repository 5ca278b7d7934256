"""That somebody took all data away, and that the house was brought back from a copy, stands in the audit."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfBackup(Event):
    """``made``: the second (since 1970) in which the backup was begun: its number."""

    kind: ClassVar[str] = "keeping.backup"
    key: ClassVar[str] = "made"
    made: int


@dataclass(frozen=True, slots=True)
class BackupBegun(_OfBackup):
    words: ClassVar[str] = "控えをとり始めた"


@dataclass(frozen=True, slots=True)
class HouseRestored(_OfBackup):
    """``held``: jobs that were waiting in the copy and will not run by themselves; ``sessions``: sign-ins that were open in it."""

    words: ClassVar[str] = "控えから戻した"
    held: int


EVENTS = (BackupBegun, HouseRestored)
