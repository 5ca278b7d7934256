"""Who may write. ``Pen`` is for a web process on SQLite, which has one writer by nature; ``Alone`` is for everything else."""
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextvars import copy_context
from functools import cached_property
from time import perf_counter
from typing import Any

import gevent
from gevent.event import AsyncResult
from gevent.queue import SimpleQueue
from sqlalchemy import Connection, Engine, Transaction
from sqlalchemy.engine import NestedTransaction
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from groupware.kernel.db import Unit, open_session
from groupware.kernel.events import Fact
from groupware.kernel.turns import LONGEST, give_way

log = logging.getLogger(__name__)
BATCH = 0.04            # seconds in which a batch may grow while the first of it waits for the commit
TOO_LONG = 4 * LONGEST  # for one command: whoever takes longer has something to do elsewhere (a file, Markdown, a network)
PATIENCE = 5.0          # seconds for other processes to finish writing
AGAIN = 0.001           # between two looks whether they have
Hook = Callable[[Connection, list[Fact]], None]
Teller = Callable[[list[Fact]], None]


class BatchLost(Exception):
    """The database gave up the whole transaction (disc full, I/O error)."""


class Alone:
    """Each command its own transaction on its own pooled connection."""

    def __init__(self, engine: Engine, before_commit: Hook, after_commit: Teller) -> None:
        self.engine, self.before_commit, self.after_commit = engine, before_commit, after_commit

    def run(self, work: Callable[[], Any]) -> Any:
        with self.engine.begin() as connection:
            unit = Unit(connection)
            try:
                result = unit.perform(work)
                self.before_commit(connection, unit.facts)
            finally:
                unit.close()
        self.after_commit(unit.facts)
        return result


class Pen:
    """One greenlet writes for everybody: what is queued, each in a savepoint, one commit off the loop, then the answers.

    While the disc is busy the queue grows; that is the next batch. Nothing waits for company: a lone command is committed at once.
    In the midst of a long batch everybody else is heard.
    """

    def __init__(self, engine: Engine, before_commit: Hook, after_commit: Teller) -> None:
        self.engine, self.before_commit, self.after_commit = engine, before_commit, after_commit
        self.queue: SimpleQueue = SimpleQueue()
        gevent.spawn(self._write_for_ever)

    def run(self, work: Callable[[], Any]) -> Any:
        order = Order(work)
        self.queue.put(order)
        return order.answer.get()

    def _write_for_ever(self) -> None:
        while True:
            self.queue.peek()
            batch: list[Order] = []
            try:
                facts = self._write(batch)
            except Exception as error:      # disc full, lock held, I/O: told to each, and the pen lives on
                log.exception("a batch of %d was lost", len(batch))
                for order in batch or list(self._queued()):     # the latter if it could not even begin
                    order.answer.set_exception(error)
            else:
                for order in batch:
                    order.reply()
                self.after_commit(facts)

    def _write(self, batch: list["Order"]) -> list[Fact]:
        with self.engine.connect() as connection:
            try:
                return self._write_to(connection, batch)
            except BaseException:
                connection.invalidate()     # after a failed commit nobody knows what it still holds: take a fresh one
                raise

    def _write_to(self, connection: Connection, batch: list["Order"]) -> list[Fact]:
        facts: list[Fact] = []
        transaction = begin(connection)
        for order in self._queued():
            batch.append(order)
            facts += order.perform(connection)
        self.before_commit(connection, facts)
        off_loop(transaction.commit)                        # the fsync
        return facts

    def _queued(self) -> Iterator["Order"]:
        until = perf_counter() + BATCH
        while self.queue.qsize() and perf_counter() < until:
            yield self.queue.get()
            if self.queue.qsize():
                give_way()


class Order:
    """A command on its way to the pen, with the surroundings (Flask's contexts, the trace, the clock) it was called in."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.work, self.context, self.answer = work, copy_context(), AsyncResult()
        self.result: Any = None
        self.error: Exception | None = None

    def perform(self, connection: Connection) -> list[Fact]:
        began = perf_counter()
        part = Part(connection)
        try:
            self.result = self.context.run(part.perform, self.work)
            part.keep()
            return part.facts
        except BaseException as error:
            part.undo()
            if not isinstance(error, Exception):
                raise
            self.error = error              # its own and nobody else's: the savepoint is undone, the caller is told
            return []
        finally:
            part.close()
            self._complain(perf_counter() - began)

    def _complain(self, seconds: float) -> None:
        if seconds > TOO_LONG:
            log.warning("%s held the pen for %d ms", getattr(self.work, "__qualname__", self.work), seconds * 1000)

    def reply(self) -> None:
        if self.error:
            self.answer.set_exception(self.error)
        else:
            self.answer.set(self.result)


class Part(Unit):
    """One command of a batch, in a savepoint said straight to SQLite's driver: SQLAlchemy's own is a fifth of the price of a message, so it
    is asked for one only when it has to undo something itself.
    """

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.within: NestedTransaction | None = None
        driver: Any = connection.connection.driver_connection
        self.driver = driver
        self.driver.execute("SAVEPOINT part")

    @cached_property
    def session(self) -> Session:
        self.within = self.connection.begin_nested()        # what a flush that fails undoes
        return open_session(self.connection)

    def keep(self) -> None:
        if self.within:
            self.within.commit()            # refuses if a flush has failed and the command went on all the same
        self.driver.execute("RELEASE part")

    def undo(self) -> None:
        """If it cannot even be undone, the transaction is gone, and with it the batch."""
        try:
            if self.within and self.within.is_active:
                self.within.rollback()
        finally:
            if not self.driver.in_transaction:
                raise BatchLost
        self.driver.execute("ROLLBACK TO part")
        self.driver.execute("RELEASE part")


def begin(connection: Connection) -> Transaction:
    """Asks again every millisecond while another process writes.

    SQLite's own waiting sleeps ever longer: a busy helper would be first again and again while people wait.
    """
    until = perf_counter() + PATIENCE
    while True:
        try:
            return connection.begin()       # at once or not at all: the pen's connection does not wait for a lock
        except OperationalError as trouble:
            if not is_busy(trouble) or perf_counter() > until:
                raise
        gevent.sleep(AGAIN)


def is_busy(trouble: OperationalError) -> bool:
    return getattr(trouble.orig, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


def off_loop(function: Callable[..., Any], *args: Any) -> Any:
    """Blocking work in the hub's threadpool; everybody else goes on meanwhile. An error is raised here: the pool would print it as well."""
    result, error = gevent.get_hub().threadpool.apply(_tried, (function, args))
    if error:
        raise error
    return result


def _tried(function: Callable[..., Any], args: tuple[Any, ...]) -> tuple[Any, Exception | None]:
    try:
        return function(*args), None
    except Exception as error:      # noqa: BLE001 (raised by who waits for it)
        return None, error
