"""What happened to terms of leaders, and to the rules about them."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfTerm(Event):
    kind: ClassVar[str] = "training.term"
    key: ClassVar[str] = "term_id"
    term_id: int


@dataclass(frozen=True, slots=True)
class CandidateProposed(_OfTerm):
    words: ClassVar[str] = "デジタルリーダーの候補を挙げた"
    route: str
    user_id: int


@dataclass(frozen=True, slots=True)
class TermMoved(_OfTerm):
    words: ClassVar[str] = "デジタルリーダーの手続を進めた"
    act: str
    state: str
    user_id: int


@dataclass(frozen=True, slots=True)
class PracticeKept(Event):
    kind: ClassVar[str] = "training.practice"
    key: ClassVar[str] = "practice_id"
    words: ClassVar[str] = "デジタルリーダーの実践を記録した"
    practice_id: int


@dataclass(frozen=True, slots=True)
class PracticeTaken(Event):
    kind: ClassVar[str] = "training.practice"
    key: ClassVar[str] = "practice_id"
    words: ClassVar[str] = "実践の記録を取り消した"
    practice_id: int


@dataclass(frozen=True, slots=True)
class SectionExcused(Event):
    """``until`` empty: excused no longer."""

    kind: ClassVar[str] = "directory.unit"
    key: ClassVar[str] = "unit_id"
    words: ClassVar[str] = "デジタルリーダーの配置の免除を決めた"
    unit_id: int
    until: str


@dataclass(frozen=True, slots=True)
class RulesChanged(Event):
    kind: ClassVar[str] = "training.ruling"
    key: ClassVar[str] = "ruling_id"
    words: ClassVar[str] = "デジタルリーダーの決まりを変えた"
    ruling_id: int


EVENTS = (CandidateProposed, TermMoved, PracticeKept, PracticeTaken, SectionExcused, RulesChanged)
