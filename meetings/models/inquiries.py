"""Units are asked what they bring to a sitting (議題の照会); papers that are still to come."""
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId
from meetings.models.sittings import REPORT

ITEMS, NOTHING = "items", "nothing"
REPLIES = {ITEMS: "議題あり", NOTHING: "なし"}


class Inquiry(Base):
    """One for a sitting. ``answer_by``: until when units answer; ``papers_by``: until when papers that come later are to be there."""

    __tablename__ = "meetings_inquiry"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("meetings_sitting.id"), unique=True)
    note: Mapped[str] = mapped_column(Text, default="")
    answer_by: Mapped[date]
    papers_by: Mapped[date | None]
    asked_at: Mapped[datetime]


class AskedUnit(Base):
    """``reply``: None as long as nobody answered for it. ``name``: as it was called then."""

    __tablename__ = "meetings_asked_unit"

    inquiry_id: Mapped[int] = mapped_column(ForeignKey("meetings_inquiry.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    reply: Mapped[str | None]
    by_name: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime | None]
    reminded_on: Mapped[date | None]


class Offer(Base):
    """An item that a unit would bring. ``item_id``: what it became on the agenda. ``later``: its papers are still to come."""

    __tablename__ = "meetings_offer"
    __table_args__ = (Index("ix_meetings_offer_inquiry", "inquiry_id", "unit_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    inquiry_id: Mapped[int] = mapped_column(ForeignKey("meetings_inquiry.id"))
    unit_id: Mapped[int]
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(default=REPORT)
    minutes: Mapped[int] = mapped_column(default=0)
    own_level: Mapped[str | None]
    presenter_id: Mapped[int | None]
    presenter: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(Text, default="")
    later: Mapped[bool] = mapped_column(default=False)
    item_id: Mapped[int | None]


class AwaitedPaper(Base):
    """資料未着: stands in the agenda until a paper is hung in its place. ``who`` brings it, as it was written."""

    __tablename__ = "meetings_awaited_paper"
    __table_args__ = (Index("ix_meetings_awaited_paper_item", "item_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("meetings_item.id"))
    title: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
