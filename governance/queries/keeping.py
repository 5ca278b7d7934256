"""What the plan says and what stands beside it, found once while nothing of it changes. One question tells whether it has."""
from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import select

from governance.models.mark import Mark
from groupware.kernel import db
from groupware.kernel.memory import remembered

Found = TypeVar("Found")
_known: dict[str, tuple[int, object]] = remembered({})


def kept(name: str, find: Callable[[], Found]) -> Found:
    """Inside a command, which may change it, it is found every time."""
    mark = None if db.is_writing() else db.once("governance.mark", lambda: db.session.scalar(select(Mark.number)))
    if mark is None:
        return find()
    known = _known.get(name)
    if known is None or known[0] != mark:
        known = _known[name] = (mark, find())
    return known[1]      # type: ignore[return-value]


def apart(rows: Iterable[Found]) -> list[Found]:
    """Rows that outlive the reading they were found in: they are looked at, never written."""
    found = list(rows)
    if not db.is_writing():
        for row in dict.fromkeys(found):
            db.session.expunge(row)
    return found
