"""Each web process learns within half a second whose login session has ended, and cuts the open connections.

Every HTTP request and socket event asks anew by itself; this is for connections on which nothing is said.
"""
import logging
from collections.abc import Callable
from datetime import timedelta

import gevent
from gevent import Greenlet
from sqlalchemy import select

from groupware.auth.models import Revocation
from groupware.kernel import clock, db

log = logging.getLogger(__name__)
EVERY = 0.5
LOOK_BACK = timedelta(minutes=2)        # ids commit out of order on PostgreSQL: look again at what is younger than any transaction
OnRevoked = Callable[[int, int | None], None]


def watch_revocations(on_revoked: OnRevoked) -> Greenlet:
    """Calls ``on_revoked(user_id, session_id)`` for each, from now on; ``session_id`` None means all of the person's."""
    return gevent.spawn(_for_ever, RevocationWatch(on_revoked))


class RevocationWatch:
    """Tells of every row once. After a time without the database it looks back as far as it could not see."""

    def __init__(self, on_revoked: OnRevoked) -> None:
        self.on_revoked = on_revoked
        self.looked_at = clock.now()
        self.seen: set[int] = {row.id for row in self._rows()}
        db.forget_reading()

    def look(self) -> int:
        """Returns how many were new."""
        now, rows = clock.now(), self._rows()
        fresh = [row for row in rows if row.id not in self.seen]
        self.seen, self.looked_at = {row.id for row in rows}, now
        for row in fresh:
            self._tell(row)
        return len(fresh)

    def _rows(self) -> list[Revocation]:
        recent = Revocation.at > self.looked_at - LOOK_BACK
        return list(db.session.scalars(select(Revocation).where(recent).order_by(Revocation.id)))

    def _tell(self, row: Revocation) -> None:
        try:
            self.on_revoked(row.user_id, row.session_id)
        except Exception:
            log.exception("a revocation could not be carried out")


def _for_ever(watch: RevocationWatch) -> None:
    while True:
        try:
            watch.look()
        except Exception:
            log.exception("could not look at the revocations")
        finally:
            db.forget_reading()
        gevent.sleep(EVERY)
