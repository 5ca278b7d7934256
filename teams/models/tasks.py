"""What a team has to do, piece by piece."""
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId
from groupware.kernel.ref import Ref

TODO, DOING, CHECKING, DONE = "todo", "doing", "checking", "done"
GONE = "gone"               # taken away: the row stays, so that its number never means another
COLUMNS = {TODO: "未着手", DOING: "進行中", CHECKING: "確認待ち", DONE: "完了"}
OPEN = (TODO, DOING, CHECKING)
UNTOLD, TOLD_BEFORE, TOLD_LATE = 0, 1, 2


class Task(Base):
    """``owner_name`` as it was when it was given to them. ``about``: what it came from (a message, an action of a meeting).

    ``reminded``: how far its owner has been reminded of the day it is due.
    """

    __tablename__ = "teams_task"
    __table_args__ = (Index("ix_teams_task_team", "team_id", "state", "due_on"), Index("ix_teams_task_owner", "owner_id", "state"))
    kind: ClassVar[str] = "teams.task"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams_team.id"))
    title: Mapped[str]
    note: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    plain: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(default=TODO)
    owner_id: Mapped[int | None]
    owner_name: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
    measure: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    reminded: Mapped[int] = mapped_column(default=UNTOLD)
    version: Mapped[int] = mapped_column(default=1)
    author_name: Mapped[str]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)

    @property
    def seal(self) -> str:
        return self.owner_name.partition(" ")[0][:2]


class Check(Base):
    """A line of a task's checklist."""

    __tablename__ = "teams_check"

    task_id: Mapped[int] = mapped_column(ForeignKey("teams_task.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str]
    done: Mapped[bool] = mapped_column(default=False)
