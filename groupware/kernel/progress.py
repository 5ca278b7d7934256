"""How far long work is (a rebuild, a bundle, a great import): a row that outlives the helper, for the page that watches it.

``report("search.rebuild", "検索の索引", 1200, 5000)`` now and then, ``finish("search.rebuild")`` at the end, also of a failure.
"""
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, mapped_column

from groupware.kernel import clock, db
from groupware.kernel.db import Base

KEPT = timedelta(days=3)            # after its end


class Progress(Base):
    """``name`` is of its owner; a second work of the same name takes the row over."""

    __tablename__ = "kernel_progress"

    name: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    done: Mapped[int]
    total: Mapped[int]
    begun_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    error: Mapped[str | None]


def report(name: str, title: str, done: int, total: int) -> None:
    """Each call is a transaction: a few a second at most."""
    db.write(lambda: _report(name, title, done, total))


def finish(name: str, error: str | None = None) -> None:
    db.write(lambda: _finish(name, error))


def progress_of(name: str) -> Progress | None:
    """None: never begun, or over for long."""
    return db.session.get(Progress, name)


def all_progress() -> list[Progress]:
    """What runs first, then what ended, the newest first."""
    return list(db.session.scalars(select(Progress).order_by(Progress.ended_at.is_not(None), Progress.changed_at.desc())))


def forget_ended() -> None:
    """Inside a transaction."""
    db.session.execute(delete(Progress).where(Progress.ended_at < clock.now() - KEPT).execution_options(synchronize_session=False))


def _report(name: str, title: str, done: int, total: int) -> None:
    now, known = clock.now(), db.session.get(Progress, name)
    if known is None or known.ended_at:
        db.session.merge(Progress(name=name, title=title, done=done, total=total, begun_at=now, changed_at=now, ended_at=None, error=None))
        return
    known.title, known.done, known.total, known.changed_at = title, done, total, now


def _finish(name: str, error: str | None) -> None:
    known = db.session.get(Progress, name)
    if known:
        known.ended_at = known.changed_at = clock.now()
        known.error = error and error[:500]
