"""Lines that are due -> one letter for each person. In one transaction, so that no line is in two letters."""
from collections import defaultdict
from secrets import token_hex

from sqlalchemy import insert, select, update

from groupware.kernel import clock, db
from groupware.notifications.models import Letter, Notification

BATCH = 1000


def write_letters() -> int:
    """How many lines were due."""
    return int(db.write(_write)) if _due() else 0


def forget_letters() -> None:
    """While no mail goes out, nothing is saved up for the day on which it does."""
    if _due():
        past = update(Notification).where(Notification.mail_at <= clock.now()).values(mail_at=None)
        db.write(lambda: db.unit().connection.execute(past))


def new_letter(user_id: int, notices: list[int]) -> int:
    values = {"user_id": user_id, "notices": notices, "token": token_hex(16), "due_at": clock.now(), "made_at": clock.now()}
    made = db.unit().connection.execute(insert(Letter).returning(Letter.id), [values])
    return int(made.scalar_one())


def _due() -> bool:
    return db.session.scalar(select(Notification.id).where(Notification.mail_at <= clock.now()).limit(1)) is not None


def _write() -> int:
    due = (select(Notification).where(Notification.mail_at <= clock.now()).order_by(Notification.user_id, Notification.id).limit(BATCH)
           .with_for_update(skip_locked=True))
    rows = list(db.session.scalars(due))
    db.session.execute(update(Notification).where(Notification.id.in_([row.id for row in rows])).values(mail_at=None))
    of_people = defaultdict(list)
    for row in rows:
        of_people[row.user_id].append(row.id)
    for user_id, ids in of_people.items():
        new_letter(user_id, ids)
    return len(rows)
