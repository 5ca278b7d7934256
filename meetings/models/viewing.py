"""Where the presenter of a sitting is, and what each person has written on its papers for themselves."""
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

PEN, MARKER, TEXT, BOOKMARK = "pen", "marker", "text", "bookmark"


class Showing(Base):
    """A state, no history: whoever comes late reads this row. ``seq`` grows with every change, ``calls`` with every 「全員こちらへ」."""

    __tablename__ = "meetings_showing"

    sitting_id: Mapped[int] = mapped_column(ForeignKey("meetings_sitting.id"), primary_key=True)
    presenter_id: Mapped[int | None]
    paper_id: Mapped[int | None] = mapped_column(BigId)
    page: Mapped[int] = mapped_column(default=0)
    seq: Mapped[int] = mapped_column(default=0)
    calls: Mapped[int] = mapped_column(default=0)


class Note(Base):
    """Something written on one page of the very file that was looked at: what replaces the file never moves the row.

    ``key`` is the browser's; ``revision`` counts its changes; ``body`` is in page coordinates from 0 to 1. What was taken away stays, for undoing.
    """

    __tablename__ = "meetings_note"
    __table_args__ = (UniqueConstraint("user_id", "key"), Index("ix_meetings_note_mine", "user_id", "paper_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int]
    paper_id: Mapped[int] = mapped_column(BigId)
    sha256: Mapped[str]
    page: Mapped[int]
    key: Mapped[str]
    kind: Mapped[str]
    body: Mapped[dict[str, Any]]
    revision: Mapped[int]
    gone: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
