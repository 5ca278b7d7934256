"""What a team writes together."""
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId
from groupware.kernel.ref import Ref


class Page(Base):
    """``html`` is safe to show. ``gone``: put away; it stays as a row, and so do its revisions."""

    __tablename__ = "teams_page"
    __table_args__ = (Index("ix_teams_page_team", "team_id", "gone"),)
    kind: ClassVar[str] = "teams.page"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams_team.id"))
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    plain: Mapped[str] = mapped_column(Text)
    slow: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    writer_id: Mapped[int]
    writer_name: Mapped[str]
    changed_at: Mapped[datetime]
    gone: Mapped[bool] = mapped_column(default=False)

    @property
    def ref(self) -> Ref:
        return Ref(self.kind, self.id)


class Revision(Base):
    """How a page stood before it was written anew, and who had written that."""

    __tablename__ = "teams_revision"

    page_id: Mapped[int] = mapped_column(ForeignKey("teams_page.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)
    writer_name: Mapped[str]
    at: Mapped[datetime]
