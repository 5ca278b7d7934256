"""That somebody has taken entries away is an entry, too."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class EntriesTaken(Event):
    """``upto``: the newest entry there was."""

    kind: ClassVar[str] = "audit.entry"
    key: ClassVar[str] = "upto"
    words: ClassVar[str] = "監査の記録を書き出した"
    upto: int
    sought: str
