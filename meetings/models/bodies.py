"""A body that meets (会議体) and who belongs to it."""
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

CHAIR, MEMBER, SECRETARY, SPEAKER, OBSERVER = "chair", "member", "secretary", "speaker", "observer"
ROLES = {CHAIR: "議長", MEMBER: "委員", SECRETARY: "事務局", SPEAKER: "説明員", OBSERVER: "オブザーバー"}
PUBLIC, STAFF, MEMBERS, SECRET = "public", "staff", "members", "secret"
LEVELS = {PUBLIC: "公開", STAFF: "庁内", MEMBERS: "委員限り", SECRET: "機密"}      # from the openest to the closest


def closest(*levels: str | None) -> str:
    """What holds where several were said: nothing below is opener than what stands above it."""
    order = list(LEVELS)
    return max((level for level in levels if level), key=order.index)


class Body(Base):
    """``level``: who may know of it; all that hangs below is at least as close.

    Its template (ひな形): ``standing``, the items that every sitting has; how many days before a sitting units have answered (``answer_days``),
    papers are there (``papers_days``) and are opened (``opens_days``); ``item_level`` of an item of which nothing was said.
    """

    __tablename__ = "meetings_body"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    level: Mapped[str] = mapped_column(default=STAFF)
    last_number: Mapped[int] = mapped_column(default=0)        # 第5回
    quorum: Mapped[int | None]                                  # how many of chair and members; None: more than half
    deputies_vote: Mapped[bool] = mapped_column(default=True)
    standing: Mapped[list[Any]] = mapped_column(default=list)
    answer_days: Mapped[int | None]
    papers_days: Mapped[int | None]
    opens_days: Mapped[int | None]
    item_level: Mapped[str | None]
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]                        # meets no more


class Member(Base):
    __tablename__ = "meetings_member"
    __table_args__ = (Index("ix_meetings_member_user", "user_id", "body_id"),)

    body_id: Mapped[int] = mapped_column(ForeignKey("meetings_body.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
