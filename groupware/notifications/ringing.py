"""What has to reach a person by the screen, when the time has come: one ring a person, however much there is. Runs beside the jobs."""
import logging
import threading
from collections import defaultdict

from sqlalchemy import bindparam, select, update

from groupware.kernel import clock, db
from groupware.kernel.prepared import Prepared
from groupware.live import hub
from groupware.live.effects import Broadcast
from groupware.notifications.models import Notification
from groupware.notifications.seeing import seen_by

log = logging.getLogger(__name__)
PAUSE = 1.0         # seconds
BATCH = 200
DUE = Prepared(select(Notification.id).where(Notification.rings_at <= bindparam("now")).limit(1))


def ring_for_ever(stop: threading.Event) -> None:
    while not stop.is_set():
        if not ring():
            db.forget_reading()
            stop.wait(PAUSE)


def ring() -> int:
    """How many were due. Taken and told in one transaction: each rings once, whatever falls."""
    if not _due():
        return 0
    return int(db.write(_ring))


def _due() -> bool:
    return bool(db.ask(DUE, {"now": clock.now()}))


def _ring() -> int:
    due = select(Notification).where(Notification.rings_at <= clock.now()).order_by(Notification.id).limit(BATCH).with_for_update(skip_locked=True)
    rows = list(db.session.scalars(due))
    db.session.execute(update(Notification).where(Notification.id.in_([row.id for row in rows])).values(rings_at=None))
    of_people = defaultdict(list)
    for row in rows:
        if row.read_at is None:
            of_people[row.user_id].append(row)
    for user_id, told in of_people.items():
        _tell(user_id, told)
    return len(rows)


def _tell(user_id: int, rows: list[Notification]) -> None:
    """Of what the person may see at this moment, and without a word of what it says."""
    seen = seen_by(user_id, [row.ref for row in rows])
    told = [row for row in rows if row.ref in seen]
    if told:
        last = told[-1]
        hub.deliver(Broadcast(f"user:{user_id}", "notifications.ring", {
            "id": last.id if len(told) == 1 else 0, "reason": last.words, "count": len({row.place for row in told}),
            "alarm": any(row.alarm for row in told)}))
