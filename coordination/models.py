"""A matter between a team and another team or section, and every step of it."""
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId
from groupware.kernel.ref import Ref
from groupware.kernel.steps import StepTaken

RAISED, ARRANGING, STEERED, COUNCIL, SETTLED, WITHDRAWN = "raised", "arranging", "steered", "council", "settled", "withdrawn"
STATES = {RAISED: "相手の返事待ち", ARRANGING: "調整中", STEERED: "行政管理課で調整", COUNCIL: "連絡会議に付議", SETTLED: "決着", WITHDRAWN: "取下げ"}
WAY = (RAISED, ARRANGING, STEERED, COUNCIL, SETTLED)
OPEN = WAY[:-1]
ACCEPTED, OBJECTED = "accepted", "objected"
ANSWERS = {"": "まだありません", ACCEPTED: "受諾", OBJECTED: "異議"}


class Matter(Base):
    """``from_team`` and ``to_team`` are Refs; a matter is for a team or for a section. ``public``: it has been before the council."""

    __tablename__ = "coordination_matter"
    __table_args__ = (Index("ix_coordination_matter_state", "state"), Index("ix_coordination_matter_from", "from_team"),
                      Index("ix_coordination_matter_to", "to_team"), Index("ix_coordination_matter_unit", "to_unit_id"),
                      CheckConstraint("(to_team is null) <> (to_unit_id is null)", name="for_one"))
    kind: ClassVar[str] = "coordination.matter"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    measures: Mapped[str] = mapped_column(default="")               # M03 M05
    from_team: Mapped[str]
    from_name: Mapped[str]
    to_team: Mapped[str | None]
    to_unit_id: Mapped[int | None] = mapped_column(ForeignKey("directory_unit.id"))
    to_name: Mapped[str]
    wanted_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default=RAISED)
    answer: Mapped[str] = mapped_column(default="")
    public: Mapped[bool] = mapped_column(default=False)
    decider: Mapped[str] = mapped_column(default="")                # 決定者
    basis: Mapped[str] = mapped_column(Text, default="")            # 根拠
    settled_on: Mapped[date | None]
    raiser_id: Mapped[int]
    raiser_name: Mapped[str]
    version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


class Step(StepTaken):
    __tablename__ = "coordination_step"
    __table_args__ = (Index("ix_coordination_step_matter", "matter_id", "id"),)

    matter_id: Mapped[int] = mapped_column(ForeignKey("coordination_matter.id"))
    source: Mapped[str] = mapped_column(default="", server_default="")          # Ref of where the council's words are written
