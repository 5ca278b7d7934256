"""The place of a day, half by half, as its owner has said it."""
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base

OFFICE, OUT, HOME, TRIP, LEAVE = "office", "out", "home", "trip", "leave"
PLACES = {OFFICE: "庁舎", OUT: "出先", HOME: "在宅", TRIP: "出張", LEAVE: "休暇"}
REACHES = {"any": "電話・チャット", "chat": "チャットのみ", "phone": "電話のみ", "none": "連絡不可"}
HALVES = {"am": "午前", "pm": "午後"}


class Day(Base):
    """Half a day of somebody. Without a row: 庁舎, as nobody has said otherwise."""

    __tablename__ = "telework_day"
    __table_args__ = (Index("ix_telework_day_on", "on_date"), CheckConstraint("half in ('am', 'pm')", name="half"))

    user_id: Mapped[int] = mapped_column(ForeignKey("directory_user.id"), primary_key=True, autoincrement=False)
    on_date: Mapped[date] = mapped_column(primary_key=True)
    half: Mapped[str] = mapped_column(primary_key=True)
    place: Mapped[str]
    reach: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
