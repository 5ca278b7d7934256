"""What a sitting leads to: votes that were taken, and what somebody is to do until when."""
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

NAMED, ASSENT = "named", "assent"
VOTE_KINDS = {NAMED: "記名で採る", ASSENT: "異議がないか聞く"}
FOR, AGAINST, ABSTAIN, OBJECT = "for", "against", "abstain", "object"
CHOICES = {NAMED: {FOR: "賛成", AGAINST: "反対", ABSTAIN: "棄権"}, ASSENT: {OBJECT: "異議あり"}}
ASKING, ENDED = "asking", "ended"
OPEN, DONE, DROPPED = "open", "done", "dropped"
ACTION_STATES = {OPEN: "これから", DONE: "済み", DROPPED: "取りやめ"}


class Vote(Base):
    """``entry_id``: the paragraph of the minutes in which its result stands."""

    __tablename__ = "meetings_vote"
    __table_args__ = (Index("ix_meetings_vote_sitting", "sitting_id", "item_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sitting_id: Mapped[int] = mapped_column(ForeignKey("meetings_sitting.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("meetings_item.id"))
    kind: Mapped[str]
    question: Mapped[str]
    state: Mapped[str] = mapped_column(default=ASKING)
    opened_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    entry_id: Mapped[int | None]


class Ballot(Base):
    """Whose voice it is, and who gave it: another one only for a member who has sent a deputy."""

    __tablename__ = "meetings_ballot"

    vote_id: Mapped[int] = mapped_column(ForeignKey("meetings_vote.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(primary_key=True)
    choice: Mapped[str]
    by_id: Mapped[int]
    at: Mapped[datetime]


class Action(Base):
    """What is to be done stands in its paragraph; here is who does it, until when, and how far it is."""

    __tablename__ = "meetings_action"
    __table_args__ = (Index("ix_meetings_action_owner", "owner_id", "state"), Index("ix_meetings_action_body", "body_id", "state"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("meetings_entry.id"), unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("meetings_body.id"))
    owner_id: Mapped[int]
    due_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(default=OPEN)
    note: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime]
    chased_on: Mapped[date | None]
