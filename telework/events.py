"""What happened to places and applications."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class PlaceSaid(Event):
    """Of which days, never where: the record is kept for ever, a whereabout is not."""

    kind: ClassVar[str] = "directory.user"
    key: ClassVar[str] = "user_id"
    words: ClassVar[str] = "自分の場所を入れた"
    user_id: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class _OfApplication(Event):
    kind: ClassVar[str] = "telework.application"
    """``first``: of the ``days`` that one act has asked for or decided together; of these it is told once."""

    key: ClassVar[str] = "application_id"
    application_id: int


@dataclass(frozen=True, slots=True)
class TeleworkAsked(_OfApplication):
    words: ClassVar[str] = "テレワークを申請した"
    first: int = 0
    days: int = 1


@dataclass(frozen=True, slots=True)
class TeleworkMoved(_OfApplication):
    words: ClassVar[str] = "テレワークの申請を進めた"
    act: str
    state: str
    first: int = 0
    days: int = 1


@dataclass(frozen=True, slots=True)
class TeleworkRuled(Event):
    kind: ClassVar[str] = "telework.rules"
    key: ClassVar[str] = "rules_id"
    words: ClassVar[str] = "テレワークのきまりを決めた"
    rules_id: int


EVENTS = (PlaceSaid, TeleworkAsked, TeleworkMoved, TeleworkRuled)
