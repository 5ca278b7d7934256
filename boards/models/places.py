"""The tree of boards, and who may do what on them."""
from datetime import datetime

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel.db import Base, BigId

READ, POST, COMMENT, MANAGE = "read", "post", "comment", "manage"
VERBS = {READ: "読む", COMMENT: "書き込む（お尋ねと答え）", POST: "お知らせを載せる", MANAGE: "管理する"}


class Board(Base):
    """``rights_of``: whose rights hold here: its own, or those of a board above it. ``of_group``: a group's own place, as of a team."""

    __tablename__ = "boards_board"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("boards_board.id"))
    name: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    rights_of: Mapped[int | None] = mapped_column(BigId)
    last_number: Mapped[int] = mapped_column(default=0)        # 第214号
    approval: Mapped[bool] = mapped_column(default=False)      # nothing is put up here that nobody else has looked at
    of_group: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]


class Right(Base):
    """``who`` is a circle of the directory (``below:5``, ``role:cio``). Who manages may do everything; who posts or comments may read."""

    __tablename__ = "boards_right"
    __table_args__ = (Index("ix_boards_right_who", "who", "board_id"),)

    board_id: Mapped[int] = mapped_column(ForeignKey("boards_board.id"), primary_key=True)
    verb: Mapped[str] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(primary_key=True)
