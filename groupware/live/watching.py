"""Each web process reads, twice a second, what others have told and whose right has ended."""
import logging
from collections.abc import Callable
from datetime import timedelta

import gevent
from sqlalchemy import delete, select

from groupware.kernel import clock, db
from groupware.live import hub
from groupware.live.models import Relay

log = logging.getLogger(__name__)
EVERY = 0.5
LOOK_BACK = timedelta(seconds=60)       # ids commit out of order on PostgreSQL: look again at what is younger than any transaction
KEEP = timedelta(hours=1)


class RelayWatch:
    """Applies every row of others exactly once in this process."""

    def __init__(self) -> None:
        self.seen: dict[int, None] = {}
        self._mark_old_rows()

    def look(self) -> int:
        """Returns how many rows were new."""
        rows = list(db.session.scalars(select(Relay).where(Relay.at > clock.now() - LOOK_BACK).order_by(Relay.id)))
        fresh = [row for row in rows if row.id not in self.seen and row.origin != hub.ORIGIN]
        self.seen = dict.fromkeys(row.id for row in rows)
        for row in fresh:
            hub.apply(hub.revive(row))
        return len(fresh)

    def _mark_old_rows(self) -> None:
        self.seen = dict.fromkeys(db.session.scalars(select(Relay.id).where(Relay.at > clock.now() - LOOK_BACK)))
        db.forget_reading()


def for_ever(look: Callable[[], object]) -> None:
    """A database that is away for a while is looked at again with the next round."""
    while True:
        try:
            look()
        except Exception:
            log.exception("could not look at the relay")
        finally:
            db.forget_reading()
        gevent.sleep(EVERY)


def sweep() -> None:
    """Rows that everybody has read."""
    db.write(lambda: db.unit().connection.execute(delete(Relay).where(Relay.at < clock.now() - KEEP)))
