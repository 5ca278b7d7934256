"""回答: what is asked, and what was answered. Of an anonymous one nothing that was answered stands beside who answered it, or when."""
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

ONE, MANY, SCALE, WORDS, NUMBER, DAY = "one", "many", "scale", "words", "number", "day"
KINDS = {ONE: "一つ選ぶ", MANY: "いくつでも選ぶ", SCALE: "5段階", WORDS: "文で書く", NUMBER: "数", DAY: "日付"}
COUNTED = {ONE, MANY, SCALE}        # answers of which only how many there are of each can be kept


class Question(Base):
    """``options``: what can be chosen; of a scale the words at its two ends."""

    __tablename__ = "boards_question"
    __table_args__ = (Index("ix_boards_question_notice", "notice_id", "position"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("boards_notice.id"))
    position: Mapped[int]
    kind: Mapped[str]
    text: Mapped[str]
    options: Mapped[list[Any]]
    required: Mapped[bool] = mapped_column(default=False)

    @property
    def choices(self) -> list[str]:
        """All that can be chosen, as it is shown."""
        if self.kind != SCALE:
            return [str(each) for each in self.options]
        low, high = [*self.options, "", ""][:2]
        return [f"1 {low}".strip(), "2", "3", "4", f"5 {high}".strip()]

    @property
    def pairs(self) -> list[tuple[int, str]]:
        return list(enumerate(self.choices))


class Reply(Base):
    """Of one person (``person:12``), or of one section for all in it (``unit:5``); ``answers`` by the number of the question."""

    __tablename__ = "boards_reply"

    notice_id: Mapped[int] = mapped_column(ForeignKey("boards_notice.id"), primary_key=True)
    holder: Mapped[str] = mapped_column(primary_key=True)
    unit_id: Mapped[int]
    user_id: Mapped[int]
    user_name: Mapped[str]
    user_label: Mapped[str]
    asked: Mapped[int]
    answers: Mapped[dict[str, Any]]
    at: Mapped[datetime]


class Count(Base):
    """Of an anonymous survey: how many chose it. No row is anybody's."""

    __tablename__ = "boards_count"

    question_id: Mapped[int] = mapped_column(ForeignKey("boards_question.id"), primary_key=True)
    choice: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    people: Mapped[int]


class Word(Base):
    """Of an anonymous survey: what somebody wrote. Whenever one comes, all of its question are laid anew, in another order."""

    __tablename__ = "boards_word"

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    question_id: Mapped[int] = mapped_column(ForeignKey("boards_question.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
