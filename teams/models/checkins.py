"""How a team says once a week that it goes."""
from datetime import date, datetime, timedelta
from typing import ClassVar

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId
from groupware.kernel.ref import Ref

WELL, SLOW, HELP = "well", "slow", "help"
PULSES = {WELL: "順調", SLOW: "遅れ", HELP: "支援が必要"}
KINDS = {WELL: "ok", SLOW: "warn", HELP: "danger"}       # of the tag on the screen
SIGNS = {WELL: "○", SLOW: "△", HELP: "！"}


class Checkin(Base):
    """``week``: its Monday. Within the week it may be said anew."""

    __tablename__ = "teams_checkin"
    __table_args__ = (UniqueConstraint("team_id", "week"),)
    kind: ClassVar[str] = "teams.checkin"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams_team.id"))
    week: Mapped[date]
    state: Mapped[str]
    line: Mapped[str]
    author_id: Mapped[int]
    author_name: Mapped[str]
    at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


def week_of(day: date) -> date:
    return day - timedelta(days=day.weekday())
