"""Who led a thing on, as what, and why: the row that every step of a flow leaves. Only added to."""
from datetime import datetime
from typing import Any, Self

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.db import Base, BigId, only_added_to
from groupware.kernel.flow import Step


@only_added_to
class StepTaken(Base):
    """The columns of such a table. What it is about, says the feature."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    act: Mapped[str]
    words: Mapped[str]
    state: Mapped[str]
    actor_id: Mapped[int]
    actor_name: Mapped[str]
    actor_label: Mapped[str]
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]

    @classmethod
    def by(cls, actor: Actor, step: Step, reason: str = "", **about: Any) -> Self:
        return cls(act=step.act, words=step.words, state=step.after, actor_id=actor.user_id, actor_name=actor.name, actor_label=actor.label,
                   reason=reason, at=clock.now(), **about)
