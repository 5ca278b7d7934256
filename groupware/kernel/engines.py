"""Two engines: SQLite (WAL, FULL, foreign keys) and PostgreSQL 15+ (psycopg 3). One that writes, one that cannot."""
from collections.abc import Callable
from select import POLLIN
from typing import Any

from gevent.monkey import get_original
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url

from groupware.kernel import json

WAITS = 5000            # milliseconds for another process that writes
ASKERS = 5              # connections for single questions: each is held for less than a millisecond
IN_HAND = 32_000        # KiB of pages the writer keeps, so that fifteen hundred receipts at once do not go out to the disk before their time
KEPT_ALIVE = {"keepalives_idle": 60, "keepalives_interval": 10, "keepalives_count": 3}      # seconds: for a line that is cut and nobody says so
LOG = 16_000            # pages of SQLite's log (64 MB) at which whoever writes brings them home; the helper does it long before
PRAGMAS: tuple[str, ...] = (f"busy_timeout={WAITS}", "journal_mode=wal", "foreign_keys=on", "synchronous=full")


def engine(url: str, *, writes: bool, size: int = 10, waits: int = WAITS) -> Engine:
    """``url`` is SQLAlchemy's; the engine with ``writes=False`` is refused every change by the database itself.

    ``waits``: milliseconds for SQLite's lock; 0 for who asks again by itself.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _sqlite(url, waits, writes=writes)
    return _postgres(url, size, writes=writes)


def asking(reader: Engine) -> Engine:
    """For single questions: each is a transaction of its own, so none is begun and none is ended.

    Its connections are its own: who asks may be reading already, and would wait for one of those that wait for theirs. Where one was lost
    in that very moment, ``db.ask`` asks once more.
    """
    if reader.dialect.name != "sqlite":
        return _postgres(reader.url, ASKERS, writes=False)
    built = create_engine(reader.url, pool_size=20, max_overflow=40, pool_reset_on_return=None, json_deserializer=json.loads)

    @event.listens_for(built, "connect")
    def on_connect(raw: Any, _: Any) -> None:
        raw.isolation_level = None
        for pragma in ("query_only=on", f"busy_timeout={WAITS}"):
            raw.execute(f"pragma {pragma}")
    return built


def _sqlite(url: str, waits: int, *, writes: bool) -> Engine:
    """The writer has one connection; readers have their own and, in WAL, neither waits for the other."""
    built = create_engine(url, pool_size=1 if writes else 20, max_overflow=0 if writes else 40, json_serializer=json.dumps,
                          json_deserializer=json.loads)

    @event.listens_for(built, "connect")
    def on_connect(raw: Any, _: Any) -> None:
        raw.isolation_level = None          # the driver begins nothing by itself, or SAVEPOINT is broken
        own = ("query_only=off", f"cache_size=-{IN_HAND}", f"wal_autocheckpoint={LOG}") if writes else ("query_only=on",)
        for pragma in (*PRAGMAS, *own, f"busy_timeout={waits}"):
            raw.execute(f"pragma {pragma}")

    _say_plainly(built.dialect, "BEGIN IMMEDIATE" if writes else "BEGIN")
    return built


def _say_plainly(dialect: Any, begin: str) -> None:
    """Transactions straight to the driver, whose own commit() is silent where there is nothing to commit.

    Listeners would do as well, but with a single one SQLAlchemy looks for listeners five times in every statement. Of a savepoint this
    is a tenth of the cost, twice per command.
    """
    dialect.do_begin = lambda raw: raw.execute(begin).close()
    dialect.do_commit = lambda raw: raw.execute("COMMIT").close()
    dialect.do_savepoint = _says("SAVEPOINT")
    dialect.do_release_savepoint = _says("RELEASE")
    dialect.do_rollback_to_savepoint = _says("ROLLBACK TO")


def _says(words: str) -> Callable[[Connection, str], None]:
    def do(connection: Any, name: str) -> None:
        connection.connection.cursor().execute(f"{words} {name}").close()
    return do


def _postgres(url: str | URL, size: int, *, writes: bool) -> Engine:
    """Each question of a reader sees what is committed when it is asked, as it would within a transaction: so none is begun and none ended."""
    own: dict[str, Any] = {} if writes else {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}
    options = "-c timezone=utc" if writes else "-c timezone=utc -c default_transaction_read_only=on"
    built = create_engine(url, pool_size=size, max_overflow=0, pool_timeout=30, pool_pre_ping=True, json_serializer=json.dumps,
                          json_deserializer=json.loads, connect_args={"options": options, **KEPT_ALIVE}, **own)
    _listen_before_asking(built.dialect)
    return built


def _listen_before_asking(dialect: Any) -> None:
    """A connection is tried out before each use. A server that goes away closes the line, and one that is cut in between the system
    finds out: only of a line on which there is something to hear, the server is asked whether it is still there.
    """
    ask = dialect.do_ping
    dialect.do_ping = lambda raw: not _has_something_to_hear(raw.fileno()) or ask(raw)


def _has_something_to_hear(line: int) -> bool:
    ear = get_original("select", "poll")()
    ear.register(line, POLLIN)
    return bool(ear.poll(0))
