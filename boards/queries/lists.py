"""The list of notices as one person sees it: one query, fifty rows, however many notices there are and however long they are."""
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, or_, select

from boards.models.notices import MODEL, OPEN, PRESSED, Notice, Revision
from boards.models.places import Board, Right
from boards.models.receipts import Receipt
from groupware.directory.queries import circles_of, people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor

PAGE = 50
NEW, WAITING, SENT, OVER = "new", "waiting", "sent", "over"
DRAWN = (Notice.id, Notice.number, Notice.state, Notice.strength, Notice.weight, Notice.title, Notice.sender_name, Notice.starts_at, Notice.due_at,
         Notice.published_at, Notice.asked, Notice.files, Notice.comments, Notice.people)
NEWEST, BY_NUMBER = (Notice.published_at.desc(), Notice.id.desc()), (Notice.id.desc(),)
NEAREST = (Notice.due_at.is_(None), Notice.due_at, Notice.published_at.desc())
MINE = (Receipt.user_id.label("mine"), Receipt.waiting, Receipt.opened_at, Receipt.confirmed, Receipt.gone_at)


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
    """``notice`` holds what is DRAWN of it, the name of its board, and how far one is oneself."""

    notice: Any

    @property
    def board(self) -> str:
        name: str = self.notice.board
        return name

    @property
    def waiting(self) -> bool:
        return bool(self.notice.waiting and not self.notice.gone_at)

    @property
    def settled(self) -> bool:
        return bool(self.notice.mine and self.notice.strength in PRESSED and self.notice.confirmed >= self.notice.asked)

    @property
    def unread(self) -> bool:
        return bool(self.notice.mine and not self.notice.gone_at and self.notice.opened_at is None)


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Row]
    older: int = 0          # id of the last one, when there are more


def page_of(actor: Actor, asked: Asked) -> Page:
    """The newest first."""
    rows = _rows(actor, asked, PAGE + 1)
    return Page(rows[:PAGE], rows[PAGE - 1].notice.id if len(rows) > PAGE else 0)


def waiting_rows(actor: Actor, limit: int) -> list[Row]:
    """What is left to do for somebody: the nearest due date first."""
    return _rows(actor, Asked(WAITING), limit, nearest=True)


def revisions_of(notice: Notice) -> list[tuple[Revision, str]]:
    """(what it said before, who replaced it), the newest first."""
    rows = list(db.session.scalars(select(Revision).where(Revision.notice_id == notice.id).order_by(Revision.version.desc())))
    cards = people_cards(row.editor_id for row in rows)
    return [(row, cards[row.editor_id].name if row.editor_id in cards else "") for row in rows]


def _rows(actor: Actor, asked: Asked, limit: int, *, nearest: bool = False) -> list[Row]:
    given = {"boards": list(asked.boards), "weight": asked.weight, "sender": asked.sender, "before": asked.before, "last": _last(asked)}
    statement = _asked(asked.show, frozenset(name for name, value in given.items() if value), nearest=nearest)
    values = {"me": actor.user_id, "mine": list(circles_of(actor)), "now": clock.now(), "limit": limit, **given}
    return [Row(line) for line in db.session.execute(statement, values)]


def _last(asked: Asked) -> datetime | None:
    """When the last one shown was put up; what was sent goes by its number instead, for drafts are among it."""
    if not asked.before or asked.show == SENT:
        return None
    found: datetime | None = db.session.scalar(select(Notice.published_at).where(Notice.id == asked.before))
    return found


@cache
def _asked(show: str, narrowed: frozenset[str], *, nearest: bool) -> Any:
    """Built once for each way of asking. The outer joins hold the notices first, so that they are read along their index and no further
    than the page.
    """
    mine = and_(Receipt.notice_id == Notice.id, Receipt.user_id == bindparam("me"))
    found = (select(*DRAWN, Board.name.label("board"), *MINE).outerjoin(Board, Board.id == Notice.board_id).outerjoin(Receipt, mine)
             .where(*_of_list(show), *(each for name, each in _narrowing(narrowed) if name in narrowed)))
    return found.order_by(*(NEAREST if nearest else BY_NUMBER if show == SENT else NEWEST)).limit(bindparam("limit"))


def _of_list(show: str) -> list[Any]:
    mine: BindParameter[str] = bindparam("mine", expanding=True)
    if show == SENT:
        return [Notice.sender.in_(mine), Notice.state != MODEL]
    ended = and_(Notice.ends_at.is_not(None), Notice.ends_at <= bindparam("now"))
    if show == WAITING:
        return [Notice.state == OPEN, ~ended, Receipt.waiting, Receipt.gone_at.is_(None)]
    reads = Notice.board_id.in_(select(Board.id).join(Right, Right.board_id == Board.rights_of).where(Right.who.in_(mine)))
    addressed = and_(Receipt.user_id.is_not(None), Receipt.gone_at.is_(None))
    return [Notice.state == OPEN, ended if show == OVER else ~ended, or_(addressed, reads, Notice.sender.in_(mine))]


def _narrowing(narrowed: frozenset[str]) -> list[tuple[str, ColumnElement[bool]]]:
    before = Notice.id < bindparam("before")
    older = and_(Notice.published_at <= bindparam("last"), or_(Notice.published_at < bindparam("last"), before))
    return [("boards", Notice.board_id.in_(bindparam("boards", expanding=True))), ("weight", Notice.weight == bindparam("weight")),
            ("sender", Notice.sender_name == bindparam("sender")), ("before", older if "last" in narrowed else before)]
