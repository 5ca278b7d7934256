"""Who has to take a course, how those missing were reminded, and lists of outside completions that somebody brought."""
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

DISABLED, DEPARTED, OUT = "disabled", "departed", "out"
GONE = {DISABLED: "休職・停止中", DEPARTED: "退職・任期満了", OUT: "対象から外れた"}
READ, APPLIED = "read", "applied"


class Duty(Base):
    """One person must take one course. ``unit_id``: where they sit, followed. ``gone``: why they are not counted now, else empty.

    ``late``: came into it after the rule was made, so with a due date of their own. ``excused``: why they need not, else empty.
    """

    __tablename__ = "training_duty"
    __table_args__ = (UniqueConstraint("course_id", "user_id"), Index("ix_training_duty_user", "user_id"),
                      Index("ix_training_duty_unit", "course_id", "unit_id"))
    kind: ClassVar[str] = "training.duty"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"))
    unit_id: Mapped[int]
    since: Mapped[date]
    due_on: Mapped[date | None]
    late: Mapped[bool] = mapped_column(default=False)
    gone: Mapped[str] = mapped_column(default="")
    excused: Mapped[str] = mapped_column(default="")
    excused_by: Mapped[str] = mapped_column(default="")
    reminded_at: Mapped[datetime | None]
    chasing_id: Mapped[int | None]


class Chasing(Base):
    """Who had those missing reminded; ``unit_id`` None: all whom they may watch."""

    __tablename__ = "training_chasing"
    __table_args__ = (Index("ix_training_chasing_course", "course_id", "at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"))
    user_id: Mapped[int]
    user_name: Mapped[str]
    unit_id: Mapped[int | None]
    people: Mapped[int]
    at: Mapped[datetime]


class Bringing(Base):
    """Completions outside of the city hall, as somebody brought them. ``lines`` are what the list said; what it would do is asked anew each time."""

    __tablename__ = "training_bringing"
    kind: ClassVar[str] = "training.bringing"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int]
    file_name: Mapped[str]
    lines: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(default=READ)
    at: Mapped[datetime]
