"""The database as the house sees it: ``session`` to read and, inside a command, to write; ``write`` for the one write path."""
from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from contextvars import ContextVar
from datetime import UTC, date, datetime
from functools import cached_property
from threading import local
from typing import Any, Protocol, TypeVar

from sqlalchemy import (
    BigInteger,
    Connection,
    Date,
    DateTime,
    Dialect,
    Engine,
    Integer,
    MetaData,
    Select,
    TypeDecorator,
    event,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker
from sqlalchemy.types import JSON
from werkzeug.local import LocalProxy

from groupware.kernel.events import Fact
from groupware.kernel.memory import forget_all
from groupware.kernel.prepared import Prepared


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC moments on both engines; SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        utc = _utc(value)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any] | None:
        """Every row has a moment: for SQLite at a fifth of the price of the ordinary way."""
        return _plain_words if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone")
    return moment.astimezone(UTC)


def _plain_words(moment: datetime | None) -> str | None:
    """As SQLAlchemy writes it for SQLite, in UTC without saying so."""
    return None if moment is None else _utc(moment).replace(tzinfo=None).isoformat(" ", "microseconds")


Found = TypeVar("Found")
BigId = BigInteger().with_variant(Integer(), "sqlite")      # SQLite numbers rows only in a column called INTEGER


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s", "fk": "fk_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"})
    type_annotation_map = {datetime: UtcDateTime, date: Date, dict[str, Any]: JSON, list[Any]: JSON}


Kept = TypeVar("Kept", bound=type[Base])


def only_added_to(model: Kept) -> Kept:
    """For a class of rows, and those made of it: what was done is never changed and never taken away."""
    for change in ("before_update", "before_delete"):
        event.listen(model, change, _refuse, propagate=True)
    return model


def _refuse(*_: object) -> None:
    raise AssertionError("what was done is never changed")


def open_session(connection: Connection) -> Session:
    """The transaction it joins is not its own to end; undo it may."""
    return Session(connection, join_transaction_mode="rollback_only", expire_on_commit=False)


class Unit:
    """What one command is writing. Core for hot rows (``connection``); the ORM (``session``) costs nothing until it is asked for."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.facts: list[Fact] = []

    @cached_property
    def session(self) -> Session:
        return open_session(self.connection)

    def run(self, prepared: Prepared, values: dict[str, Any]) -> Sequence[Any]:
        """Sees what the session has written."""
        self.flush()
        return prepared.run(self.connection, values)

    def flush(self) -> None:
        if "session" in vars(self):
            self.session.flush()

    def perform(self, work: Callable[[], Any]) -> Any:
        token = current.set(self)
        try:
            result = work()
            if "session" in vars(self):
                self.session.commit()       # flushes; the transaction is not the session's to end
            return result
        finally:
            current.reset(token)

    def close(self) -> None:
        if "session" in vars(self):
            self.session.close()


class Writer(Protocol):
    def run(self, work: Callable[[], Any]) -> Any:
        """Perform ``work`` in a transaction; return its result once the disc has it."""


current: ContextVar[Unit | None] = ContextVar("unit", default=None)
reading = scoped_session(sessionmaker())    # one per greenlet once gevent has patched threading; its engine cannot write
_found = local()            # what a reading has found already; one per greenlet, too
session: Session = LocalProxy(lambda: found.session if (found := current.get()) else reading())    # type: ignore[assignment]
_asker: Engine | None = None
_writer: Writer | None = None


def use(reader: Engine, asker: Engine, writer: Writer) -> None:
    """Said once at the start: where to read, where to ask single questions, and who writes."""
    global _asker, _writer
    forget_reading()
    reading.configure(bind=reader, autoflush=False)
    _asker, _writer = asker, writer
    forget_all()


def ask(question: Prepared, values: dict[str, Any]) -> Sequence[Any]:
    """One question by itself, at a tenth of the price of the session: for those asked at every request and every message.

    Inside a command it sees what the command has written; elsewhere it is no part of what the session is reading.
    """
    found = current.get()
    if found:
        return found.run(question, values)
    if _asker is None:
        raise RuntimeError("no database in use")
    try:
        return question.ask(_asker, values)
    except DBAPIError as trouble:
        if not trouble.connection_invalidated:
            raise
    return question.ask(_asker, values)     # lost while nobody used it: by now every other such connection is thrown away


def marker() -> Callable[[], object]:
    """Answers, when called, with something that is another after every commit of anybody; with None where only looking helps."""
    if _asker is None:
        raise RuntimeError("no database in use")
    if _asker.dialect.name != "sqlite":
        return lambda: None
    held: Any = _asker.raw_connection()
    return lambda: held.driver_connection.execute("pragma data_version").fetchone()[0]


def is_writing() -> bool:
    """Inside a command or a signal."""
    return current.get() is not None


def once(key: Hashable, find: Callable[[], Found]) -> Found:
    """What this reading has found already. Inside a command, which may change it, it is found every time."""
    if current.get():
        return find()
    found: dict[Hashable, Any] = _found.__dict__      # type: ignore[assignment]
    if key not in found:
        found[key] = find()
    kept: Found = found[key]
    return kept


def unit() -> Unit:
    """The unit of the running command; only commands and signals write."""
    found = current.get()
    if found is None:
        raise RuntimeError("writing outside a command")
    return found


def write(work: Callable[[], Any]) -> Any:
    """The one write path. A request's own reading ends first, so that it sees afterwards what it has written."""
    if current.get():
        return work()
    end_reading()
    if _writer is None:
        raise RuntimeError("no database in use")
    return _writer.run(work)


def hold(rows: Select[Any], values: dict[str, Any]) -> None:
    """Inside a command: what is judged of these rows from now on stays true until it is done. With SQLite's one writer it does anyway.

    ``rows`` says itself how it locks: ``with_for_update(key_share=True)``.
    """
    found = current.get()
    if found and found.connection.dialect.name != "sqlite":
        found.connection.execute(rows, values)


def read_as_one() -> None:
    """PostgreSQL: from here to the end of the reading in one transaction, for settings and for answers that are fetched piece by piece."""
    end_reading()
    reading().connection(execution_options={"isolation_level": "READ COMMITTED"})


def end_reading() -> None:
    """Give the snapshot and the connection back; what was loaded is loaded again when asked for."""
    _found.__dict__.clear()
    if reading.registry.has():
        try:
            reading().rollback()
        except SQLAlchemyError:         # the connection is gone, and what was read with it
            forget_reading()


def forget_reading() -> None:
    """At the end of a request, a socket event or a job."""
    _found.__dict__.clear()
    with suppress(Exception):
        reading.remove()
