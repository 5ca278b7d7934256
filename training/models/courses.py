"""Courses, when they are held, who sits in them, and what somebody has completed."""
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId, only_added_to
from groupware.kernel.ref import Ref
from groupware.kernel.steps import StepTaken

OFFERED, RETIRED = "offered", "retired"
GATHERED, ALONE = "gathered", "alone"
WAYS = {GATHERED: "集まって受ける", ALONE: "教材で学ぶ"}
PLANNED, CALLING, SHUT, SETTLED, CANCELLED = "planned", "calling", "shut", "settled", "cancelled"
SITTINGS = {PLANNED: "準備中", CALLING: "募集中", SHUT: "募集終了", SETTLED: "結果確定", CANCELLED: "中止"}
NOBODY, APPLIED, WAITING, BOOKED, ATTENDED = "nobody", "applied", "waiting", "booked", "attended"
COMPLETED, FAILED, ABSENT, REFUSED, WITHDRAWN, CALLED_OFF = "completed", "failed", "absent", "refused", "withdrawn", "called-off"
SEATS = {APPLIED: "所属長の承認待ち", WAITING: "空き待ち", BOOKED: "受講予定", ATTENDED: "出席", COMPLETED: "修了", FAILED: "未修了",
         ABSENT: "欠席", REFUSED: "承認されなかった", WITHDRAWN: "取りやめ", CALLED_OFF: "開催中止"}
COMING = (APPLIED, WAITING, BOOKED)
BY_SITTING, BY_ONESELF, OUTSIDE = "sitting", "oneself", "outside"
SOURCES = {BY_SITTING: "庁内の開催", BY_ONESELF: "教材で学んだ", OUTSIDE: "庁外・ほかの記録"}


class Course(Base):
    """``months``: how long a completion counts; None for ever. ``owner_id`` keeps it beside 行政管理課. ``due_on``: when those it is compulsory for
    must have completed it.
    """

    __tablename__ = "training_course"
    kind: ClassVar[str] = "training.course"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    title: Mapped[str]
    about: Mapped[str] = mapped_column(Text)
    way: Mapped[str]
    minutes: Mapped[int | None]
    months: Mapped[int | None]
    due_on: Mapped[date | None]
    owner_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"))
    state: Mapped[str] = mapped_column(default=OFFERED)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


class Aim(Base):
    """For whom a course is compulsory: circles of the directory, followed whenever the organisation moves."""

    __tablename__ = "training_aim"

    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(primary_key=True)


class Sitting(Base):
    """One time that a course is held. ``capacity`` None: as many as come."""

    __tablename__ = "training_sitting"
    __table_args__ = (Index("ix_training_sitting_course", "course_id", "starts_at"), Index("ix_training_sitting_state", "state", "starts_at"),
                      CheckConstraint("ends_at > starts_at", name="in_order"))
    kind: ClassVar[str] = "training.sitting"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"))
    state: Mapped[str] = mapped_column(default=PLANNED)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str]
    teacher: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int | None]
    closes_on: Mapped[date]
    reason: Mapped[str] = mapped_column(default="")         # of the cancelling
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


class Seat(Base):
    """Somebody in a sitting. ``lined_up_at``: since when they have waited for a free place; the first comes first."""

    __tablename__ = "training_seat"
    __table_args__ = (UniqueConstraint("sitting_id", "user_id"), Index("ix_training_seat_user", "user_id", "state"),
                      Index("ix_training_seat_unit", "state", "unit_id"))
    kind: ClassVar[str] = "training.seat"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("training_sitting.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("directory_unit.id"))           # the 課 when it was asked for
    state: Mapped[str]
    lined_up_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


class SeatStep(StepTaken):
    """Of a seat."""

    __tablename__ = "training_seat_step"
    __table_args__ = (Index("ix_training_seat_step_seat", "seat_id", "id"),)

    seat_id: Mapped[int] = mapped_column(ForeignKey("training_seat.id"))


@only_added_to
class Completion(Base):
    """What somebody has learned, and until when it counts. Only added to; ``course_id`` None: a training the city does not hold itself."""

    __tablename__ = "training_completion"
    __table_args__ = (Index("ix_training_completion_user", "user_id", "course_id"), Index("ix_training_completion_course", "course_id", "user_id"),
                      UniqueConstraint("user_id", "title", "done_on"))
    kind: ClassVar[str] = "training.completion"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("directory_unit.id"))    # the 課 on that day
    course_id: Mapped[int | None] = mapped_column(ForeignKey("training_course.id"))
    sitting_id: Mapped[int | None] = mapped_column(ForeignKey("training_sitting.id"))
    title: Mapped[str]
    done_on: Mapped[date]
    expires_on: Mapped[date | None]
    source: Mapped[str]
    host: Mapped[str] = mapped_column(default="")           # who held it, where it was not the city
    by_name: Mapped[str]
    at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)
