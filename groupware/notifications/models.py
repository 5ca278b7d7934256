"""A line in a person's stream, how the person wants to be reached, and what goes out by mail.

What is shown of a thing is asked of its owner at the moment of showing.
"""
import re
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId
from groupware.kernel.ref import Ref

NUMBERED = re.compile(r"（\d+）$")
WAITING, SENT, DROPPED, FAILED = "waiting", "sent", "dropped", "failed"


class Notification(Base):
    """``about`` and ``place`` are Refs; one person is told of one thing for one reason once.

    ``rings_at`` and ``mail_at``: when it is to reach the person that way; None when it has, or shall not.
    ``alarm``: of a disaster, told in spite of everything.
    """

    __tablename__ = "notifications_notification"
    __table_args__ = (
        UniqueConstraint("user_id", "about", "reason"), Index("ix_notifications_open", "user_id", "read_at", "id"),
        Index("ix_notifications_place", "place", "read_at"),
        Index("ix_notifications_rings", "rings_at", sqlite_where=text("rings_at is not null"), postgresql_where=text("rings_at is not null")),
        Index("ix_notifications_mail", "mail_at", sqlite_where=text("mail_at is not null"), postgresql_where=text("mail_at is not null")))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int]
    about: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="")
    reason: Mapped[str]
    alarm: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    rings_at: Mapped[datetime | None]
    mail_at: Mapped[datetime | None]

    @property
    def ref(self) -> Ref:
        return Ref.parse(self.about)

    @property
    def words(self) -> str:
        """The reason as it is shown: without the number that tells one from the next."""
        return NUMBERED.sub("", self.reason)


class Preference(Base):
    """What a person said of a kind; without a row what its feature says holds. ``passes``: by night and on holidays too."""

    __tablename__ = "notifications_preference"

    user_id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    show: Mapped[str]
    mail: Mapped[str]
    passes: Mapped[bool] = mapped_column(default=False)


class Habit(Base):
    """When a person is not to be disturbed. Minutes after midnight in Japan; ``leave_to`` is the last day."""

    __tablename__ = "notifications_habit"

    user_id: Mapped[int] = mapped_column(primary_key=True)
    nights: Mapped[bool]
    night_from: Mapped[int]
    night_to: Mapped[int]
    holidays: Mapped[bool]
    leave_from: Mapped[date | None]
    leave_to: Mapped[date | None]


class Code(Base):
    """What is typed where a link in a mail was taken away. It opens a place to who may see it, as the link would."""

    __tablename__ = "notifications_code"

    code: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(unique=True)


class Letter(Base):
    """One mail. ``token`` makes its Message-ID, the same at every attempt; ``fence`` lets only the newest attempt report."""

    __tablename__ = "notifications_letter"
    __table_args__ = (Index("ix_notifications_letter_due", "state", "due_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int]
    notices: Mapped[list[Any]]                  # ids of the lines it tells of; none: a trial
    token: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(default=WAITING)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    address: Mapped[str] = mapped_column(default="")
    error: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Setting(Base):
    """What the administrator chose for all."""

    __tablename__ = "notifications_setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Alarm(Base):
    """A thing (a notice, a room) of which everybody concerned is told in spite of night, leave and choice, until it ends."""

    __tablename__ = "notifications_alarm"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    about: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str]
    by_id: Mapped[int]
    by_name: Mapped[str]
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
