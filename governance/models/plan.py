"""The plan in editions. What an edition says is kept as it was given, word for word."""
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

DRAFTED, CHECKED, DECIDED, IN_FORCE, FORMER, DROPPED = "drafted", "checked", "decided", "in_force", "former", "dropped"
STATES = {DRAFTED: "改訂案", CHECKED: "影響を確かめた案", DECIDED: "決裁済み（施行待ち）", IN_FORCE: "施行中", FORMER: "旧版",
          DROPPED: "取りやめた案"}


class Edition(Base):
    """``content`` never changes: another wording is another edition. ``from_day`` None: nobody has said from when it holds."""

    __tablename__ = "governance_edition"
    __table_args__ = (Index("ix_governance_edition_state", "state", "from_day"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str]
    state: Mapped[str] = mapped_column(default=DRAFTED)
    content: Mapped[dict[str, Any]]
    digest: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="")
    impact: Mapped[str] = mapped_column(Text, default="")        # what becomes of measures that are gone, of indicators and teams
    author_id: Mapped[int]
    author_name: Mapped[str]
    drafted_at: Mapped[datetime]
    decider_id: Mapped[int | None]
    decider_name: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    from_day: Mapped[date | None]
    ended_at: Mapped[datetime | None]


class Measure(Base):
    """What reports, teams and advice are tied to, whatever an edition calls it."""

    __tablename__ = "governance_measure"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    gone_at: Mapped[datetime | None]        # no measure of the plan in force any more
