"""What is asked at the end of a course, and every try somebody made."""
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId, only_added_to


class Quiz(Base):
    """``questions`` as ``training.judging`` reads them. ``version`` rises when they change. ``tries`` 0: as many as one likes.

    ``seed``: every paper is shuffled by it. ``used``: whether a course is completed only after passing.
    """

    __tablename__ = "training_quiz"

    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), primary_key=True)
    version: Mapped[int]
    used: Mapped[bool]
    pass_mark: Mapped[int]
    tries: Mapped[int]
    questions: Mapped[list[Any]]
    seed: Mapped[int] = mapped_column(BigId)
    changed_at: Mapped[datetime]


@only_added_to
class Try(Base):
    """Handed in and judged; only added to. The questions are those it was judged by, ``answers`` the choices by their places in them.

    ``number``: which of this person's in this course. ``missed``: a bit for each question that was not answered rightly.
    """

    __tablename__ = "training_try"
    __table_args__ = (UniqueConstraint("course_id", "user_id", "number"), Index("ix_training_try_version", "course_id", "version", "user_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"))
    number: Mapped[int]
    version: Mapped[int]
    questions: Mapped[list[Any]]
    answers: Mapped[list[Any]]
    missed: Mapped[int] = mapped_column(BigId)
    score: Mapped[int]
    pass_mark: Mapped[int]
    passed: Mapped[bool]
    at: Mapped[datetime]
