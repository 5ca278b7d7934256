"""Whether the directory is the same as before: what was worked out of it is kept until it changes, or the day."""
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TypeVar

from sqlalchemy import ScalarSelect, Select, select

from groupware.directory.models import Mark
from groupware.kernel import clock, db
from groupware.kernel.memory import remembered

MOST = 40
Found = TypeVar("Found")
_known: dict[str, tuple[int, date, object]] = remembered({})


def directory_mark() -> ScalarSelect[int]:
    """To be asked in the same query as whatever else is asked: no row, no mark, nothing kept."""
    return select(Mark.__table__.c.number).scalar_subquery()


def mark_now() -> int | None:
    """One query for a reading, however often it is asked for."""
    return db.once("directory.mark", lambda: db.session.scalar(_mark()))


def mark_is(mark: int) -> None:
    """As was read together with who asks: the rest of this reading need not ask again."""
    db.once("directory.mark", lambda: mark)


def kept(name: str, find: Callable[[], Found]) -> Found:
    """Plain values. Inside a command, which may change them, they are found every time."""
    mark, today = None if db.is_writing() else mark_now(), clock.today()
    if mark is None:
        return find()
    known = _known.get(name)
    if known is None or known[:2] != (mark, today):
        if len(_known) >= MOST:
            _known.clear()
        known = _known[name] = (mark, today, find())
    return known[2]      # type: ignore[return-value]


@cache
def _mark() -> Select[int]:
    return select(directory_mark())
