"""Counts what is asked of the database."""
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement of every engine in this process, in the order of asking; where a transaction begins or ends is none."""
    asked: list[str] = []

    def note(_: Any, __: Any, statement: str, *___: Any) -> None:
        asked.append(statement)
    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@contextmanager
def commits() -> Iterator[list[Any]]:
    """Every transaction that is written, of every engine in this process."""
    written: list[Any] = []
    note = written.append
    event.listen(Engine, "commit", note)
    try:
        yield written
    finally:
        event.remove(Engine, "commit", note)


@contextmanager
def steps() -> Iterator[list[int]]:
    """How far SQLite walks, in tens of the steps of its own machine: one number for each statement. An index that is not used shows here."""
    walked: list[int] = []

    def watch(connection: Any, _: Any, __: Any, *___: Any) -> None:
        walked.append(0)
        connection.connection.driver_connection.set_progress_handler(on, 10)

    def on() -> None:
        walked[-1] += 1
    event.listen(Engine, "before_cursor_execute", watch)
    try:
        yield walked
    finally:
        event.remove(Engine, "before_cursor_execute", watch)
