"""What was counted of skills, found once while nothing of it changes, nor the directory, nor the day. One question tells whether it has."""
from collections.abc import Callable
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from groupware.directory.queries.marks import mark_now
from groupware.kernel import clock, db
from groupware.kernel.memory import remembered
from training.models.mark import Mark

Found = TypeVar("Found")
_known: dict[str, tuple[tuple[int, int | None, date], object]] = remembered({})


def kept(name: str, find: Callable[[], Found]) -> Found:
    """Plain values. Inside a command, which may change them, they are found every time."""
    mark = None if db.is_writing() else db.once("training.mark", lambda: db.session.scalar(select(Mark.number)))
    if mark is None:
        return find()
    under, known = (mark, mark_now(), clock.today()), _known.get(name)
    if known is None or known[0] != under:
        known = _known[name] = (under, find())
    return known[1]      # type: ignore[return-value]
