"""A small city hall that has been built by its commands is not built again by them: the next test, in an empty house at the same time of day,
gets the rows that they left. On PostgreSQL, and in a house where something stands already, it is built as ever.
"""
from collections.abc import Callable
from copy import copy
from functools import cache, wraps
from typing import Any, TypeVar

from groupware import database
from groupware.kernel import clock, db
from groupware.kernel.db import Base
from groupware.kernel.memory import forget_all

Made = TypeVar("Made")
Rows = dict[str, list[tuple[Any, ...]]]         # by the statement that lays them


def prepared(build: Callable[[], Made]) -> Callable[[], Made]:
    """For a function without arguments that does nothing but commands, and answers with what nobody changes."""
    kept: dict[object, tuple[Rows, Made]] = {}

    @wraps(build)
    def bring() -> Made:
        if not _stands_empty():
            return build()
        moment = clock._fixed.get() or clock.today()
        if moment in kept:
            rows, made = kept[moment]
            _lay(rows)
        else:
            made = build()
            kept[moment] = rows_of_the_house(), made
        return copy(made)
    return bring


def rows_of_the_house() -> Rows:
    """Of every table that has some."""
    db.end_reading()
    with database._opened[0].connect() as connection:
        raw: Any = connection.connection.driver_connection
        found = {laying: raw.execute(asking).fetchall() for asking, laying in _statements(raw)}
    return {laying: rows for laying, rows in found.items() if rows}


def _stands_empty() -> bool:
    if database._opened[0].dialect.name != "sqlite" or db.is_writing():
        return False
    with database._opened[0].connect() as connection:
        raw: Any = connection.connection.driver_connection
        return not raw.execute(_anything()).fetchone()[0]


def _lay(rows: Rows) -> None:
    """All at once, in any order, whoever points at whom; what this process has asked of the empty house holds no more."""
    db.end_reading()
    with database._opened[0].connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("begin immediate")
        raw.execute("pragma defer_foreign_keys=on")
        for laying, each in rows.items():
            raw.executemany(laying, each)
        raw.execute("commit")
    forget_all()


@cache
def _anything() -> str:
    return "select " + " or ".join(f"exists (select 1 from {name})" for name in Base.metadata.tables)      # noqa: S608


_known: list[tuple[str, str]] = []


def _statements(raw: Any) -> list[tuple[str, str]]:
    """For each table what asks for its rows, and what lays them; no column that counts itself from others."""
    if not _known:
        names = [name for (name,) in raw.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_stat%'")]
        for name in names:
            columns = [f'"{column[1]}"' for column in raw.execute(f"pragma table_info({name})")]
            listed, marks = ", ".join(columns), ", ".join("?" * len(columns))
            _known.append((f"select {listed} from {name}", f"insert into {name} ({listed}) values ({marks})"))         # noqa: S608
    return _known
