"""A team, who is in it and was, what it was given to work in, and every step of its life."""
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId
from groupware.kernel.ref import Ref
from groupware.kernel.steps import StepTaken

PROPOSED, ARRANGING, ASKING, ACTIVE, PAUSED, REPORTED, DISSOLVED, ARCHIVED, DROPPED = (
    "proposed", "arranging", "asking", "active", "paused", "reported", "dissolved", "archived", "dropped")
STATES = {PROPOSED: "発足提案", ARRANGING: "行政管理課の調整", ASKING: "承認待ち", ACTIVE: "活動中", PAUSED: "休止", REPORTED: "完了報告",
          DISSOLVED: "解散", ARCHIVED: "保存", DROPPED: "取りやめ"}
WAY = (PROPOSED, ARRANGING, ASKING, ACTIVE, REPORTED, DISSOLVED, ARCHIVED)
RUNNING = (ACTIVE, PAUSED, REPORTED)
STARTED = (*RUNNING, DISSOLVED, ARCHIVED)
FRIDAY = 4
OWNER, LEADER, ADVISER, MEMBER = "owner", "leader", "adviser", "member"
ROLES = {OWNER: "取りまとめ", LEADER: "デジタルリーダー", ADVISER: "DXアドバイザー", MEMBER: "構成員"}


class Team(Base):
    """``unit_id``: the 主管課. ``group_id``: from its start on, the directory's group of exactly its members."""

    __tablename__ = "teams_team"
    __table_args__ = (Index("ix_teams_team_state", "state"),)
    kind: ClassVar[str] = "teams.team"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str]
    purpose: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(default="")               # M03 M05
    due_on: Mapped[date]
    unit_id: Mapped[int] = mapped_column(ForeignKey("directory_unit.id"))
    state: Mapped[str] = mapped_column(default=PROPOSED)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("directory_group.id"))
    proposer_id: Mapped[int]
    proposer_name: Mapped[str]
    report: Mapped[str] = mapped_column(Text, default="")           # what came of it, when it was done
    kept_until: Mapped[date | None]                                 # 保存年限
    asked_day: Mapped[int | None] = mapped_column(default=FRIDAY)   # on which day of the week it is asked how it goes
    asked_week: Mapped[date | None]                                 # when it was asked last
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


class Partner(Base):
    """A 課 that takes part besides the 主管課."""

    __tablename__ = "teams_partner"

    team_id: Mapped[int] = mapped_column(ForeignKey("teams_team.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("directory_unit.id"), primary_key=True)


class Member(Base):
    """``name``, ``label`` and ``unit_name`` as they were on the day of coming.

    ``until``: the last day that was meant; ``gone_on``: the day of leaving.
    """

    __tablename__ = "teams_member"
    __table_args__ = (Index("ix_teams_member_user", "user_id", "gone_on"),
                      Index("uq_teams_member_once", "team_id", "user_id", unique=True, sqlite_where=text("gone_on is null"),
                            postgresql_where=text("gone_on is null")))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams_team.id"))
    user_id: Mapped[int]
    role: Mapped[str]
    name: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    unit_name: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    until: Mapped[date | None]
    gone_on: Mapped[date | None]

    @property
    def seal(self) -> str:
        """What stands in the 認印."""
        return self.name.partition(" ")[0][:2]

    @property
    def outside(self) -> bool:
        """Nobody else comes from outside."""
        return self.role == ADVISER


class Place(Base):
    """What was opened for the team elsewhere: a room, a board, a body that meets."""

    __tablename__ = "teams_place"
    __table_args__ = (UniqueConstraint("team_id", "kind"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams_team.id"))
    kind: Mapped[str]
    about: Mapped[str]

    @property
    def ref(self) -> Ref:
        return Ref.parse(self.about)


class Step(StepTaken):
    """Who led the team on."""

    __tablename__ = "teams_step"
    __table_args__ = (Index("ix_teams_step_team", "team_id", "id"),)

    team_id: Mapped[int] = mapped_column(ForeignKey("teams_team.id"))
