"""When each schedule last ran, for whoever looks after the house."""
from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base


class ScheduleRun(Base):
    """``error`` None: it went well."""

    __tablename__ = "running_schedule_run"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    milliseconds: Mapped[int]
    error: Mapped[str | None]
