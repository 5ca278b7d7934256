"""What a person asked for last: their own, ten of them, gone when they say so. A signal: merged, and in no audit."""
from contextlib import suppress
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.search.models import Recent

KEPT = 10
LONGEST = 120


def recent(actor: Actor) -> list[str]:
    """The newest first."""
    asked = select(Recent.words).where(Recent.user_id == actor.user_id).order_by(Recent.at.desc()).limit(KEPT)
    return list(db.session.scalars(asked))


def remember(actor: Actor, typed: str) -> None:
    words = " ".join(typed.split())[:LONGEST]
    if words and words != next(iter(recent(actor)), ""):
        with suppress(IntegrityError):      # the same at the same moment in another window: then it is remembered
            db.write(lambda: _keep(actor.user_id, words))


def forget(actor: Actor) -> None:
    db.write(lambda: _execute(delete(Recent).where(Recent.user_id == actor.user_id)))


def _keep(user_id: int, words: str) -> None:
    db.session.merge(Recent(user_id=user_id, words=words, at=clock.now()))
    db.session.flush()
    kept = select(Recent.words).where(Recent.user_id == user_id).order_by(Recent.at.desc()).limit(KEPT)
    _execute(delete(Recent).where(Recent.user_id == user_id, Recent.words.not_in(list(db.session.scalars(kept)))))


def _execute(statement: Any) -> None:
    db.session.execute(statement)
