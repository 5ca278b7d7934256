"""What 行政管理課 has entered beside the plan's own words: who leads a measure, its bars and its milestones. The source has none."""
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

BAR, MILESTONE = "bar", "milestone"
KINDS = {BAR: "帯", MILESTONE: "節目"}


class Lead(Base):
    """A unit that leads a measure; the one with the least ``position`` first, the others jointly."""

    __tablename__ = "governance_lead"
    __table_args__ = (Index("ix_governance_lead_unit", "unit_id"),)

    measure_id: Mapped[int] = mapped_column(ForeignKey("governance_measure.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("directory_unit.id"), primary_key=True)
    position: Mapped[int] = mapped_column(default=0)


class Bar(Base):
    """From a day to a day, or a milestone on one. Taken away, it stays with who did it."""

    __tablename__ = "governance_bar"
    __table_args__ = (Index("ix_governance_bar_measure", "measure_id", "gone_at"), CheckConstraint("ends_on >= starts_on", name="in_order"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("governance_measure.id"))
    kind: Mapped[str] = mapped_column(default=BAR)
    words: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    author_name: Mapped[str]
    at: Mapped[datetime]
    gone_at: Mapped[datetime | None]
