"""Working from home: asked for, permitted, reported on the day, confirmed. And the city's rules about it."""
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId
from groupware.kernel.ref import Ref
from groupware.kernel.steps import StepTaken
from telework.hours import halves_of

ASKED, GRANTED, REFUSED, WITHDRAWN, WORKING, PAUSED, REPORTED, CONFIRMED = (
    "asked", "granted", "refused", "withdrawn", "working", "paused", "reported", "confirmed")
STATES = {ASKED: "所属長の承認待ち", GRANTED: "承認済み", WORKING: "テレワーク中", PAUSED: "中断中", REPORTED: "所属長の確認待ち", CONFIRMED: "完了",
          REFUSED: "不承認", WITHDRAWN: "取消"}
HAD = (GRANTED, WORKING, PAUSED, REPORTED, CONFIRMED)
COUNTING = (ASKED, *HAD)      # towards the days of a week
SPANS = {"day": "1日", "am": "午前", "pm": "午後", "hours": "時間を決めて"}
OWN_HOME = "home"
WORKPLACES = {OWN_HOME: "自宅", "satellite": "サテライト・出先", "approved": "所属長が認めた場所"}


class Application(Base):
    __tablename__ = "telework_application"
    __table_args__ = (Index("ix_telework_application_person", "user_id", "on_date"), Index("ix_telework_application_state", "state", "on_date"))
    kind: ClassVar[str] = "telework.application"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"))
    user_name: Mapped[str]
    user_label: Mapped[str]
    unit_id: Mapped[int] = mapped_column(ForeignKey("directory_unit.id"))
    on_date: Mapped[date]
    span: Mapped[str]
    begins: Mapped[str] = mapped_column(default="", server_default="")      # 9:00, where the span is hours
    ends: Mapped[str] = mapped_column(default="", server_default="")
    share: Mapped[float] = mapped_column(default=1.0, server_default="1")       # of a day, by the rules under which it was asked for
    reason: Mapped[str]
    work: Mapped[str] = mapped_column(Text)
    contact: Mapped[str]
    takes_out: Mapped[str] = mapped_column(default="")
    declared: Mapped[str] = mapped_column(default="", server_default="personal")       # names of what was declared, with spaces between
    place: Mapped[str] = mapped_column(default=OWN_HOME, server_default=OWN_HOME)
    place_name: Mapped[str] = mapped_column(default="", server_default="")
    special: Mapped[bool] = mapped_column(default=False)        # only with the head's 特認
    state: Mapped[str] = mapped_column(default=ASKED)
    outcome: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)

    @property
    def when(self) -> str:
        return f"{self.begins}〜{self.ends}" if self.span == "hours" else SPANS[self.span]

    @property
    def where(self) -> str:
        return f"{WORKPLACES[self.place]}（{self.place_name}）" if self.place_name else WORKPLACES[self.place]

    @property
    def halves(self) -> tuple[str, ...]:
        return halves_of(self.span, self.begins, self.ends)


class Step(StepTaken):
    """Written once: 承認, 始業, 中断, 再開, 終業, 確認, with the moment at which it was said."""

    __tablename__ = "telework_step"
    __table_args__ = (Index("ix_telework_step_application", "application_id", "id"),)

    application_id: Mapped[int] = mapped_column(ForeignKey("telework_application.id"))


class RulesRow(Base):
    """The last one counts; the earlier ones stay readable."""

    __tablename__ = "telework_rules"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    content: Mapped[dict[str, Any]]
    author_name: Mapped[str]
    at: Mapped[datetime]
