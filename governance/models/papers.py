"""What goes from a section to the CIO: undertakings of a year, progress reports, yearly evaluations; every step of theirs, and what was frozen."""
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId, only_added_to
from groupware.kernel.ref import Ref
from groupware.kernel.steps import StepTaken

DUE, WRITING, SUBMITTED, APPROVED, RECEIVED, FIXED = "due", "writing", "submitted", "approved", "received", "fixed"
COUNCIL, REPORTED, FROZEN = "council", "reported", "frozen"
OWN, SECOND, OPINION, INTERIM, CONFIRM, CABINET, EDITING, PUBLISHED = (
    "own", "second", "opinion", "interim", "confirm", "cabinet", "editing", "published")
UNDERTAKING_STATES = {WRITING: "計画入力中", SUBMITTED: "課長の確認待ち", APPROVED: "行政管理課の受理待ち", RECEIVED: "受理", FIXED: "確定"}
REPORT_STATES = {DUE: "未提出", WRITING: "入力中", SUBMITTED: "課長の承認待ち", APPROVED: "行政管理課の確認待ち", COUNCIL: "連絡会議に提出",
                 REPORTED: "CIO報告済", FROZEN: "凍結"}
EVALUATION_STATES = {OWN: "自己評価", SECOND: "二次評価（行政管理課）", OPINION: "所見（CIO補佐官・アドバイザー）", INTERIM: "総務部長の中間確認",
                     CONFIRM: "CIOの確認待ち", CABINET: "庁議に報告", EDITING: "公表版の作成", PUBLISHED: "公表"}
RATINGS = ("S", "A", "B", "C", "-")


class Undertaking(Base):
    """年度取組: what a unit does in a year for one measure or several."""

    __tablename__ = "governance_undertaking"
    __table_args__ = (Index("ix_governance_undertaking_year", "fiscal_year", "state"),)
    kind: ClassVar[str] = "governance.undertaking"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("directory_unit.id"))
    fiscal_year: Mapped[int]
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(default=WRITING)
    frozen: Mapped[int] = mapped_column(default=0)          # how often it has been fixed: v1, v2 ...
    version: Mapped[int] = mapped_column(default=1)
    author_id: Mapped[int]
    author_name: Mapped[str]
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


class UndertakingMeasure(Base):
    __tablename__ = "governance_undertaking_measure"
    __table_args__ = (Index("ix_governance_undertaking_measure_measure", "measure_id"),)

    undertaking_id: Mapped[int] = mapped_column(ForeignKey("governance_undertaking.id"), primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("governance_measure.id"), primary_key=True)


class Report(Base):
    """One for each measure and period. ``rating`` is what a person says, ``rating_auto`` what the rule says: where they differ there is a reason."""

    __tablename__ = "governance_report"
    __table_args__ = (UniqueConstraint("measure_id", "fiscal_year", "period"), Index("ix_governance_report_round", "fiscal_year", "period", "state"),
                      CheckConstraint("rating = rating_auto or rating_reason <> ''", name="a_reason_where_they_differ"))
    kind: ClassVar[str] = "governance.report"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("governance_measure.id"))
    fiscal_year: Mapped[int]
    period: Mapped[int]
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(default=DUE)
    indicator_id: Mapped[int | None] = mapped_column(ForeignKey("governance_indicator.id"))
    value: Mapped[str] = mapped_column(default="")
    line: Mapped[str] = mapped_column(default="")
    rating_auto: Mapped[str] = mapped_column(default="-")
    rating: Mapped[str] = mapped_column(default="-")
    rating_reason: Mapped[str] = mapped_column(default="")
    results: Mapped[str] = mapped_column(Text, default="")
    issues: Mapped[str] = mapped_column(Text, default="")
    support: Mapped[str] = mapped_column(Text, default="")
    next_steps: Mapped[str] = mapped_column(Text, default="")
    same: Mapped[bool] = mapped_column(default=False)        # word for word the last one
    version: Mapped[int] = mapped_column(default=1)
    reminded: Mapped[int] = mapped_column(default=0)         # how high a reminder has climbed
    author_id: Mapped[int | None]
    author_name: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


class Evaluation(Base):
    """年度評価 of a measure."""

    __tablename__ = "governance_evaluation"
    __table_args__ = (UniqueConstraint("measure_id", "fiscal_year"),)
    kind: ClassVar[str] = "governance.evaluation"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("governance_measure.id"))
    fiscal_year: Mapped[int]
    state: Mapped[str] = mapped_column(default=OWN)
    own_rating: Mapped[str] = mapped_column(default="")
    own_words: Mapped[str] = mapped_column(Text, default="")
    second_rating: Mapped[str] = mapped_column(default="")
    second_words: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


class Step(StepTaken):
    """Who led a paper on."""

    __tablename__ = "governance_step"
    __table_args__ = (Index("ix_governance_step_about", "about", "id"),)

    about: Mapped[str]


class Opinion(Base):
    """助言 of a leader, 所見 of an adviser, on a paper that is before them."""

    __tablename__ = "governance_opinion"
    __table_args__ = (Index("ix_governance_opinion_about", "about", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    about: Mapped[str]
    word: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int]
    author_name: Mapped[str]
    author_label: Mapped[str]
    at: Mapped[datetime]


@only_added_to
class Snapshot(Base):
    """What a paper said when it was fixed, frozen or published: never changed, never taken away."""

    __tablename__ = "governance_snapshot"
    __table_args__ = (UniqueConstraint("about", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    about: Mapped[str]
    number: Mapped[int]
    content: Mapped[dict[str, Any]]
    digest: Mapped[str]
    actor_name: Mapped[str]
    at: Mapped[datetime]


class Ruling(Base):
    """How reports are asked for and rated under an edition of the plan; without a row, as ``governance.rating.USUAL`` says."""

    __tablename__ = "governance_ruling"

    edition_id: Mapped[int] = mapped_column(ForeignKey("governance_edition.id"), primary_key=True)
    content: Mapped[dict[str, Any]]
    author_name: Mapped[str]
    at: Mapped[datetime]
