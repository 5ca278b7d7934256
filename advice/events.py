"""What happened to advice, and to who gives it from outside. Ids and plain values only."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfAdvice(Event):
    kind: ClassVar[str] = "advice.advice"
    key: ClassVar[str] = "advice_id"
    advice_id: int


@dataclass(frozen=True, slots=True)
class AdviceAsked(_OfAdvice):
    words: ClassVar[str] = "助言を求めた"


@dataclass(frozen=True, slots=True)
class AdviceGiven(_OfAdvice):
    words: ClassVar[str] = "助言・提言を記録した"
    author_id: int


@dataclass(frozen=True, slots=True)
class AdviceRewritten(_OfAdvice):
    words: ClassVar[str] = "助言・提言の記録を書き直した"
    version: int


@dataclass(frozen=True, slots=True)
class AdviceMoved(_OfAdvice):
    """``version``: the one after it."""

    words: ClassVar[str] = "助言・提言の手続を進めた"
    act: str
    state: str
    version: int


@dataclass(frozen=True, slots=True)
class HoldEnded(_OfAdvice):
    words: ClassVar[str] = "保留の期限が来た"
    until: str


@dataclass(frozen=True, slots=True)
class AdviceRulesChanged(Event):
    kind: ClassVar[str] = "advice.ruling"
    key: ClassVar[str] = "ruling_id"
    words: ClassVar[str] = "助言・提言の決まりを変えた"
    ruling_id: int


@dataclass(frozen=True, slots=True)
class _OfCommission(Event):
    kind: ClassVar[str] = "advice.commission"
    key: ClassVar[str] = "commission_id"
    commission_id: int


@dataclass(frozen=True, slots=True)
class CandidateNamed(_OfCommission):
    words: ClassVar[str] = "アドバイザーの候補を挙げた"


@dataclass(frozen=True, slots=True)
class CandidateRewritten(_OfCommission):
    words: ClassVar[str] = "アドバイザーの候補を書き直した"


@dataclass(frozen=True, slots=True)
class CommissionMoved(_OfCommission):
    """``version``: the one after it."""

    words: ClassVar[str] = "アドバイザーの委嘱を進めた"
    act: str
    state: str
    version: int


OF_ADVICE = (AdviceAsked, AdviceGiven, AdviceRewritten, AdviceMoved, HoldEnded)
OF_COMMISSIONS = (CandidateNamed, CandidateRewritten, CommissionMoved)
EVENTS = (*OF_ADVICE, AdviceRulesChanged, *OF_COMMISSIONS)
