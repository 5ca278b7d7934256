"""What happened to boards and notices."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfBoard(Event):
    kind: ClassVar[str] = "boards.board"
    key: ClassVar[str] = "board_id"
    board_id: int


@dataclass(frozen=True, slots=True)
class BoardCreated(_OfBoard):
    words: ClassVar[str] = "掲示板をつくった"


@dataclass(frozen=True, slots=True)
class BoardChanged(_OfBoard):
    """Its name, its place, who may do what, or that it was put away."""

    words: ClassVar[str] = "掲示板を変えた"


@dataclass(frozen=True, slots=True)
class _OfNotice(Event):
    kind: ClassVar[str] = "boards.notice"
    key: ClassVar[str] = "notice_id"
    notice_id: int


@dataclass(frozen=True, slots=True)
class NoticeDrafted(_OfNotice):
    words: ClassVar[str] = "お知らせの下書きをつくった"
    slow: bool = False


@dataclass(frozen=True, slots=True)
class NoticeBooked(_OfNotice):
    words: ClassVar[str] = "お知らせの掲載を予約した"


@dataclass(frozen=True, slots=True)
class NoticeLaidBefore(_OfNotice):
    words: ClassVar[str] = "お知らせの掲載の承認を願い出た"


@dataclass(frozen=True, slots=True)
class NoticeCameBack(_OfNotice):
    """Returned with a reason, or taken back."""

    words: ClassVar[str] = "お知らせが承認されずに戻った"


@dataclass(frozen=True, slots=True)
class NoticePublished(_OfNotice):
    words: ClassVar[str] = "お知らせを掲載した"


@dataclass(frozen=True, slots=True)
class NoticeEdited(_OfNotice):
    """``in_substance``: whoever had confirmed it is asked again."""

    words: ClassVar[str] = "お知らせを直した"
    version: int
    in_substance: bool = False
    published: bool = False
    slow: bool = False


@dataclass(frozen=True, slots=True)
class UnopenedTold(_OfNotice):
    words: ClassVar[str] = "まだ開いていない人に知らせた"


@dataclass(frozen=True, slots=True)
class NoticeWithdrawn(_OfNotice):
    words: ClassVar[str] = "お知らせを取り下げた"


@dataclass(frozen=True, slots=True)
class NoticeDropped(_OfNotice):
    words: ClassVar[str] = "お知らせの下書きを捨てた"


@dataclass(frozen=True, slots=True)
class NoticeAddressed(_OfNotice):
    """The receipts are in line with the organisation of today."""

    words: ClassVar[str] = "お知らせの宛先を組織に合わせた"
    people: int
    came: int
    left: int


@dataclass(frozen=True, slots=True)
class NoticeRendered(_OfNotice):
    """The helper has worked out Markdown that was too slow for the door."""

    words: ClassVar[str] = "お知らせの表示を仕上げた"


@dataclass(frozen=True, slots=True)
class NoticeFrozen(_OfNotice):
    words: ClassVar[str] = "期限のときのようすを控えた"


@dataclass(frozen=True, slots=True)
class NoticeConfirmed(_OfNotice):
    """``on_behalf_of`` somebody without a terminal, or 0."""

    words: ClassVar[str] = "お知らせを確認した"
    user_id: int
    asked: int
    on_behalf_of: int = 0


@dataclass(frozen=True, slots=True)
class NoticeAnswered(_OfNotice):
    """That it was answered, never what."""

    words: ClassVar[str] = "お知らせの設問に答えた"
    asked: int


@dataclass(frozen=True, slots=True)
class StepPassed(_OfNotice):
    """Stamped, skipped, or under way again."""

    words: ClassVar[str] = "回覧を次へ回した"
    step_id: int
    stage: int


@dataclass(frozen=True, slots=True)
class RoundReturned(_OfNotice):
    words: ClassVar[str] = "回覧を差し戻した"
    step_id: int
    user_id: int
    to_sender: bool


@dataclass(frozen=True, slots=True)
class StepChased(_OfNotice):
    words: ClassVar[str] = "回覧の期限が来たことを知らせた"
    step_id: int


@dataclass(frozen=True, slots=True)
class ModelKept(_OfNotice):
    words: ClassVar[str] = "お知らせの書式を残した"


@dataclass(frozen=True, slots=True)
class ReminderSent(_OfNotice):
    words: ClassVar[str] = "まだの人に知らせた"
    reminder_id: int
    people: int


@dataclass(frozen=True, slots=True)
class _OfComment(Event):
    kind: ClassVar[str] = "boards.comment"
    key: ClassVar[str] = "comment_id"
    comment_id: int
    notice_id: int


@dataclass(frozen=True, slots=True)
class CommentPosted(_OfComment):
    words: ClassVar[str] = "お知らせに書き込んだ"
    author_id: int
    answer: bool = False
    mentioned: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentRemoved(_OfComment):
    words: ClassVar[str] = "書き込みを取り消した"


@dataclass(frozen=True, slots=True)
class FeedOpened(Event):
    kind: ClassVar[str] = "boards.feed"
    key: ClassVar[str] = "user_id"
    words: ClassVar[str] = "掲示板のフィードの番地をつくった"
    user_id: int


@dataclass(frozen=True, slots=True)
class FeedClosed(Event):
    kind: ClassVar[str] = "boards.feed"
    key: ClassVar[str] = "user_id"
    words: ClassVar[str] = "掲示板のフィードの番地をやめた"
    user_id: int


EVENTS = (BoardCreated, BoardChanged, NoticeDrafted, NoticeLaidBefore, NoticeCameBack, NoticeBooked, NoticePublished, NoticeEdited,
          NoticeWithdrawn, NoticeDropped, NoticeAddressed, NoticeRendered, NoticeFrozen, NoticeConfirmed, NoticeAnswered, StepPassed,
          RoundReturned, StepChased, ModelKept, FeedOpened, FeedClosed, ReminderSent, UnopenedTold, CommentPosted, CommentRemoved)
