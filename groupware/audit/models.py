"""The audit entry. Rows are added and never changed: no command of the house touches one again."""
from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId


class Entry(Base):
    """``actor_label`` is the post and 課 of that moment: a later transfer does not change who decided."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_actor", "actor_id", "id"), Index("ix_audit_entry_about", "about"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int]
    actor_name: Mapped[str]
    actor_label: Mapped[str]
    session_id: Mapped[int | None]
    door: Mapped[str]
    address: Mapped[str]
    request_id: Mapped[str]
    event: Mapped[str]
    about: Mapped[str]
    body: Mapped[dict[str, Any]]
