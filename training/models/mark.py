"""Whether what is counted of skills is the same as before."""
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId


class Mark(Base):
    """One row with a number that every change makes another: what was worked out under the same one still holds."""

    __tablename__ = "training_mark"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[int] = mapped_column(BigId)
