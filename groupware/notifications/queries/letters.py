"""Questions about the mails."""
from sqlalchemy import func, select

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.notifications.models import FAILED, SENT, WAITING, Letter, Setting

TITLES = "mail.titles"


def titles_allowed() -> bool:
    return db.session.scalar(select(Setting.value).where(Setting.name == TITLES)) == "1"


def letter_for(_: Actor, letter_id: int) -> Letter:
    found = db.session.get(Letter, letter_id)
    if found is None:
        raise NotFound
    return found


def troubled_letters(most: int = 50) -> list[Letter]:
    """What could not be delivered, and what has been tried in vain so far; the newest first."""
    trouble = select(Letter).where((Letter.state == FAILED) | ((Letter.state == WAITING) & (Letter.error != "")))
    return list(db.session.scalars(trouble.order_by(Letter.id.desc()).limit(most)))


def letters_by_state() -> dict[str, int]:
    counted = dict(db.session.execute(select(Letter.state, func.count()).group_by(Letter.state)).all())
    return {state: counted.get(state, 0) for state in (WAITING, SENT, FAILED)}
