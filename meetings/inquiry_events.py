"""What happened when units were asked for items."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfInquiry(Event):
    kind: ClassVar[str] = "meetings.inquiry"
    key: ClassVar[str] = "inquiry_id"
    inquiry_id: int
    sitting_id: int


@dataclass(frozen=True, slots=True)
class UnitsAsked(_OfInquiry):
    """``units``: those that had not been asked before."""

    words: ClassVar[str] = "所属に議題を照会した"
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnitAnswered(_OfInquiry):
    """``reply``: "" where the last offer was withdrawn."""

    words: ClassVar[str] = "議題の照会に答えた"
    unit_id: int
    reply: str


@dataclass(frozen=True, slots=True)
class OffersTaken(_OfInquiry):
    words: ClassVar[str] = "申し出のあった議題を次第に加えた"
    items: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnitsReminded(_OfInquiry):
    words: ClassVar[str] = "まだ答えのない所属に知らせた"
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _OfItem(Event):
    kind: ClassVar[str] = "meetings.item"
    key: ClassVar[str] = "item_id"
    item_id: int
    sitting_id: int


@dataclass(frozen=True, slots=True)
class PaperAwaited(_OfItem):
    words: ClassVar[str] = "これから届く資料の場所をとった"


@dataclass(frozen=True, slots=True)
class PaperNoLongerAwaited(_OfItem):
    words: ClassVar[str] = "資料を待つのをやめた"


EVENTS = (UnitsAsked, UnitAnswered, OffersTaken, UnitsReminded, PaperAwaited, PaperNoLongerAwaited)
