"""What a person asked for last, ten of them; and what they keep. Their own, gone when they say so. A signal: in no audit."""
from contextlib import suppress
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid
from groupware.search.language.pieces import LONGEST
from groupware.search.models import Recent, Saved

KEPT, MOST_SAVED = 10, 30


def recent(actor: Actor) -> list[str]:
    """The newest first."""
    return _words(Recent, actor, KEPT)


def saved(actor: Actor) -> list[str]:
    """The newest first."""
    return _words(Saved, actor, MOST_SAVED)


def remember(actor: Actor, typed: str) -> None:
    words = _plain(typed)
    if words and words != next(iter(recent(actor)), ""):
        _write(Recent(user_id=actor.user_id, words=words, at=clock.now()), KEPT)


def save(actor: Actor, typed: str) -> str:
    """The words as they are kept. Saved twice is saved once. Raises Invalid when there are too many: none that somebody kept goes by itself."""
    words, there = _plain(typed), saved(actor)
    if not words:
        raise Invalid(q="残す言葉を入れてください。")
    if words not in there and len(there) >= MOST_SAVED:
        raise Invalid(q=f"残せるのは{MOST_SAVED}個までです。使わないものを消してから、もう一度残してください。")
    _write(Saved(user_id=actor.user_id, words=words, at=clock.now()), MOST_SAVED)
    return words


def forget(actor: Actor) -> None:
    db.write(lambda: _execute(delete(Recent).where(Recent.user_id == actor.user_id)))


def drop(actor: Actor, words: str) -> None:
    db.write(lambda: _execute(delete(Saved).where(Saved.user_id == actor.user_id, Saved.words == words)))


def _words(model: type[Recent] | type[Saved], actor: Actor, most: int) -> list[str]:
    return list(db.session.scalars(select(model.words).where(model.user_id == actor.user_id).order_by(model.at.desc()).limit(most)))


def _plain(typed: str) -> str:
    return " ".join(typed.replace("\x00", "").split())[:LONGEST]


def _write(row: Recent | Saved, most: int) -> None:
    with suppress(IntegrityError):      # the same at the same moment in another window: then it is there
        db.write(lambda: _keep(row, most))


def _keep(row: Recent | Saved, most: int) -> None:
    model = type(row)
    db.session.merge(row)
    db.session.flush()
    kept = select(model.words).where(model.user_id == row.user_id).order_by(model.at.desc()).limit(most)
    _execute(delete(model).where(model.user_id == row.user_id, model.words.not_in(list(db.session.scalars(kept)))))


def _execute(statement: Any) -> None:
    db.session.execute(statement)
