"""The PDF of a completion, as it was asked for."""
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base

WAITING, READY = "waiting", "ready"


class Certificate(Base):
    """The file hangs on the completion once the helper has made it."""

    __tablename__ = "training_certificate"
    kind: ClassVar[str] = "training.completion"

    completion_id: Mapped[int] = mapped_column(ForeignKey("training_completion.id"), primary_key=True)
    by_id: Mapped[int]
    state: Mapped[str] = mapped_column(default=WAITING)
    asked_at: Mapped[datetime]
