"""What can be known: frameworks in versions and their items; how much of it a section wants; what somebody says, shows, and is certified for."""
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId, only_added_to
from groupware.kernel.ref import Ref
from groupware.kernel.steps import StepTaken

DRAFT, IN_FORCE, REPLACED = "draft", "in-force", "replaced"
EDITIONS = {DRAFT: "準備中", IN_FORCE: "使用中", REPLACED: "前の版"}
LEVELS = {1: "知っている", 2: "教わればできる", 3: "一人でできる", 4: "人に教えられる"}
STAFF, LEADER, HEAD = "staff", "leader", "head"
ROLES = {STAFF: "職員", LEADER: "デジタルリーダー", HEAD: "所属長"}
WRITING, SUBMITTED, REVIEWING, CERTIFIED, RETURNED, DROPPED = "writing", "submitted", "reviewing", "certified", "returned", "dropped"
CLAIMS = {WRITING: "下書き", SUBMITTED: "審査待ち", REVIEWING: "審査中", CERTIFIED: "認定", RETURNED: "差戻し", DROPPED: "取下げ"}
COURSE, LICENCE, WORK, ADVICE = "course", "licence", "work", "advice"
PROOFS = {COURSE: "研修", LICENCE: "資格・試験", WORK: "仕事の実績", ADVICE: "助言・相談"}
_OPEN = text("state in ('writing', 'submitted', 'reviewing', 'returned')")


class Framework(Base):
    """One edition of a framework. ``areas``: its parts as its source names them. What is in force is never changed: a new edition replaces it."""

    __tablename__ = "training_framework"
    __table_args__ = (UniqueConstraint("name", "edition"),)
    kind: ClassVar[str] = "training.framework"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str]
    edition: Mapped[str]
    source: Mapped[str]
    areas: Mapped[list[Any]]
    state: Mapped[str] = mapped_column(default=DRAFT)
    author_name: Mapped[str]
    at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


class Skill(Base):
    """An item of an edition, by the code it has there. ``before_id``: the same item in the edition before."""

    __tablename__ = "training_skill"
    __table_args__ = (UniqueConstraint("framework_id", "code"),)
    kind: ClassVar[str] = "training.skill"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    framework_id: Mapped[int] = mapped_column(ForeignKey("training_framework.id"))
    code: Mapped[str]
    area: Mapped[str]
    name: Mapped[str]
    about: Mapped[str] = mapped_column(Text, default="")
    position: Mapped[int]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


class Wanted(Base):
    """課 x 役割 x スキル -> level and how many people of it."""

    __tablename__ = "training_wanted"
    __table_args__ = (CheckConstraint("level between 1 and 4 and people > 0", name="counts"),)

    unit_id: Mapped[int] = mapped_column(ForeignKey("directory_unit.id"), primary_key=True)
    role: Mapped[str] = mapped_column(primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("training_skill.id"), primary_key=True)
    level: Mapped[int]
    people: Mapped[int]


class Rating(Base):
    """What somebody says of themselves: never mixed with what is certified."""

    __tablename__ = "training_rating"
    __table_args__ = (Index("ix_training_rating_counted", "unit_id", "skill_id", "level"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("training_skill.id"), primary_key=True)
    unit_id: Mapped[int]
    level: Mapped[int]
    at: Mapped[datetime]


class Claim(Base):
    """Somebody shows that they can do it."""

    __tablename__ = "training_claim"
    __table_args__ = (Index("ix_training_claim_user", "user_id"), Index("ix_training_claim_state", "state"),
                      Index("uq_training_claim_one_open", "user_id", "skill_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN))
    kind: ClassVar[str] = "training.claim"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("training_skill.id"))
    level: Mapped[int]
    proof: Mapped[str]
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[str]
    reviewer_id: Mapped[int | None]
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


class ClaimStep(StepTaken):
    """Of a claim."""

    __tablename__ = "training_claim_step"
    __table_args__ = (Index("ix_training_claim_step_claim", "claim_id", "id"),)

    claim_id: Mapped[int] = mapped_column(ForeignKey("training_claim.id"))


@only_added_to
class Certification(Base):
    """認定, or its withdrawal (level 0). Only added to: the newest of a person and skill holds."""

    __tablename__ = "training_certification"
    __table_args__ = (Index("ix_training_certification_user", "user_id", "skill_id", "id"), UniqueConstraint("number"))
    kind: ClassVar[str] = "training.certification"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("training_skill.id"))
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("training_claim.id"))
    level: Mapped[int]
    number: Mapped[str]
    certified_on: Mapped[date]
    expires_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    by_name: Mapped[str]
    at: Mapped[datetime]


class Holding(Base):
    """The newest certification of a person and skill, where they sit today: what is counted. Written with it, followed like a duty."""

    __tablename__ = "training_holding"
    __table_args__ = (Index("ix_training_holding_counted", "unit_id", "skill_id", "level", "expires_on", "user_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("training_skill.id"), primary_key=True)
    unit_id: Mapped[int]                    # the 課; 0: sits nowhere, or is not there
    level: Mapped[int]
    expires_on: Mapped[date | None]
    told: Mapped[int] = mapped_column(default=0)        # how many days before the end its holder was last told of it
