"""What is tied to a measure: a message, a notice, a paper, a room, a decision; by its Ref, whoever owns it."""
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId
from groupware.kernel.ref import Ref

LASTING = {"chat.room", "meetings.body", "boards.board", "teams.team"}        # belong to no moment: they stand beside the story


class Tie(Base):
    """``kind`` is that of the Ref, to be asked by; ``author_id`` 0: the thing's own feature said so."""

    __tablename__ = "governance_tie"
    __table_args__ = (UniqueConstraint("about", "measure_id"), Index("ix_governance_tie_measure", "measure_id", "at"),
                      Index("ix_governance_tie_kind", "measure_id", "kind", "at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("governance_measure.id"))
    about: Mapped[str]
    kind: Mapped[str]
    author_id: Mapped[int]
    author_name: Mapped[str]
    at: Mapped[datetime]

    @property
    def ref(self) -> Ref:
        return Ref.parse(self.about)
