"""What happened in a sitting and to its minutes. None of it says a word of what was written."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfSitting(Event):
    kind: ClassVar[str] = "meetings.sitting"
    key: ClassVar[str] = "sitting_id"
    sitting_id: int


@dataclass(frozen=True, slots=True)
class RollCalled(_OfSitting):
    words: ClassVar[str] = "会議の出欠をとった"


@dataclass(frozen=True, slots=True)
class SittingClosed(_OfSitting):
    words: ClassVar[str] = "会議を閉じた"


@dataclass(frozen=True, slots=True)
class SummaryPublished(_OfSitting):
    words: ClassVar[str] = "会議の概要を出した"


@dataclass(frozen=True, slots=True)
class MinutesMoved(_OfSitting):
    """``act``: ask, return, lock."""

    words: ClassVar[str] = "議事録を次の段へ進めた"
    act: str
    state: str


@dataclass(frozen=True, slots=True)
class MinutesReviewed(_OfSitting):
    words: ClassVar[str] = "議事録を確かめた"


@dataclass(frozen=True, slots=True)
class _OfItem(Event):
    kind: ClassVar[str] = "meetings.item"
    key: ClassVar[str] = "item_id"
    item_id: int
    sitting_id: int


@dataclass(frozen=True, slots=True)
class ItemStarted(_OfItem):
    words: ClassVar[str] = "議題に入った"


@dataclass(frozen=True, slots=True)
class ItemFinished(_OfItem):
    words: ClassVar[str] = "議題を終えた"


@dataclass(frozen=True, slots=True)
class VoteOpened(_OfItem):
    words: ClassVar[str] = "採決を始めた"
    vote_id: int


@dataclass(frozen=True, slots=True)
class BallotCast(_OfItem):
    """``choice`` stands in the record of deeds because the vote is named."""

    words: ClassVar[str] = "採決に加わった"
    vote_id: int
    user_id: int
    choice: str


@dataclass(frozen=True, slots=True)
class VoteEnded(_OfItem):
    words: ClassVar[str] = "採決を終えた"
    vote_id: int


@dataclass(frozen=True, slots=True)
class _OfEntry(Event):
    kind: ClassVar[str] = "meetings.entry"
    key: ClassVar[str] = "entry_id"
    entry_id: int
    item_id: int
    sitting_id: int


@dataclass(frozen=True, slots=True)
class EntryWritten(_OfEntry):
    words: ClassVar[str] = "議事録に書いた"


@dataclass(frozen=True, slots=True)
class EntryChanged(_OfEntry):
    words: ClassVar[str] = "議事録の段落を直した"
    version: int


@dataclass(frozen=True, slots=True)
class EntryRemoved(_OfEntry):
    words: ClassVar[str] = "議事録の段落を外した"


@dataclass(frozen=True, slots=True)
class CorrectionProposed(_OfEntry):
    words: ClassVar[str] = "議事録の直しを申し出た"
    correction_id: int


@dataclass(frozen=True, slots=True)
class CorrectionSettled(_OfEntry):
    words: ClassVar[str] = "議事録の直しの申し出に答えた"
    correction_id: int
    state: str


@dataclass(frozen=True, slots=True)
class ActionGiven(_OfEntry):
    words: ClassVar[str] = "対応事項を頼んだ"
    action_id: int
    owner_id: int


@dataclass(frozen=True, slots=True)
class _OfAction(Event):
    kind: ClassVar[str] = "meetings.action"
    key: ClassVar[str] = "action_id"
    action_id: int


@dataclass(frozen=True, slots=True)
class ActionChanged(_OfAction):
    words: ClassVar[str] = "対応事項の様子を変えた"
    state: str
    entry_id: int
    item_id: int
    sitting_id: int


@dataclass(frozen=True, slots=True)
class ActionChased(_OfAction):
    words: ClassVar[str] = "対応事項の期限を知らせた"
    owner_id: int
    late: bool


@dataclass(frozen=True, slots=True)
class PrintAsked(_OfSitting):
    words: ClassVar[str] = "会議の綴りを頼んだ"
    print_id: int


@dataclass(frozen=True, slots=True)
class PrintKept(_OfSitting):
    words: ClassVar[str] = "会議の綴りができた"
    print_id: int
    by_id: int


@dataclass(frozen=True, slots=True)
class _OfFeed(Event):
    kind: ClassVar[str] = "meetings.feed"
    key: ClassVar[str] = "user_id"
    user_id: int


@dataclass(frozen=True, slots=True)
class FeedOpened(_OfFeed):
    words: ClassVar[str] = "会議の予定表の番地をつくった"


@dataclass(frozen=True, slots=True)
class FeedClosed(_OfFeed):
    words: ClassVar[str] = "会議の予定表の番地を閉じた"


EVENTS = (RollCalled, SittingClosed, SummaryPublished, MinutesMoved, MinutesReviewed, ItemStarted, ItemFinished, VoteOpened, BallotCast, VoteEnded,
          EntryWritten, EntryChanged, EntryRemoved, CorrectionProposed, CorrectionSettled, ActionGiven, ActionChanged, ActionChased,
          PrintAsked, PrintKept, FeedOpened, FeedClosed)
LIVE = (RollCalled, SittingClosed, SummaryPublished, MinutesMoved, MinutesReviewed, ItemStarted, ItemFinished, VoteOpened, BallotCast, VoteEnded,
        EntryWritten, EntryChanged, EntryRemoved, CorrectionProposed, CorrectionSettled, ActionChanged)
