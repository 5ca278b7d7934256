"""A person's stream: what happened in one place is one line; nothing about what one can no longer see."""
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card, cards_for
from groupware.notifications.models import Notification
from groupware.notifications.queries.choices import kind_named

PAGE = 30
MERGED = 20         # so many of one line are looked at
UNREAD, ALL = "unread", ""


@dataclass(frozen=True, slots=True)
class Asked:
    """``show``: all or the unread ones; ``kind``: of one kind; ``before``: older than the line with this id."""

    show: str = ALL
    kind: str = ""
    before: int = 0
    page: int = PAGE


@dataclass(frozen=True, slots=True)
class Line:
    """What happened in one place. ``rows``: the newest first; opened where the oldest of them is."""

    rows: list[Notification]
    card: Card
    more: bool = False      # there are still more than were looked at

    @property
    def newest(self) -> Notification:
        return self.rows[0]

    @property
    def oldest(self) -> Notification:
        return self.rows[-1]

    @property
    def others(self) -> int:
        return len(self.rows) - 1

    @property
    def reasons(self) -> list[str]:
        """Why, each once, an alarm first."""
        return list(dict.fromkeys(row.words for row in self.rows))[:3]

    @property
    def alarm(self) -> bool:
        return any(row.alarm for row in self.rows)

    @property
    def kind_label(self) -> str:
        return kind_named(self.newest.kind).label


@dataclass(frozen=True, slots=True)
class Stream:
    """``hidden``: unread ones about what the person can no longer see. No badge may stick for them."""

    lines: list[Line]
    hidden: list[int] = field(default_factory=list)
    older: int = 0


def unread(user_id: int) -> Select[Any]:
    """As many as the stream has unread lines."""
    return select(func.count(Notification.place.distinct())).where(Notification.user_id == user_id, Notification.read_at.is_(None))


def unread_count(user_id: int) -> int:
    return db.session.scalar(unread(user_id)) or 0


def unread_refs(user_ids: set[int], kind: str) -> list[tuple[int, Ref]]:
    """(person, thing) of what these people have been told of things of a kind and have not read. One query."""
    asked = select(Notification.user_id, Notification.about).where(
        Notification.user_id.in_(user_ids), Notification.read_at.is_(None), Notification.about.startswith(f"{kind}:"))
    return [(user_id, Ref.parse(about)) for user_id, about in db.session.execute(asked)]


def stream(actor: Actor, asked: Asked | None = None) -> Stream:
    """Newest first. Two queries, and one for each owner of things on the page."""
    asked = asked or Asked()
    heads = _heads(actor.user_id, asked)
    rows = _rows(actor.user_id, asked, heads[:asked.page])
    cards = cards_for(actor, [row.ref for row in rows])
    lines = (_line([row for row in rows if _key(row) == (head.place, head.unread)], cards, head.count) for head in heads[:asked.page])
    return Stream([line for line in lines if line], [row.id for row in rows if row.ref not in cards and row.read_at is None],
                  heads[asked.page - 1].newest if len(heads) > asked.page else 0)


def kinds_told(user_id: int) -> list[str]:
    """Of which kinds anything is in the stream."""
    return list(db.session.scalars(select(Notification.kind).where(Notification.user_id == user_id).distinct()))


def notification_for(actor: Actor, notification_id: int) -> Notification:
    """Raises NotFound for another person's."""
    row = db.session.get(Notification, notification_id)
    if row is None or row.user_id != actor.user_id:
        raise NotFound
    return row


def _unread_as() -> Any:
    return case((Notification.read_at.is_(None), 1), else_=0)


def _mine(user_id: int, asked: Asked) -> list[Any]:
    wanted: list[Any] = [Notification.user_id == user_id]
    if asked.show == UNREAD:
        wanted.append(Notification.read_at.is_(None))
    if asked.kind:
        wanted.append(Notification.kind == asked.kind)
    return wanted


def _heads(user_id: int, asked: Asked) -> Sequence[Any]:
    """(place, unread, newest id, how many), one more than a page."""
    newest, state = func.max(Notification.id).label("newest"), _unread_as().label("unread")
    grouped = (select(Notification.place, state, newest, func.count().label("count")).where(*_mine(user_id, asked))
               .group_by(Notification.place, state).order_by(newest.desc()).limit(asked.page + 1))
    return db.session.execute(grouped.having(newest < asked.before) if asked.before else grouped).all()


def _rows(user_id: int, asked: Asked, heads: Sequence[Any]) -> list[Notification]:
    """Of each line the newest few."""
    if not heads:
        return []
    nth = func.row_number().over(partition_by=(Notification.place, _unread_as()), order_by=Notification.id.desc()).label("nth")
    here = or_(*(and_(Notification.place == head.place, _unread_as() == head.unread) for head in heads))
    numbered = select(Notification.id, nth).where(*_mine(user_id, asked), here).subquery()
    few = select(Notification).join(numbered, numbered.c.id == Notification.id).where(numbered.c.nth <= MERGED).order_by(Notification.id.desc())
    return list(db.session.scalars(few))


def _key(row: Notification) -> tuple[str, int]:
    return row.place, int(row.read_at is None)


def _line(rows: list[Notification], cards: dict[Ref, Card], count: int) -> Line | None:
    seen = [row for row in rows if row.ref in cards]
    return Line(seen, cards[seen[0].ref], count > MERGED) if seen else None
