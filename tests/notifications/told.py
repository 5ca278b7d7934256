"""How much a person has been told and has not read, line by line or not."""
from sqlalchemy import func, select

from groupware.kernel import db
from groupware.notifications.models import Notification


def told_count(user_id: int) -> int:
    """Every single thing, also where the stream makes one line of several."""
    return db.session.scalar(select(func.count()).where(Notification.user_id == user_id, Notification.read_at.is_(None))) or 0
