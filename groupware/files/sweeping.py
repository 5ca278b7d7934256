"""In the helper process. Each hour: what was sent and never hung on anything goes after a week; at night what has stayed long enough."""
from datetime import timedelta

from groupware.files.commands import drop_files, remove_files
from groupware.files.queries import loose_since
from groupware.files.retaining import erased_lately, over, terms_tonight
from groupware.files.store import store
from groupware.kernel import clock
from groupware.kernel.actor import SYSTEM
from groupware.kernel.jobs import Schedule

KEEP_LOOSE = timedelta(days=7)
NIGHT = range(1, 5)         # hours in Japan in which files are removed
TOGETHER = 200


def sweep() -> None:
    while numbers := loose_since(clock.now() - KEEP_LOOSE):
        for place in drop_files(SYSTEM, numbers):
            store().delete(place)
    store().sweep()


def run_out() -> None:
    """Nothing is removed while somebody is deciding: by day the administrator may still think better of it, or place a hold."""
    if clock.now().astimezone(clock.JST).hour in NIGHT:
        for kind, term in terms_tonight().items():
            _remove(kind, term)
        for place in erased_lately():
            store().delete(place)


def _remove(kind: str, term: str) -> None:
    numbers = [file.number for file in over(kind, term) if not file.held]
    for first in range(0, len(numbers), TOGETHER):
        remove_files(SYSTEM, kind, term, numbers[first:first + TOGETHER])


SCHEDULES = (Schedule("files.sweep", timedelta(hours=1), sweep), Schedule("files.run-out", timedelta(hours=1), run_out))
