"""The list of notices as one person sees it: one query, fifty rows, however many notices there are."""
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from boards.models.notices import MODEL, OPEN, PRESSED, Notice, Revision
from boards.models.places import Board, Right
from boards.models.receipts import Receipt
from groupware.directory.queries import circles_of, people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor

PAGE = 50
NEW, WAITING, SENT, OVER = "new", "waiting", "sent", "over"


@dataclass(frozen=True, slots=True)
class Asked:
    """What to show: of which board and of those below it, which of the lists, of what weight, by whom, older than which one."""

    show: str = NEW
    boards: tuple[int, ...] = ()
    weight: str = ""
    sender: str = ""
    before: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    notice: Notice
    board: str
    receipt: Receipt | None

    @property
    def waiting(self) -> bool:
        return bool(self.receipt and self.receipt.waiting and not self.receipt.gone_at)

    @property
    def settled(self) -> bool:
        return bool(self.receipt and self.notice.strength in PRESSED and self.receipt.confirmed >= self.notice.asked)

    @property
    def unread(self) -> bool:
        return bool(self.receipt and not self.receipt.gone_at and self.receipt.opened_at is None)


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Row]
    older: int = 0          # id of the last one, when there are more
    senders: list[str] = field(default_factory=list)


def page_of(actor: Actor, asked: Asked) -> Page:
    """The outer joins hold the notices first, so that they are read along their index and no further than the page."""
    newest = (Notice.id.desc(),) if asked.show == SENT else (Notice.published_at.desc(), Notice.id.desc())
    statement = _asked(actor, asked).order_by(*newest).limit(PAGE + 1)
    rows = [Row(notice, board, receipt) for notice, board, receipt in db.session.execute(statement)]
    return Page(rows[:PAGE], rows[PAGE - 1].notice.id if len(rows) > PAGE else 0)


def waiting_rows(actor: Actor, limit: int) -> list[Row]:
    """What is left to do for somebody: the nearest due date first."""
    mine = _asked(actor, Asked(WAITING)).order_by(Notice.due_at.is_(None), Notice.due_at, Notice.published_at.desc())
    return [Row(notice, board, receipt) for notice, board, receipt in db.session.execute(mine.limit(limit))]


def revisions_of(notice: Notice) -> list[tuple[Revision, str]]:
    """(what it said before, who replaced it), the newest first."""
    rows = list(db.session.scalars(select(Revision).where(Revision.notice_id == notice.id).order_by(Revision.version.desc())))
    cards = people_cards(row.editor_id for row in rows)
    return [(row, cards[row.editor_id].name if row.editor_id in cards else "") for row in rows]


def _asked(actor: Actor, asked: Asked) -> Any:
    mine = and_(Receipt.notice_id == Notice.id, Receipt.user_id == actor.user_id)
    statement: Any = (select(Notice, Board.name, Receipt).outerjoin(Board, Board.id == Notice.board_id).outerjoin(Receipt, mine)
                 .where(*_of_list(actor, asked.show)))
    if asked.boards:
        statement = statement.where(Notice.board_id.in_(asked.boards))
    if asked.weight:
        statement = statement.where(Notice.weight == asked.weight)
    if asked.sender:
        statement = statement.where(Notice.sender_name == asked.sender)
    return statement.where(_older(asked)) if asked.before else statement


def _of_list(actor: Actor, show: str) -> list[ColumnElement[bool]]:
    if show == SENT:
        return [Notice.sender.in_(circles_of(actor)), Notice.state != MODEL]
    ended = and_(Notice.ends_at.is_not(None), Notice.ends_at <= clock.now())
    if show == WAITING:
        return [Notice.state == OPEN, ~ended, Receipt.waiting.is_(True), Receipt.gone_at.is_(None)]
    mine = circles_of(actor)
    reads = Notice.board_id.in_(select(Board.id).join(Right, Right.board_id == Board.rights_of).where(Right.who.in_(mine)))
    addressed = and_(Receipt.user_id.is_not(None), Receipt.gone_at.is_(None))
    return [Notice.state == OPEN, ended if show == OVER else ~ended, or_(addressed, reads, Notice.sender.in_(mine))]


def _older(asked: Asked) -> ColumnElement[bool]:
    last: datetime | None = db.session.scalar(select(Notice.published_at).where(Notice.id == asked.before))
    if last is None or asked.show == SENT:
        return Notice.id < asked.before
    return and_(Notice.published_at <= last, or_(Notice.published_at < last, Notice.id < asked.before))
