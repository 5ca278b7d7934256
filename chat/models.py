"""Rooms, members and what is said.

Two numbers carry the whole feature. ``last_seq`` counts messages; ``last_change`` counts everything that ever changed in a room
(a message, an edit, a reaction, a member). Each row remembers the change that touched it last, so that
``changes after n`` is one range of an index, whatever happened and however long somebody was away.
"""
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

OPEN, CLOSED, DIRECT, ANNOUNCEMENT = "open", "closed", "direct", "announcement"
KINDS = {OPEN: "だれでも入れる部屋", CLOSED: "招かれた人の部屋", DIRECT: "個人", ANNOUNCEMENT: "知らせの部屋"}
STAMPS = ("承知", "感謝", "よい案", "完了", "了解", "お疲れさま")


class Room(Base):
    __tablename__ = "chat_room"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    measure: Mapped[str | None]                                     # M01 to M11, when the room serves a measure of the plan
    direct_key: Mapped[str | None] = mapped_column(unique=True)     # "3-17": two people have one direct room, for ever
    group_id: Mapped[int | None]                                    # the room of a group: who is in the group is in the room, and nobody else
    created_by: Mapped[int]
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
    last_seq: Mapped[int] = mapped_column(default=0)
    last_change: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime | None]
    last_line: Mapped[str] = mapped_column(default="")              # who said what last, for the list of rooms
    guests: Mapped[int] = mapped_column(default=0)                  # members from outside the city hall

    @property
    def is_direct(self) -> bool:
        return self.kind == DIRECT


class Member(Base):
    """``read_seq`` is the badge and may be set back; ``seen_seq`` is 既読 and only grows.

    ``by_rule``: here because of an org rule, and gone when the rule says so. Rows of those who left stay, with ``left_at``.
    """

    __tablename__ = "chat_member"
    __table_args__ = (Index("ix_chat_member_user", "user_id", "left_at"),)

    room_id: Mapped[int] = mapped_column(ForeignKey("chat_room.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    joined_seq: Mapped[int] = mapped_column(default=0)      # messages up to this one are neither 既読 nor 未読 for this person
    read_seq: Mapped[int] = mapped_column(default=0)
    seen_seq: Mapped[int] = mapped_column(default=0)
    manager: Mapped[bool] = mapped_column(default=False)
    favourite: Mapped[bool] = mapped_column(default=False)
    by_rule: Mapped[bool] = mapped_column(default=False)
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    changed: Mapped[int] = mapped_column(default=0)


class MemberRule(Base):
    """Everybody of a unit (and below) is a member."""

    __tablename__ = "chat_member_rule"

    room_id: Mapped[int] = mapped_column(ForeignKey("chat_room.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True)
    below: Mapped[bool] = mapped_column(default=True)


class Message(Base):
    """``author_label`` is the post and 課 at the time of writing: it stays with the words when the author is transferred."""

    __tablename__ = "chat_message"
    __table_args__ = (UniqueConstraint("room_id", "seq"), UniqueConstraint("author_id", "client_key"),
                      Index("ix_chat_message_change", "room_id", "changed"), Index("ix_chat_message_thread", "reply_to_id", "seq"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("chat_room.id"))
    seq: Mapped[int]
    changed: Mapped[int]
    author_id: Mapped[int]
    author_name: Mapped[str]
    author_label: Mapped[str]
    author_seal: Mapped[str]
    outside: Mapped[bool] = mapped_column(default=False)
    client_key: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    plain: Mapped[str] = mapped_column(Text)
    slow: Mapped[bool] = mapped_column(default=False)           # its Markdown waits for the helper
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("chat_message.id"))
    replies: Mapped[int] = mapped_column(default=0)
    files: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=1)
    posted_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    deleted_by: Mapped[int | None]


class Revision(Base):
    """What a message said before an edit, or before it was deleted."""

    __tablename__ = "chat_revision"

    message_id: Mapped[int] = mapped_column(ForeignKey("chat_message.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    editor_id: Mapped[int]
    at: Mapped[datetime]


class Reaction(Base):
    __tablename__ = "chat_reaction"

    message_id: Mapped[int] = mapped_column(ForeignKey("chat_message.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    stamp: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Mention(Base):
    __tablename__ = "chat_mention"
    __table_args__ = (Index("ix_chat_mention_user", "user_id", "room_id", "seq"),)

    message_id: Mapped[int] = mapped_column(ForeignKey("chat_message.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int]
    seq: Mapped[int]
