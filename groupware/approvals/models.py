"""An asking, its steps, who may decide them now, and who is away."""
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId
from groupware.kernel.ref import Ref

WAITING, GRANTED, RETURNED, WITHDRAWN = "waiting", "granted", "returned", "withdrawn"
STATES = {WAITING: "決裁待ち", GRANTED: "決裁済み", RETURNED: "差戻し", WITHDRAWN: "取下げ"}


class Asking(Base):
    """``thing_kind`` is empty for one that is about nothing but its own words. The asker's post and 課 are those of that day."""

    __tablename__ = "approvals_asking"
    __table_args__ = (
        Index("ix_approvals_asking_thing", "thing_kind", "thing_id"), Index("ix_approvals_asking_asker", "asker_id", "id"),
        Index("uq_approvals_asking_one_waiting", "thing_kind", "thing_id", unique=True,
              sqlite_where=text(f"state = '{WAITING}' and thing_kind <> ''"), postgresql_where=text(f"state = '{WAITING}' and thing_kind <> ''")),
        CheckConstraint(f"state in ('{WAITING}', '{GRANTED}', '{RETURNED}', '{WITHDRAWN}')", name="state"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    thing_kind: Mapped[str] = mapped_column(default="")
    thing_id: Mapped[int] = mapped_column(BigId, default=0)
    title: Mapped[str]
    summary: Mapped[str] = mapped_column(default="")
    asker_id: Mapped[int]
    asker_name: Mapped[str]
    asker_label: Mapped[str]
    asker_seal: Mapped[str]
    state: Mapped[str] = mapped_column(default=WAITING)
    at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    @property
    def ref(self) -> Ref:
        return Ref("approvals.asking", self.id)

    @property
    def thing(self) -> Ref | None:
        return Ref(self.thing_kind, self.thing_id) if self.thing_kind else None


class Step(Base):
    """``words``: the seat as it was called when it was asked. ``stands_in``: 代決."""

    __tablename__ = "approvals_step"
    __table_args__ = (UniqueConstraint("asking_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    asking_id: Mapped[int] = mapped_column(ForeignKey("approvals_asking.id"))
    position: Mapped[int]
    unit_id: Mapped[int | None]
    post: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None]
    words: Mapped[str]
    result: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    decider_id: Mapped[int | None]
    decider_name: Mapped[str] = mapped_column(default="")
    decider_label: Mapped[str] = mapped_column(default="")
    decider_seal: Mapped[str] = mapped_column(default="")
    stands_in: Mapped[bool] = mapped_column(default=False)
    decided_at: Mapped[datetime | None]


class Holder(Base):
    """Who may decide the step that is due now (``waiting``), or could when it was decided: they see the asking."""

    __tablename__ = "approvals_holder"
    __table_args__ = (Index("ix_approvals_holder_user", "user_id", "waiting"),)

    step_id: Mapped[int] = mapped_column(ForeignKey("approvals_step.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    asking_id: Mapped[int] = mapped_column(ForeignKey("approvals_asking.id"), index=True)
    stands_in: Mapped[bool]
    waiting: Mapped[bool]


class Absence(Base):
    """Days on which somebody does not decide; ``deputy_id`` None: whoever comes next in the section."""

    __tablename__ = "approvals_absence"
    __table_args__ = (Index("ix_approvals_absence_user", "user_id"), CheckConstraint("ends_on >= starts_on", name="in_order"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    deputy_id: Mapped[int | None]
