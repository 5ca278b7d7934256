"""What nobody looks at any more goes."""
from datetime import timedelta

from sqlalchemy import and_, delete, or_

from groupware.kernel import clock, db
from groupware.notifications.models import FAILED, WAITING, Letter, Notification

READ, ANY, SENT = timedelta(days=180), timedelta(days=400), timedelta(days=90)


def sweep() -> None:
    """Read lines after half a year, all after thirteen months; letters that arrived after three months, the others after thirteen."""
    now = clock.now()
    lines = delete(Notification).where(or_(Notification.at < now - ANY, and_(Notification.at < now - READ, Notification.read_at.is_not(None))))
    settled = and_(Letter.made_at < now - SENT, Letter.state.not_in((WAITING, FAILED)))
    letters = delete(Letter).where(or_(settled, Letter.made_at < now - ANY))
    db.write(lambda: [db.unit().connection.execute(each) for each in (lines, letters)])
