"""What a team means to reach by a day, and what it has decided."""
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId
from groupware.kernel.ref import Ref


class Milestone(Base):
    """``measure``: on whose way it stands in the roadmap; "" for none. ``reached_on``: the day it was reached."""

    __tablename__ = "teams_milestone"
    __table_args__ = (Index("ix_teams_milestone_team", "team_id", "due_on"), Index("ix_teams_milestone_measure", "measure"))
    kind: ClassVar[str] = "teams.milestone"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams_team.id"))
    title: Mapped[str]
    due_on: Mapped[date]
    measure: Mapped[str] = mapped_column(default="")
    reached_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
    author_name: Mapped[str]
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


class Decision(Base):
    """Only added to: what is decided anew stands under a number of its own, and says which one it takes the place of (``instead_of``).

    ``by``: who decided, as it is said. ``about``: the paragraph of the minutes in which it stands.
    """

    __tablename__ = "teams_decision"
    __table_args__ = (UniqueConstraint("team_id", "number"), UniqueConstraint("team_id", "instead_of"), Index("ix_teams_decision_about", "about"))
    kind: ClassVar[str] = "teams.decision"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams_team.id"))
    number: Mapped[int]
    decided_on: Mapped[date]
    words: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    instead_of: Mapped[int | None]
    author_name: Mapped[str]
    at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)
