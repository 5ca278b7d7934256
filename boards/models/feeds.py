"""The address under which somebody's own reader fetches what is new. Only its fingerprint is kept."""
from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base


class Feed(Base):
    __tablename__ = "boards_feed"

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str] = mapped_column(unique=True)
    made_at: Mapped[datetime]
