"""Who comes: what each answered to the call."""
from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base

ATTEND, ONLINE, DEPUTY, ABSENT = "attend", "online", "deputy", "absent"
ANSWERS = {ATTEND: "出席", ONLINE: "オンライン", DEPUTY: "代理", ABSENT: "欠席"}


class Answer(Base):
    """``deputy``: who comes instead, as the person wrote it. The last answer holds."""

    __tablename__ = "meetings_answer"

    sitting_id: Mapped[int] = mapped_column(ForeignKey("meetings_sitting.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    answer: Mapped[str]
    deputy: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
