"""What happened to the survey of a course. Who answered is written down, never what."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class SurveyWritten(Event):
    kind: ClassVar[str] = "training.course"
    key: ClassVar[str] = "course_id"
    words: ClassVar[str] = "受講後アンケートを決めた"
    course_id: int
    version: int


@dataclass(frozen=True, slots=True)
class SurveyAnswered(Event):
    kind: ClassVar[str] = "training.sitting"
    key: ClassVar[str] = "sitting_id"
    words: ClassVar[str] = "受講後アンケートに答えた"
    sitting_id: int


EVENTS = (SurveyWritten, SurveyAnswered)
