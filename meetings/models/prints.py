"""What is printed of a sitting, made in the helper: a bundle of its papers, its minutes. And the address of one's own calendar."""
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

BUNDLE, MINUTES = "bundle", "minutes"
PRINTS = {BUNDLE: "綴じた資料", MINUTES: "会議録"}
WAITING, WORKING, READY, FAILED = "waiting", "working", "ready", "failed"


class Print(Base):
    """``level``: items up to it are in. ``parts``: [item, paper (0: none), version] of all that is in: who may read all of it may read this."""

    __tablename__ = "meetings_print"
    __table_args__ = (Index("ix_meetings_print_sitting", "sitting_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("meetings_sitting.id"))
    what: Mapped[str]
    level: Mapped[str]
    state: Mapped[str] = mapped_column(default=WAITING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    pages: Mapped[int] = mapped_column(default=0)
    parts: Mapped[list[Any]]
    trouble: Mapped[str] = mapped_column(default="")
    by_id: Mapped[int]
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class Feed(Base):
    """Only the fingerprint of its key is kept."""

    __tablename__ = "meetings_feed"

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
