"""In the helper process, each minute: what has run out is ended, what nobody needs any more goes."""
from datetime import timedelta

from sqlalchemy import delete

from groupware.auth.commands.ending import end_session
from groupware.auth.ending import EXPIRED
from groupware.auth.models import LoginSession, Revocation, Throttle
from groupware.auth.queries import sessions_run_out
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.jobs import Schedule

KEEP_REVOCATIONS = timedelta(days=1)
KEEP_SESSIONS = timedelta(days=90)


def end_what_ran_out() -> None:
    """Nobody enters with these any more; this cuts the connections that are still open."""
    for session_id in sessions_run_out():
        end_session(SYSTEM, session_id, EXPIRED)


def sweep() -> None:
    db.write(_sweep)


def _sweep() -> None:
    now, connection = clock.now(), db.unit().connection
    connection.execute(delete(Revocation).where(Revocation.at < now - KEEP_REVOCATIONS))
    connection.execute(delete(LoginSession).where(LoginSession.ended_at < now - KEEP_SESSIONS))
    connection.execute(delete(Throttle).where(Throttle.free_at < now.timestamp()))


SCHEDULES = (Schedule("auth.run-out", timedelta(minutes=1), end_what_ran_out), Schedule("auth.sweep", timedelta(hours=1), sweep))
