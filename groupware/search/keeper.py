"""What the helper does for the search: exactly one of all helpers indexes, builds, checks and, with Whoosh, answers."""
import fcntl
import logging
import os
import resource
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, time, timedelta

from sqlalchemy import text

from groupware.kernel import clock, db
from groupware.kernel.lookout import Lookout
from groupware.search import door
from groupware.search.building import check, rebuild
from groupware.search.choosing import folder, on_postgres, own_engine
from groupware.search.engines.engine import Away, Engine, Page, Question
from groupware.search.indexing import Indexer
from groupware.search.notes import ASKED, REBUILD, note, put_note

log = logging.getLogger(__name__)
PAUSE = 0.1                                     # seconds between looks when nothing waits
FIRST_CHECK, NIGHT = timedelta(minutes=1), time(3, 0)
IDLE = timedelta(seconds=10)                    # nobody has written for so long: time to tidy
A_LITTLE, ALL = 3_000, 10_000_000               # entries written again when it is quiet, which takes seconds; and at night, which takes minutes
LOCK = 7_301_846                                # any number that is nobody else's
StillAlone = Callable[[], bool]


def keep_index(stop: threading.Event) -> None:
    """Runs beside the jobs. Returns when another helper has the part; whoever called asks again."""
    with (_alone_on_postgres if on_postgres() else _alone_in_folder)() as still_alone:
        if still_alone is None:
            stop.wait(1)
            return
        keeper = Keeper(own_engine(), lambda: not stop.is_set())
        with keeper.at_the_door():
            lookout, busy = Lookout(), True
            while not stop.is_set():
                if busy or lookout.something_new():
                    if not still_alone():
                        return
                    busy = keeper.round()
                else:
                    stop.wait(PAUSE)


class Keeper:
    def __init__(self, engine: Engine, go_on: Callable[[], bool]) -> None:
        self.engine, self.indexer, self.go_on = engine, Indexer(engine), go_on
        self.next_check = clock.now() + FIRST_CHECK
        self.tidy_at: datetime | None = None
        engine.clear_away()

    def round(self) -> bool:
        """Whether there was anything to do."""
        db.end_reading()
        try:
            return self._is_asked() or self._check_is_due() or self._something_waits() or self._may_tidy()
        except Away:
            log.warning("there is no index: it is built")
            self._rebuild()
            return True

    @contextmanager
    def at_the_door(self) -> Iterator[None]:
        with ExitStack() as last:
            if not on_postgres():
                _allow_many_files()
                last.enter_context(door.opened(folder(), self.answer))
                last.callback(self.engine.close)
            yield

    def answer(self, question: Question) -> Page:
        """An index that fails to answer is looked through at once."""
        try:
            return self.engine.search(question)
        except Away:
            raise
        except Exception:
            self.next_check = clock.now()
            raise

    def _is_asked(self) -> bool:
        what = note(ASKED).get("what")
        if not what:
            return False
        put_note(ASKED, {})
        if what == REBUILD:
            self._rebuild()
        else:
            self.next_check = clock.now()
        return True

    def _rebuild(self) -> None:
        """Looked through at once: what was built is counted, and who asked sees that it is whole."""
        rebuild(self.indexer, self.go_on)
        self.next_check = clock.now()

    def _check_is_due(self) -> bool:
        """An index that cannot even be read through is as good as none."""
        if clock.now() < self.next_check:
            return False
        self.next_check = _next_night()
        try:
            wrong = check(self.indexer, self.go_on)
        except Away:
            raise
        except Exception as trouble:
            log.exception("the index cannot be read through")
            raise Away from trouble
        if wrong:
            log.error("%d things were missing, stale or left over in the index; they are mended", wrong)
        if clock.now().astimezone(clock.JST).hour == NIGHT.hour:
            self.engine.tidy(ALL)
        return True

    def _something_waits(self) -> bool:
        self.engine.ready()
        if self.indexer.step():
            self.tidy_at = clock.now() + IDLE
            return True
        return False

    def _may_tidy(self) -> bool:
        if self.tidy_at is None or clock.now() < self.tidy_at:
            return False
        self.tidy_at = None
        self.engine.tidy(A_LITTLE)
        return True


@contextmanager
def _alone_in_folder() -> Iterator[StillAlone | None]:
    """The lock goes with the process, however it ends. If somebody takes the whole folder away, all begins anew, door and lock."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder() / "lock"
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield lambda: path.exists() and path.stat().st_ino == os.fstat(lock.fileno()).st_ino


@contextmanager
def _alone_on_postgres() -> Iterator[StillAlone | None]:
    """The lock goes with the connection; if that breaks, the next look says so."""
    with db.reading().get_bind().engine.connect() as connection:
        quiet = connection.execution_options(isolation_level="AUTOCOMMIT")
        if not quiet.scalar(text("select pg_try_advisory_lock(:lock)"), {"lock": LOCK}):
            yield None
            return
        yield lambda: bool(quiet.scalar(text("select true")))


def _next_night() -> datetime:
    tonight = datetime.combine(clock.today(), NIGHT, clock.JST)
    return tonight if tonight > clock.now() else tonight + timedelta(days=1)


def _allow_many_files() -> None:
    """An index is a few hundred open files; the usual limit is 1,024 for everything."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
