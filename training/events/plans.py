"""What happened to plans of people, and to the talks a transfer gave reason for."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfPlan(Event):
    kind: ClassVar[str] = "training.plan"
    key: ClassVar[str] = "plan_id"
    plan_id: int


@dataclass(frozen=True, slots=True)
class PlanWritten(_OfPlan):
    words: ClassVar[str] = "育成計画を書いた"


@dataclass(frozen=True, slots=True)
class PlanMoved(_OfPlan):
    words: ClassVar[str] = "育成計画を進めた"
    act: str
    state: str
    user_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class _OfTalk(Event):
    kind: ClassVar[str] = "training.talk"
    key: ClassVar[str] = "talk_id"
    talk_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class TalkProposed(_OfTalk):
    words: ClassVar[str] = "異動した人を面談の候補に挙げた"


@dataclass(frozen=True, slots=True)
class TalkSettled(_OfTalk):
    words: ClassVar[str] = "面談の候補を済ませた"
    state: str


EVENTS = (PlanWritten, PlanMoved, TalkProposed, TalkSettled)
