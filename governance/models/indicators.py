"""Indicators of a measure, entered by its own section: the plan has none."""
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

ACTIVITY, OUTPUT, FIRST, MIDDLE, FINAL = "activity", "output", "first", "middle", "final"
STAGES = {ACTIVITY: "活動", OUTPUT: "アウトプット", FIRST: "初期アウトカム", MIDDLE: "中間アウトカム", FINAL: "最終アウトカム"}
OUTCOMES = (FIRST, MIDDLE, FINAL)
UP, DOWN = "up", "down"
DIRECTIONS = {UP: "多いほどよい", DOWN: "少ないほどよい"}
FREQUENCIES = {"": "未設定", "month": "毎月", "quarter": "四半期", "half": "半期", "year": "毎年"}


class Indicator(Base):
    """Numbers are decimals as text, as they were written; empty: nobody has said."""

    __tablename__ = "governance_indicator"
    __table_args__ = (Index("ix_governance_indicator_measure", "measure_id", "gone_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("governance_measure.id"))
    stage: Mapped[str]
    name: Mapped[str]
    unit: Mapped[str] = mapped_column(default="")
    direction: Mapped[str] = mapped_column(default=UP)
    base: Mapped[str] = mapped_column(default="")
    base_year: Mapped[int | None]
    target: Mapped[str] = mapped_column(default="")
    target_year: Mapped[int | None]
    formula: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    frequency: Mapped[str] = mapped_column(default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("directory_unit.id"))
    author_name: Mapped[str]
    at: Mapped[datetime]
    gone_at: Mapped[datetime | None]


class Reading(Base):
    """What was measured for a period. ``period`` 0: the year."""

    __tablename__ = "governance_reading"
    __table_args__ = (UniqueConstraint("indicator_id", "fiscal_year", "period"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("governance_indicator.id"))
    fiscal_year: Mapped[int]
    period: Mapped[int]
    value: Mapped[str]
    author_name: Mapped[str]
    at: Mapped[datetime]
