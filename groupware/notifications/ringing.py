"""What has to reach a person by the screen, when the time has come: one ring a person, however much there is. Runs beside the jobs."""
import logging
import threading
from collections import defaultdict
from time import perf_counter

from sqlalchemy import bindparam, select, update

from groupware.kernel import clock, db
from groupware.kernel.prepared import Prepared
from groupware.live import hub
from groupware.live.effects import Broadcast
from groupware.notifications.models import Notification
from groupware.notifications.seeing import seen_by

log = logging.getLogger(__name__)
PAUSE = 1.0         # seconds
BATCH = 50
HOLD = 0.03         # seconds of writing, about, after which others write first: what somebody may see is asked for each
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
    of_people, until, taken = _next_people(), perf_counter() + HOLD, list[int]()
    for user_id, rows in of_people.items():
        taken += [row.id for row in rows]
        _tell(user_id, [row for row in rows if row.read_at is None])
        if perf_counter() > until:
            break
    db.session.execute(update(Notification).where(Notification.id.in_(taken)).values(rings_at=None))
    return len(taken)


def _next_people() -> dict[int, list[Notification]]:
    """Whole people, unless one alone has more than a batch; those first for whom it is an alarm."""
    due = select(Notification).where(Notification.rings_at <= clock.now()).with_for_update(skip_locked=True)
    rows = list(db.session.scalars(due.order_by(Notification.alarm.desc(), Notification.user_id, Notification.id).limit(BATCH)))
    of_people = defaultdict(list)
    for row in rows:
        of_people[row.user_id].append(row)
    if len(rows) == BATCH and len(of_people) > 1:
        del of_people[rows[-1].user_id]
    return of_people


def _tell(user_id: int, rows: list[Notification]) -> None:
    """Of what the person may see at this moment, and without a word of what it says."""
    seen = seen_by(user_id, [row.ref for row in rows]) if rows else ()
    told = [row for row in rows if row.ref in seen]
    if told:
        last = told[-1]
        hub.deliver(Broadcast(f"user:{user_id}", "notifications.ring", {
            "id": last.id if len(told) == 1 else 0, "reason": last.words, "count": len({row.place for row in told}),
            "alarm": any(row.alarm for row in told)}))
