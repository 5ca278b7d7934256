"""Opens the database for one process: who reads, who writes, what is written beside a command, who is told afterwards."""
from time import perf_counter

from gevent.queue import Queue
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import make_url

from groupware.config import Config
from groupware.kernel import db, jobs, reactions
from groupware.kernel.engines import asking, engine
from groupware.kernel.events import Fact
from groupware.kernel.house import house
from groupware.kernel.turns import LONGEST, next_turn
from groupware.kernel.writers import Alone, Pen

HELPER_WAITS = 30_000      # milliseconds for SQLite's lock: behind the helper nobody stands waiting, and a busy pen asks a hundred times as often
_told: Queue = Queue()
_opened: list[Engine] = []


def open_database(config: Config, writes: str) -> None:
    config.data.mkdir(parents=True, exist_ok=True)
    url = config.database_url
    close_database()
    held = writes == "pen" and make_url(url).get_backend_name() == "sqlite"
    writing, reader = engine(url, writes=True, waits=0 if held else HELPER_WAITS), engine(url, writes=False)
    asker = asking(reader)
    _opened.extend((writing, reader, asker))
    writer = Pen if held else Alone
    db.use(reader, asker, writer(writing, before_commit, _told.put if writes == "pen" else reactions.tell))


def close_database() -> None:
    """Gives every connection back."""
    db.forget_reading()
    while _opened:
        _opened.pop().dispose()


def before_commit(connection: Connection, facts: list[Fact]) -> None:
    """Audit entries and job rows, once per transaction, however many commands it holds."""
    for hook in house.before_commit:
        hook(connection, facts)
    jobs.enqueue(connection, facts)


def tell_for_ever() -> None:
    """A web process tells by one greenlet, in the order of the commits, even when the one who asked has gone away."""
    while True:
        _tell(_everything_that_waits())
        db.forget_reading()


def _everything_that_waits() -> list[Fact]:
    """Whoever has fallen behind tells together what has piled up meanwhile."""
    facts = [*_told.get()]
    while not _told.empty():
        facts += _told.get()
    return facts


def _tell(facts: list[Fact]) -> None:
    """Of much never long at a stretch; but nobody else's work comes before what is told, or it would fall behind."""
    heard = perf_counter()
    for _ in reactions.telling(facts):
        if perf_counter() > heard + LONGEST:
            next_turn()
            heard = perf_counter()
