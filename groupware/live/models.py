"""What one process has to tell the connections held by another."""
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId


class Relay(Base):
    """Every web process reads it twice a second; the bus only makes it faster."""

    __tablename__ = "live_relay"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    origin: Mapped[str]         # the process which wrote it and has told its own connections already; "" when nobody has
    effect: Mapped[str]
    body: Mapped[dict[str, Any]]
