"""Who comes to a sitting."""
from sqlalchemy import select

from groupware.kernel import db
from meetings.models.answers import Answer
from meetings.models.sittings import Sitting


def answers_of(sitting: Sitting) -> dict[int, Answer]:
    """By person."""
    return {row.user_id: row for row in db.session.scalars(select(Answer).where(Answer.sitting_id == sitting.id))}
