"""Terms of digital leaders, every step of theirs, what they have practised, and what a section is excused from."""
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId, only_added_to
from groupware.kernel.ref import Ref
from groupware.kernel.steps import StepTaken

OFFERED, CANDIDATE, CHECKED, SELECTED, READY, ACTIVE, REVIEW = "offered", "candidate", "checked", "selected", "ready", "active", "review"
RENEWED, EXPIRED, RESIGNED, DISMISSED, DECLINED = "renewed", "expired", "resigned", "dismissed", "declined"
STATES = {OFFERED: "所属長の許可待ち", CANDIDATE: "候補（要件の確認）", CHECKED: "選定待ち", SELECTED: "前提の研修", READY: "任命待ち",
          ACTIVE: "活動中", REVIEW: "更新の審査", RENEWED: "再任", EXPIRED: "満了", RESIGNED: "辞退", DISMISSED: "解任", DECLINED: "見送り"}
WAY = (OFFERED, CANDIDATE, CHECKED, SELECTED, READY, ACTIVE, REVIEW)
COMING, SERVING, OVER = WAY[:5], (ACTIVE, REVIEW, RENEWED), (EXPIRED, RESIGNED, DISMISSED)
RECOMMENDED, BY_SELF, NAMED, AGAIN = "recommended", "offered", "named", "again"
ROUTES = {RECOMMENDED: "所属長の推薦", BY_SELF: "本人の申出", NAMED: "行政管理課の指名", AGAIN: "再任"}
KINDS = {"advice": "助言", "support": "操作や業務の手伝い", "lesson": "庁内の勉強会・研修", "other": "そのほか"}
_OPEN = text("state in ('offered', 'candidate', 'checked', 'selected', 'ready', 'active', 'review')")


class Term(Base):
    """One person's way to and through one term. ``starts_on`` and ``ends_on`` are set by the appointment: it counts from one to the other."""

    __tablename__ = "training_term"
    __table_args__ = (
        Index("ix_training_term_state", "state", "ends_on"), Index("ix_training_term_user", "user_id"),
        Index("uq_training_term_one_open", "user_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="in_order"))
    kind: ClassVar[str] = "training.term"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("directory_unit.id"))       # the 課 at the beginning; where they are now says the directory
    route: Mapped[str]
    state: Mapped[str]
    why: Mapped[str] = mapped_column(Text, default="")
    years: Mapped[int | None]                   # by the rules of the day of appointment
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    ended_on: Mapped[date | None]               # the day it really ended
    order_number: Mapped[str] = mapped_column(default="")
    wish: Mapped[str] = mapped_column(default="")               # of the leader, when it is reviewed: stay, leave
    before_id: Mapped[int | None] = mapped_column(ForeignKey("training_term.id"))
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)

    def serves(self, day: date) -> bool:
        return bool(self.state in SERVING and self.starts_on and self.ends_on and self.starts_on <= day <= self.ends_on)


class TermStep(StepTaken):
    """Who led it on."""

    __tablename__ = "training_term_step"
    __table_args__ = (Index("ix_training_term_step_term", "term_id", "id"),)

    term_id: Mapped[int] = mapped_column(ForeignKey("training_term.id"))


class Practice(Base):
    """What a leader has done for a section. ``about``: the thing of another feature it was made from, counted once; else empty."""

    __tablename__ = "training_practice"
    __table_args__ = (Index("ix_training_practice_user", "user_id", "day"), UniqueConstraint("user_id", "about"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("directory_unit.id"))
    day: Mapped[date]
    minutes: Mapped[int]
    sort: Mapped[str]
    summary: Mapped[str]
    about: Mapped[str | None]
    at: Mapped[datetime]


class Exemption(Base):
    """免除: a section that needs no leader until a day, and why."""

    __tablename__ = "training_exemption"

    unit_id: Mapped[int] = mapped_column(ForeignKey("directory_unit.id"), primary_key=True)
    until: Mapped[date]
    reason: Mapped[str]
    author_name: Mapped[str]
    at: Mapped[datetime]


@only_added_to
class Ruling(Base):
    """The city's rules in versions; the newest is in force. Only added to."""

    __tablename__ = "training_ruling"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    content: Mapped[dict[str, Any]]
    author_name: Mapped[str]
    at: Mapped[datetime]
