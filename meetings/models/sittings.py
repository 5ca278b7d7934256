"""A sitting (第5回), the items of its agenda, the papers that hang on them."""
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

PLANNED, CALLED, CANCELLED = "planned", "called", "cancelled"
STATES = {PLANNED: "準備中", CALLED: "開催", CANCELLED: "中止"}
REPORT, DISCUSS, DECIDE, OTHER = "report", "discuss", "decide", "other"
KINDS = {REPORT: "報告", DISCUSS: "協議", DECIDE: "決定", OTHER: "その他"}


class Sitting(Base):
    """Before it is called only those who prepare it know of it. ``papers_at``: when its papers open, None with the call."""

    __tablename__ = "meetings_sitting"
    __table_args__ = (UniqueConstraint("body_id", "number"), Index("ix_meetings_sitting_starts", "starts_at", "id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("meetings_body.id"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(default=PLANNED)
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    url: Mapped[str] = mapped_column(default="")
    papers_at: Mapped[datetime | None]
    called_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")         # why it was cancelled
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]


class Item(Base):
    """Its place is an order and a length: number and clock are computed. ``own_level``: what was said of it; ``level``: what holds."""

    __tablename__ = "meetings_item"
    __table_args__ = (Index("ix_meetings_item_sitting", "sitting_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("meetings_sitting.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("meetings_item.id"))
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str]
    kind: Mapped[str] = mapped_column(default=REPORT)
    minutes: Mapped[int] = mapped_column(default=0)
    own_level: Mapped[str | None]
    level: Mapped[str]
    presenter_id: Mapped[int | None]
    presenter: Mapped[str] = mapped_column(default="")      # as it stands in the 次第
    note: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    about: Mapped[str] = mapped_column(default="")              # the thing of another feature that is to be spoken of
    carries: Mapped[bool] = mapped_column(default=False)        # shows what is still to be done from earlier sittings
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class Paper(Base):
    """``handout``: 当日配付, opens as the sitting begins. Its number is computed from its place."""

    __tablename__ = "meetings_paper"
    __table_args__ = (Index("ix_meetings_paper_item", "item_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("meetings_item.id"))
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str]
    handout: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]


class PaperVersion(Base):
    """Every file a paper ever was; all of them hang on it."""

    __tablename__ = "meetings_paper_version"

    paper_id: Mapped[int] = mapped_column(ForeignKey("meetings_paper.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[str]
    by_id: Mapped[int]
    at: Mapped[datetime]
