"""What happened to courses, sittings and seats, and what somebody has learned."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class _OfCourse(Event):
    kind: ClassVar[str] = "training.course"
    key: ClassVar[str] = "course_id"
    course_id: int


@dataclass(frozen=True, slots=True)
class CourseMade(_OfCourse):
    words: ClassVar[str] = "研修を設けた"


@dataclass(frozen=True, slots=True)
class CourseChanged(_OfCourse):
    words: ClassVar[str] = "研修の内容や対象を改めた"


@dataclass(frozen=True, slots=True)
class CourseRetired(_OfCourse):
    words: ClassVar[str] = "研修をやめた・戻した"
    retired: bool


@dataclass(frozen=True, slots=True)
class DutiesFollowed(_OfCourse):
    words: ClassVar[str] = "必修の対象を組織に合わせた"
    come: int
    gone: int


@dataclass(frozen=True, slots=True)
class DutyExcused(_OfCourse):
    """``reason`` is kept with the duty."""

    words: ClassVar[str] = "必修の免除を決めた"
    user_id: int
    excused: bool


@dataclass(frozen=True, slots=True)
class MissingChased(_OfCourse):
    words: ClassVar[str] = "まだ受けていない人に知らせた"
    chasing_id: int
    people: int


@dataclass(frozen=True, slots=True)
class CourseLearned(_OfCourse):
    words: ClassVar[str] = "教材で学び終えた"
    completion_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class _OfSitting(Event):
    kind: ClassVar[str] = "training.sitting"
    key: ClassVar[str] = "sitting_id"
    sitting_id: int


@dataclass(frozen=True, slots=True)
class SittingPlanned(_OfSitting):
    words: ClassVar[str] = "研修の開催を決めた"


@dataclass(frozen=True, slots=True)
class SittingChanged(_OfSitting):
    words: ClassVar[str] = "研修の開催の日時などを改めた"


@dataclass(frozen=True, slots=True)
class SittingMoved(_OfSitting):
    words: ClassVar[str] = "研修の開催を進めた"
    act: str
    state: str


@dataclass(frozen=True, slots=True)
class SeatMoved(Event):
    kind: ClassVar[str] = "training.seat"
    key: ClassVar[str] = "seat_id"
    words: ClassVar[str] = "研修の受講を進めた"
    seat_id: int
    act: str
    state: str
    user_id: int


@dataclass(frozen=True, slots=True)
class CompletionsBrought(Event):
    kind: ClassVar[str] = "training.bringing"
    key: ClassVar[str] = "bringing_id"
    words: ClassVar[str] = "庁外の研修の修了を取り込んだ"
    bringing_id: int
    people: int


@dataclass(frozen=True, slots=True)
class ListBrought(Event):
    kind: ClassVar[str] = "training.bringing"
    key: ClassVar[str] = "bringing_id"
    words: ClassVar[str] = "庁外の研修の修了の表を持ってきた"
    bringing_id: int


@dataclass(frozen=True, slots=True)
class CertificateAsked(Event):
    kind: ClassVar[str] = "training.completion"
    key: ClassVar[str] = "completion_id"
    words: ClassVar[str] = "修了証を求めた"
    completion_id: int


@dataclass(frozen=True, slots=True)
class CertificateKept(Event):
    kind: ClassVar[str] = "training.completion"
    key: ClassVar[str] = "completion_id"
    words: ClassVar[str] = "修了証をつくった"
    completion_id: int


EVENTS = (CourseMade, CourseChanged, CourseRetired, DutiesFollowed, DutyExcused, MissingChased, CourseLearned, SittingPlanned, SittingChanged,
          SittingMoved, SeatMoved, CompletionsBrought, ListBrought, CertificateAsked, CertificateKept)
