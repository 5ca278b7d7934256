"""Who a notice is for and how far each of them is: one row a person, from the addressing on."""
from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId


class Receipt(Base):
    """``unit_id`` is where the person sits now; ``gone_at``: no longer among those it is for. What they did stays true.

    ``confirmed`` is the number of the asking that was confirmed; ``waiting``: something is left to do for this person. Of millions of rows
    these are few, and they alone are looked for by person.
    """

    __tablename__ = "boards_receipt"
    __table_args__ = (Index("ix_boards_receipt_left", "user_id", "notice_id", sqlite_where=text("waiting = 1 and gone_at is null"),
                            postgresql_where=text("waiting and gone_at is null")),)

    notice_id: Mapped[int] = mapped_column(ForeignKey("boards_notice.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[bool] = mapped_column(default=True)
    opened_at: Mapped[datetime | None]
    confirmed: Mapped[int] = mapped_column(default=0)
    confirmed_at: Mapped[datetime | None]
    stand_in_id: Mapped[int | None]         # who pressed on behalf of a colleague without a terminal
    stand_in_reason: Mapped[str | None]
    reminder_id: Mapped[int | None]
    reminded_at: Mapped[datetime | None]
    gone_at: Mapped[datetime | None]


class Snapshot(Base):
    """How it stood at the due date: frozen, whatever happens to people and receipts afterwards."""

    __tablename__ = "boards_snapshot"

    notice_id: Mapped[int] = mapped_column(ForeignKey("boards_notice.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int]
    state: Mapped[str]


class Reminder(Base):
    """Who had those reminded that were missing; ``unit_id`` None: of the whole audience."""

    __tablename__ = "boards_reminder"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("boards_notice.id"), index=True)
    user_id: Mapped[int]
    user_name: Mapped[str]
    unit_id: Mapped[int | None]
    people: Mapped[int]
    at: Mapped[datetime]
