"""What happened in a room."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfRoom(Event):
    kind: ClassVar[str] = "chat.room"
    key: ClassVar[str] = "room_id"
    room_id: int
    change: int


@dataclass(frozen=True, slots=True)
class RoomCreated(_OfRoom):
    words: ClassVar[str] = "部屋をつくった"
    user_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RoomChanged(_OfRoom):
    """Name, purpose, archived or brought back."""

    words: ClassVar[str] = "部屋を変えた"


@dataclass(frozen=True, slots=True)
class MembersAdded(_OfRoom):
    words: ClassVar[str] = "部屋に人を入れた"
    user_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MemberRemoved(_OfRoom):
    """Left by oneself, taken out, or no longer covered by a rule."""

    words: ClassVar[str] = "部屋から人が出た"
    user_id: int


@dataclass(frozen=True, slots=True)
class _OfMessage(Event):
    kind: ClassVar[str] = "chat.message"
    key: ClassVar[str] = "message_id"
    message_id: int
    room_id: int
    change: int


@dataclass(frozen=True, slots=True)
class MessagePosted(_OfMessage):
    words: ClassVar[str] = "投稿した"
    seq: int
    author_id: int
    reply_to_id: int | None = None
    mentioned: tuple[int, ...] = ()
    slow: bool = False


@dataclass(frozen=True, slots=True)
class MessageEdited(_OfMessage):
    words: ClassVar[str] = "投稿を直した"
    author_id: int
    newly_mentioned: tuple[int, ...] = ()
    slow: bool = False


@dataclass(frozen=True, slots=True)
class MessageDeleted(_OfMessage):
    words: ClassVar[str] = "投稿を取り消した"


@dataclass(frozen=True, slots=True)
class MessageRendered(_OfMessage):
    """The helper has worked out Markdown that was too slow for the door."""

    words: ClassVar[str] = "投稿の表示を仕上げた"


@dataclass(frozen=True, slots=True)
class ReactionChanged(_OfMessage):
    words: ClassVar[str] = "印を変えた"
    user_id: int
    stamp: str
    pressed: bool


EVENTS = (RoomCreated, RoomChanged, MembersAdded, MemberRemoved,
          MessagePosted, MessageEdited, MessageDeleted, MessageRendered, ReactionChanged)
