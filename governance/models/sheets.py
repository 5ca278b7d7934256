"""A progress sheet that somebody brought: read by the helper, shown as differences, applied as a whole or not at all."""
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from governance.sheets.form import Row
from groupware.kernel.db import Base, BigId

READING, READ, REFUSED, APPLIED = "reading", "read", "refused", "applied"


class Sheet(Base):
    """``body`` is empty once it has been read: ``rows`` are what it said."""

    __tablename__ = "governance_sheet"
    kind: ClassVar[str] = "governance.sheet"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    user_id: Mapped[int]
    file_name: Mapped[str]
    body: Mapped[bytes]
    rows: Mapped[list[Any]] = mapped_column(default=list)
    state: Mapped[str] = mapped_column(default=READING)
    trouble: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]

    @property
    def lines(self) -> list[Row]:
        return [Row(number, cells) for number, cells in self.rows]
