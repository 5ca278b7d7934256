"""What happened to bodies, sittings, items and papers."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfBody(Event):
    kind: ClassVar[str] = "meetings.body"
    key: ClassVar[str] = "body_id"
    body_id: int


@dataclass(frozen=True, slots=True)
class BodyFounded(_OfBody):
    words: ClassVar[str] = "会議体をつくった"


@dataclass(frozen=True, slots=True)
class BodyChanged(_OfBody):
    """Its name, who may know of it, or who belongs to it."""

    words: ClassVar[str] = "会議体を変えた"


@dataclass(frozen=True, slots=True)
class BodyStandingKept(_OfBody):
    words: ClassVar[str] = "会議体のひな形を決めた"


@dataclass(frozen=True, slots=True)
class _OfSitting(Event):
    kind: ClassVar[str] = "meetings.sitting"
    key: ClassVar[str] = "sitting_id"
    sitting_id: int


@dataclass(frozen=True, slots=True)
class SittingPlanned(_OfSitting):
    words: ClassVar[str] = "会議を計画した"


@dataclass(frozen=True, slots=True)
class SittingChanged(_OfSitting):
    """``moved``: another day, hour or place than those who were called know."""

    words: ClassVar[str] = "会議の日時などを変えた"
    version: int
    moved: bool = False


@dataclass(frozen=True, slots=True)
class SittingCalled(_OfSitting):
    words: ClassVar[str] = "会議の開催を知らせた"


@dataclass(frozen=True, slots=True)
class SittingCancelled(_OfSitting):
    """``called``: somebody had been told of it."""

    words: ClassVar[str] = "会議を中止した"
    called: bool


@dataclass(frozen=True, slots=True)
class SittingAnswered(_OfSitting):
    words: ClassVar[str] = "会議の出欠を答えた"
    answer: str


@dataclass(frozen=True, slots=True)
class FloorGiven(_OfSitting):
    """Somebody presents from now on; 0: nobody."""

    words: ClassVar[str] = "会議の発表者を替えた"
    presenter_id: int
    before_id: int


@dataclass(frozen=True, slots=True)
class EveryoneCalled(_OfSitting):
    words: ClassVar[str] = "会議の全員を発表者の頁へ呼んだ"


@dataclass(frozen=True, slots=True)
class _OfItem(Event):
    kind: ClassVar[str] = "meetings.item"
    key: ClassVar[str] = "item_id"
    item_id: int
    sitting_id: int


@dataclass(frozen=True, slots=True)
class ItemAdded(_OfItem):
    words: ClassVar[str] = "議題を加えた"


@dataclass(frozen=True, slots=True)
class ItemChanged(_OfItem):
    words: ClassVar[str] = "議題を直した"


@dataclass(frozen=True, slots=True)
class ItemMoved(_OfItem):
    words: ClassVar[str] = "議題の順を変えた"


@dataclass(frozen=True, slots=True)
class ItemDropped(_OfItem):
    words: ClassVar[str] = "議題を外した"


@dataclass(frozen=True, slots=True)
class _OfPaper(Event):
    kind: ClassVar[str] = "meetings.paper"
    key: ClassVar[str] = "paper_id"
    paper_id: int
    item_id: int


@dataclass(frozen=True, slots=True)
class PaperHung(_OfPaper):
    words: ClassVar[str] = "会議の資料を付けた"


@dataclass(frozen=True, slots=True)
class PaperReplaced(_OfPaper):
    words: ClassVar[str] = "会議の資料を差し替えた"
    version: int


@dataclass(frozen=True, slots=True)
class PaperDropped(_OfPaper):
    words: ClassVar[str] = "会議の資料を外した"


EVENTS = (BodyFounded, BodyChanged, BodyStandingKept, SittingPlanned, SittingChanged, SittingCalled, SittingCancelled, SittingAnswered,
          FloorGiven, EveryoneCalled, ItemAdded, ItemChanged, ItemMoved, ItemDropped, PaperHung, PaperReplaced, PaperDropped)
