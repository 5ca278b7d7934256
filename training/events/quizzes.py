"""What happened to the quiz of a course."""
from dataclasses import dataclass
from typing import ClassVar

from groupware.kernel.events import Event


@dataclass(frozen=True, slots=True)
class QuizWritten(Event):
    kind: ClassVar[str] = "training.course"
    key: ClassVar[str] = "course_id"
    words: ClassVar[str] = "研修の確認テストを決めた"
    course_id: int
    version: int


@dataclass(frozen=True, slots=True)
class QuizTaken(Event):
    kind: ClassVar[str] = "training.course"
    key: ClassVar[str] = "course_id"
    words: ClassVar[str] = "研修の確認テストを受けた"
    course_id: int
    try_id: int
    user_id: int
    passed: bool


EVENTS = (QuizWritten, QuizTaken)
