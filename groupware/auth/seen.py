"""When a login session was last used: a signal. Kept at most once a minute and session, many together, and nobody waits for it."""
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, update

from groupware.auth.models import LoginSession
from groupware.kernel import clock, db
from groupware.kernel.signals import Merged

OFTEN_ENOUGH = timedelta(minutes=1)


def touch(session_id: int, last_seen_at: datetime) -> None:
    now = clock.now()
    if now - last_seen_at >= OFTEN_ENOUGH:
        uses.put(session_id, now)


def _keep(values: dict[Any, datetime]) -> None:
    table = LoginSession.__table__
    statement = update(table).where(table.c.id == bindparam("session")).values(last_seen_at=bindparam("moment"))    # type: ignore[arg-type]
    rows = [{"session": session_id, "moment": moment} for session_id, moment in sorted(values.items())]
    db.write(lambda: db.unit().connection.execute(statement, rows))


uses = Merged(_keep)
