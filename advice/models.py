"""A piece of advice with all that became of it, what advisers are commissioned with, every step on the way, and the city's rules."""
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId, only_added_to
from groupware.kernel.ref import Ref
from groupware.kernel.steps import StepTaken

ASKED, ACCEPTED, GIVEN, ANSWERED, HELD = "asked", "accepted", "given", "answered", "held"
ADOPTED, PARTLY, REJECTED, DONE, CHECKED, CLOSED = "adopted", "partly", "rejected", "done", "checked", "closed"
DECLINED, WITHDRAWN = "declined", "withdrawn"
STATES = {ASKED: "依頼", ACCEPTED: "受付", GIVEN: "対応待ち", ANSWERED: "課長の承認待ち", HELD: "保留", ADOPTED: "採用", PARTLY: "一部採用",
          REJECTED: "不採用", DONE: "実施", CHECKED: "効果確認", CLOSED: "完了", DECLINED: "辞退", WITHDRAWN: "取下げ"}
WAY = (ASKED, ACCEPTED, GIVEN, ADOPTED, DONE, CHECKED, CLOSED)
COMING = (ASKED, ACCEPTED)
BEFORE = (*COMING, DECLINED, WITHDRAWN)             # nothing has been said yet, or will be
OPEN = (GIVEN, ANSWERED, HELD)                      # said, and not yet decided
USED = (ADOPTED, PARTLY, DONE, CHECKED, CLOSED)     # for everybody to learn from
DECISIONS = {ADOPTED: "採用", PARTLY: "一部採用", REJECTED: "不採用", HELD: "保留"}
SORTS = {"advice": "助言", "proposal": "提言"}
OWN, PROXY, CONFIRMED, OBJECTED = "own", "proxy", "confirmed", "objected"
WORDS = {OWN: "", PROXY: "代理記録・未確認", CONFIRMED: "代理記録・本人確認済", OBJECTED: "代理記録・本人が直しを求めています"}

CANDIDATE, ASKING, GRANTED, SERVING, REVIEW, RENEWING = "candidate", "asking", "granted", "serving", "review", "renewing"
EXPIRED, DISMISSED, DROPPED = "expired", "dismissed", "dropped"
COMMISSIONS = {CANDIDATE: "候補", ASKING: "委嘱の伺い中", GRANTED: "委嘱待ち", SERVING: "活動中", REVIEW: "更新の検討", RENEWING: "更新の伺い中",
               EXPIRED: "満了", DISMISSED: "解嘱", DROPPED: "見送り"}
COMMISSION_WAY = (CANDIDATE, ASKING, GRANTED, SERVING, REVIEW, RENEWING)
SERVES, OVER = COMMISSION_WAY[3:], (EXPIRED, DISMISSED)
COMMISSIONED = (*SERVES, *OVER)
TRAVEL = {"rule": "旅費規程のとおり支給する", "actual": "実費を支給する", "none": "支給しない（オンラインのみ）"}
_OPEN = text(f"state in {COMMISSION_WAY}")


class Advice(Base):
    """``author``: who gives it, or is asked to. ``recorder_id``: who wrote it down. ``unit_id``: the 主管課 that answers.

    ``decision``: what the section has decided, or proposes to its head. ``team`` and ``about`` (what it came from) are Refs.
    """

    __tablename__ = "advice_advice"
    __table_args__ = (Index("ix_advice_advice_unit", "unit_id", "state"), Index("ix_advice_advice_author", "author_id", "state"),
                      Index("ix_advice_advice_team", "team"), Index("ix_advice_advice_given", "given_on"), Index("ix_advice_advice_state", "state"),
                      CheckConstraint("recorder_id is not null or given_on is null", name="written_by_somebody"))
    kind: ClassVar[str] = "advice.advice"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sort: Mapped[str]
    title: Mapped[str]
    question: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(default="")               # M03 M05
    unit_id: Mapped[int] = mapped_column(ForeignKey("directory_unit.id"))
    team: Mapped[str | None]
    about: Mapped[str | None]
    asker_id: Mapped[int | None]
    asker_name: Mapped[str] = mapped_column(default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"))
    author_name: Mapped[str]
    author_label: Mapped[str]
    author_outside: Mapped[bool]
    recorder_id: Mapped[int | None]
    recorder_name: Mapped[str] = mapped_column(default="")
    wording: Mapped[str] = mapped_column(default=OWN)
    minutes: Mapped[int] = mapped_column(default=0)
    given_on: Mapped[date | None]
    state: Mapped[str]
    decision: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[date | None]                                      # 保留
    answerer_id: Mapped[int | None]
    decided_on: Mapped[date | None]
    effect: Mapped[str] = mapped_column(Text, default="")
    reminded_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)

    @property
    def codes(self) -> list[str]:
        return self.measures.split()

    @property
    def seal(self) -> str:
        return self.author_name.partition(" ")[0][:2]


class Step(StepTaken):
    __tablename__ = "advice_step"
    __table_args__ = (Index("ix_advice_step_advice", "advice_id", "id"),)

    advice_id: Mapped[int] = mapped_column(ForeignKey("advice_advice.id"))


class Commission(Base):
    """委嘱 of somebody from outside. ``user_id``: their account, where there is one. ``renewed_to``: the end that is asked for while it serves."""

    __tablename__ = "advice_commission"
    __table_args__ = (Index("ix_advice_commission_state", "state", "ends_on"), Index("ix_advice_commission_user", "user_id"),
                      Index("uq_advice_commission_one_open", "user_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
                      CheckConstraint("ends_on is null or ends_on >= starts_on", name="in_order"))
    kind: ClassVar[str] = "advice.commission"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("directory_user.id"))
    name: Mapped[str]
    affiliation: Mapped[str] = mapped_column(default="")
    field: Mapped[str]
    why: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    renewed_to: Mapped[date | None]
    secrecy_on: Mapped[date | None]             # 守秘に同意した日
    travel: Mapped[str] = mapped_column(default="")
    order_number: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")           # of the end
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)

    def serves(self, day: date) -> bool:
        return bool(self.state in SERVES and self.starts_on and self.ends_on and self.starts_on <= day <= self.ends_on)


class CommissionStep(StepTaken):
    __tablename__ = "advice_commission_step"
    __table_args__ = (Index("ix_advice_commission_step_commission", "commission_id", "id"),)

    commission_id: Mapped[int] = mapped_column(ForeignKey("advice_commission.id"))


@only_added_to
class Ruling(Base):
    """The city's rules in versions; the newest is in force. Only added to."""

    __tablename__ = "advice_ruling"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    content: Mapped[dict[str, Any]]
    author_name: Mapped[str]
    at: Mapped[datetime]
