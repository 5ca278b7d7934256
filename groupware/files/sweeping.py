"""Each hour, in the helper process: what was sent and never hung on anything goes after a week."""
from datetime import timedelta

from groupware.files.commands import drop_files
from groupware.files.queries import loose_since
from groupware.files.store import store
from groupware.kernel import clock
from groupware.kernel.actor import SYSTEM
from groupware.kernel.jobs import Schedule

KEEP_LOOSE = timedelta(days=7)


def sweep() -> None:
    while numbers := loose_since(clock.now() - KEEP_LOOSE):
        for place in drop_files(SYSTEM, numbers):
            store().delete(place)
    store().sweep()


SCHEDULES = (Schedule("files.sweep", timedelta(hours=1), sweep),)
