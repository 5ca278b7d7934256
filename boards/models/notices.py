"""A notice: one object, four strengths."""
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

TELL, CONFIRM, ANSWER, CIRCULATE = "tell", "confirm", "answer", "circulate"
STRENGTHS = {
    TELL: ("周知", "読めばよい"), CONFIRM: ("要確認", "期限までに押す"), ANSWER: ("回答", "設問に答える"), CIRCULATE: ("順次回覧", "順に回す")}
PRESSED = (CONFIRM, ANSWER)         # everybody has something to do until a due date; opening is not enough
USUAL, IMPORTANT, URGENT = "usual", "important", "urgent"
WEIGHTS = {USUAL: "通常", IMPORTANT: "重要", URGENT: "緊急"}
DRAFT, ASKING, BOOKED, OPEN, WITHDRAWN, MODEL = "draft", "asking", "booked", "open", "withdrawn", "model"
STATES = {DRAFT: "下書き", ASKING: "承認待ち", BOOKED: "掲載の予約", OPEN: "掲載", WITHDRAWN: "取り下げ", MODEL: "書式"}
TO, ONLY, WITHOUT = "to", "only", "without"        # for whom: of these, of these only those who are also, but not these


class Notice(Base):
    """``sender`` is the circle on whose behalf it speaks: whoever is in it answers for the notice, whoever wrote it.

    ``version`` counts edits; ``asked`` those in substance: who had confirmed before is asked again.
    """

    __tablename__ = "boards_notice"
    __table_args__ = (UniqueConstraint("board_id", "number"), Index("ix_boards_notice_up", "state", "published_at", "id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    board_id: Mapped[int] = mapped_column(ForeignKey("boards_board.id"))
    number: Mapped[int | None]
    state: Mapped[str] = mapped_column(default=DRAFT)
    strength: Mapped[str] = mapped_column(default=TELL)
    weight: Mapped[str] = mapped_column(default=USUAL)
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    plain: Mapped[str] = mapped_column(Text)
    slow: Mapped[bool] = mapped_column(default=False)       # its Markdown waits for the helper
    measure: Mapped[str | None]
    author_id: Mapped[int]
    author_name: Mapped[str]
    author_label: Mapped[str]
    sender: Mapped[str]
    sender_name: Mapped[str]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    asked: Mapped[int] = mapped_column(default=1)
    files: Mapped[int] = mapped_column(default=0)
    comments: Mapped[int] = mapped_column(default=0)
    people: Mapped[int] = mapped_column(default=0)          # how many it is for, and in how many sections
    sections: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")         # of the withdrawal
    returned: Mapped[str] = mapped_column(default="")       # why it came back: from the desk, or from a step of its round
    anonymous: Mapped[bool] = mapped_column(default=False)
    by_unit: Mapped[bool] = mapped_column(default=False)    # one answer stands for a section
    route: Mapped[str] = mapped_column(default="")          # how its round goes
    frozen_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]                        # of what is merely to be read: when those were told who had not opened it


class Audience(Base):
    """For whom: circles of the directory, resolved whenever the organisation moves."""

    __tablename__ = "boards_audience"

    notice_id: Mapped[int] = mapped_column(ForeignKey("boards_notice.id"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(primary_key=True)


class Revision(Base):
    """What a notice said before an edit."""

    __tablename__ = "boards_revision"

    notice_id: Mapped[int] = mapped_column(ForeignKey("boards_notice.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    strength: Mapped[str]
    editor_id: Mapped[int]
    reason: Mapped[str] = mapped_column(default="")
    in_substance: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]


class Comment(Base):
    """お尋ねと答え. ``answer``: said by the sending side."""

    __tablename__ = "boards_comment"
    __table_args__ = (Index("ix_boards_comment_notice", "notice_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("boards_notice.id"))
    author_id: Mapped[int]
    author_name: Mapped[str]
    author_label: Mapped[str]
    author_seal: Mapped[str]
    outside: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[bool] = mapped_column(default=False)
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    plain: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
