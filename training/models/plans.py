"""What somebody means to learn in a fiscal year, what became of it, and the talks that a transfer gives reason for."""
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId, only_added_to
from groupware.kernel.ref import Ref
from groupware.kernel.steps import StepTaken

DRAFT, WAITING, REVIEWING, ACTIVE, COMPLETE = "draft", "waiting", "reviewing", "active", "complete"
PLANS = {DRAFT: "下書き", WAITING: "確認待ち", REVIEWING: "確認中", ACTIVE: "実行中", COMPLETE: "完了"}
PROPOSED, HELD, SPARED, LAPSED = "proposed", "held", "spared", "lapsed"
TALKS = {PROPOSED: "面談の候補", HELD: "面談済み", SPARED: "面談しない", LAPSED: "候補でなくなった"}


class Plan(Base):
    """育成計画: one person's of one fiscal year. ``before_id``: the one it was renewed from."""

    __tablename__ = "training_plan"
    __table_args__ = (UniqueConstraint("user_id", "year"), Index("ix_training_plan_state", "state", "year"))
    kind: ClassVar[str] = "training.plan"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"))
    year: Mapped[int]
    state: Mapped[str] = mapped_column(default=DRAFT)
    aim: Mapped[str] = mapped_column(Text)
    before_id: Mapped[int | None] = mapped_column(ForeignKey("training_plan.id"))
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)

    @property
    def title(self) -> str:
        return f"令和{self.year - 2018}年度の育成計画"


class PlanItem(Base):
    """A skill up to a level, or a course: until when, how. ``reached`` is said once, when the plan is complete."""

    __tablename__ = "training_plan_item"
    __table_args__ = (Index("ix_training_plan_item_plan", "plan_id", "position"),
                      CheckConstraint("(skill_id is null) <> (course_id is null)", name="one_thing"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("training_plan.id"))
    position: Mapped[int]
    skill_id: Mapped[int | None] = mapped_column(ForeignKey("training_skill.id"))
    level: Mapped[int | None]
    course_id: Mapped[int | None] = mapped_column(ForeignKey("training_course.id"))
    until: Mapped[date | None]
    how: Mapped[str] = mapped_column(default="")
    reached: Mapped[bool | None]


class PlanStep(StepTaken):
    """Of a plan; also what was noted on the way."""

    __tablename__ = "training_plan_step"
    __table_args__ = (Index("ix_training_plan_step_plan", "plan_id", "id"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("training_plan.id"))


@only_added_to
class PlanSkill(Base):
    """What a skill was at the moment when a plan was complete: certified, said, wanted by the section. Never changed."""

    __tablename__ = "training_plan_skill"
    __table_args__ = (UniqueConstraint("plan_id", "skill_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("training_plan.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("training_skill.id"))
    name: Mapped[str]
    level: Mapped[int]
    said: Mapped[int]
    wanted: Mapped[int]


class Talk(Base):
    """面談対象: somebody moved on ``since`` into a 課 that lacks what they cannot do yet. ``lacks``: [name, wanted, own] as it was then."""

    __tablename__ = "training_talk"
    __table_args__ = (UniqueConstraint("user_id", "since"), Index("ix_training_talk_state", "state"))
    kind: ClassVar[str] = "training.talk"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("directory_unit.id"))
    since: Mapped[date]
    lacks: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(default=PROPOSED)
    reason: Mapped[str] = mapped_column(default="")
    by_name: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)
