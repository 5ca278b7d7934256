"""The house was brought back from a copy: what was about to ring or to be mailed then has long been told."""
from sqlalchemy import update

from groupware.kernel import clock, db
from groupware.notifications.models import FAILED, WAITING, Letter, Notification

WHY = "控えから戻したため、送っていません。"


def say_nothing_again() -> None:
    """Letters can still be sent by hand, where the administrator sees what did not arrive."""
    connection = db.unit().connection
    connection.execute(update(Notification).values(rings_at=None, mail_at=None))
    connection.execute(update(Letter).where(Letter.state == WAITING).values(state=FAILED, error=WHY, done_at=clock.now()))
