"""What is asked after a sitting, and what was answered. Of an anonymous one nothing that was answered stands beside who answered it, or when."""
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base


class Survey(Base):
    """What a course asks after its sittings, as ``training.asking`` reads it. ``version`` rises when it changes."""

    __tablename__ = "training_survey"

    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), primary_key=True)
    version: Mapped[int]
    used: Mapped[bool]
    anonymous: Mapped[bool]
    questions: Mapped[list[Any]]
    changed_at: Mapped[datetime]


class Box(Base):
    """Of a sitting that somebody has answered: what was asked there, then as now.

    Of an anonymous survey also all that was answered, by question: how many chose each, and what was written, in no order. No part is anybody's.
    """

    __tablename__ = "training_survey_box"

    sitting_id: Mapped[int] = mapped_column(ForeignKey("training_sitting.id"), primary_key=True)
    version: Mapped[int]
    anonymous: Mapped[bool]
    questions: Mapped[list[Any]]
    counts: Mapped[list[Any]]
    words: Mapped[list[Any]]


class Reply(Base):
    """Somebody has answered. ``answers`` by question; None where they went into the box."""

    __tablename__ = "training_survey_reply"

    sitting_id: Mapped[int] = mapped_column(ForeignKey("training_sitting.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"), primary_key=True)
    answers: Mapped[list[Any] | None]
