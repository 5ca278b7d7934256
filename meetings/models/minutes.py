"""What is written down while a sitting goes on (会議録): its paragraphs, who was there, what is asked to be mended."""
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

DRAFT, REVIEW, LOCKED = "draft", "review", "locked"
MINUTES_STATES = {DRAFT: "記録中", REVIEW: "確認依頼中", LOCKED: "確定"}
SUMMARY, REMARK, DECISION, ACTION = "summary", "remark", "decision", "action"
ENTRY_KINDS = {SUMMARY: "説明要旨", REMARK: "質疑", DECISION: "決定", ACTION: "対応"}
PRESENT, LATE, ONLINE, DEPUTY, ABSENT = "present", "late", "online", "deputy", "absent"
PRESENCES = {PRESENT: "出席", LATE: "遅刻", ONLINE: "オンライン", DEPUTY: "代理", ABSENT: "欠席"}
THERE = (PRESENT, LATE, ONLINE, DEPUTY)
PROPOSED, ACCEPTED, DECLINED = "proposed", "accepted", "declined"
CORRECTION_STATES = {PROPOSED: "未回答", ACCEPTED: "取り入れた", DECLINED: "見送った"}


class Record(Base):
    """The minutes of one sitting as a whole. Absent until something was written: then they are a draft."""

    __tablename__ = "meetings_record"

    sitting_id: Mapped[int] = mapped_column(ForeignKey("meetings_sitting.id"), primary_key=True)
    state: Mapped[str] = mapped_column(default=DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    visitors: Mapped[int | None]                                # 傍聴者数
    closed_because: Mapped[str] = mapped_column(default="")     # 非公開の理由
    returned_because: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None]                           # 閉会
    summary_at: Mapped[datetime | None]                         # 概要 shown to all who may know of the sitting
    asked_at: Mapped[datetime | None]
    locked_at: Mapped[datetime | None]
    locked_by: Mapped[str] = mapped_column(default="")          # name and post of that moment


class Entry(Base):
    """A paragraph. ``key``: the client's, so that one that is sent twice stands once. What was removed is kept, and shown to nobody."""

    __tablename__ = "meetings_entry"
    __table_args__ = (Index("ix_meetings_entry_sitting", "sitting_id", "item_id"), UniqueConstraint("by_id", "key"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("meetings_sitting.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("meetings_item.id"))
    kind: Mapped[str]
    speaker: Mapped[str] = mapped_column(default="")
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)
    removed: Mapped[bool] = mapped_column(default=False)
    key: Mapped[str | None]
    by_id: Mapped[int]
    by_name: Mapped[str]
    at: Mapped[datetime]


class EntryVersion(Base):
    """How a paragraph stood before it was changed."""

    __tablename__ = "meetings_entry_version"

    entry_id: Mapped[int] = mapped_column(ForeignKey("meetings_entry.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    speaker: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    by_name: Mapped[str]
    at: Mapped[datetime]


class Correction(Base):
    """How somebody who was there would have a paragraph read."""

    __tablename__ = "meetings_correction"
    __table_args__ = (Index("ix_meetings_correction_entry", "entry_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("meetings_entry.id"))
    body: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default=PROPOSED)
    reply: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int]
    by_name: Mapped[str]
    at: Mapped[datetime]


class Review(Base):
    """Who has read the draft and found nothing (more) to mend."""

    __tablename__ = "meetings_review"

    sitting_id: Mapped[int] = mapped_column(ForeignKey("meetings_sitting.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Presence(Base):
    """The roll call: who was there. ``deputy``: who came instead."""

    __tablename__ = "meetings_presence"

    sitting_id: Mapped[int] = mapped_column(ForeignKey("meetings_sitting.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    presence: Mapped[str]
    deputy: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
