"""A line in a person's stream. What is shown of it is asked of the owner of the thing at the moment of showing."""
from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId
from groupware.kernel.ref import Ref


class Notification(Base):
    """``about`` is a Ref; one person is told of one thing for one reason once."""

    __tablename__ = "notifications_notification"
    __table_args__ = (UniqueConstraint("user_id", "about", "reason"), Index("ix_notifications_open", "user_id", "read_at", "id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int]
    about: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    @property
    def ref(self) -> Ref:
        return Ref.parse(self.about)
