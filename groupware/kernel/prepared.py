"""Statements that are said at every message: compiled once, then straight to SQLite's driver.

SQLAlchemy finds a statement again, readies its values and dresses up its answer each time, at five times the price of doing it. On PostgreSQL,
which is another process, and as soon as somebody listens to what is said, they go the ordinary way, which does and answers the same.
"""
from collections import namedtuple
from collections.abc import Callable, Collection, Iterable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Engine
from sqlalchemy.exc import DBAPIError

Values = dict[str, Any]
Processor = Callable[[Any], Any]


class Prepared:
    """``names``: the columns of an INSERT, all that have a default among them."""

    def __init__(self, statement: Any, names: Collection[str] = ()) -> None:
        self.statement, self.names = statement, names
        self.way: Way | None = None

    def run(self, connection: Connection, values: Values) -> Sequence[Any]:
        """All rows of the answer."""
        if self._goes_the_ordinary_way(connection):
            said = connection.execute(self.statement, values)
            return said.all() if said.returns_rows else []
        return self._way(connection.dialect).run(connection.connection.driver_connection, values)

    def ask(self, engine: Engine, values: Values) -> Sequence[Any]:
        """All rows of the answer, on a connection of its own."""
        if self._goes_the_ordinary_way(engine):
            with engine.connect() as connection:
                return connection.execute(self.statement, values).all()
        taken = engine.raw_connection()
        try:
            return self._way(engine.dialect).run(taken.driver_connection, values)
        finally:
            taken.close()

    def run_many(self, connection: Connection, rows: Sequence[Values]) -> None:
        """For each of these, without an answer."""
        if self._goes_the_ordinary_way(connection):
            connection.execute(self.statement, rows)
        else:
            self._way(connection.dialect).run_many(connection.connection.driver_connection, rows)

    def _goes_the_ordinary_way(self, by: Connection | Engine) -> bool:
        """So does one with a list among its values: it has no words before it is said."""
        return by.dialect.name != "sqlite" or bool(by.engine.dispatch.before_cursor_execute) or self._way(by.dialect).has_lists

    def _way(self, dialect: Dialect) -> "Way":
        if self.way is None or self.way.dialect is not dialect:
            self.way = Way(self.statement, self.names, dialect)
        return self.way


class Way:
    """A statement in SQLite's words, with what its values and its answer go through."""

    def __init__(self, statement: Any, names: Collection[str], dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=list(names) or None)
        if compiled.insert_prefetch or compiled.update_prefetch:
            raise TypeError(f"columns with a default must be named: {compiled}")
        self.dialect, self.text, self.has_lists = dialect, str(compiled), bool(compiled.post_compile_params)
        self.fixed = {name: compiled.params[name] for name in compiled.positiontup}
        self.pick = _picks(compiled.positiontup)
        self.ready = _those_that_do(compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in compiled.positiontup)
        answer = statement.exported_columns
        self.row = _row_of([column.key for column in answer])._make
        self.dress = _those_that_do(column.type.dialect_impl(dialect).result_processor(dialect, None) for column in answer)

    def run(self, raw: Any, values: Values) -> list[Any]:
        rows = self._say(raw.execute, self._bound(values)).fetchall()
        return [self.row(_through(self.dress, list(row))) for row in rows]

    def run_many(self, raw: Any, rows: Sequence[Values]) -> None:
        self._say(raw.executemany, [self._bound(values) for values in rows])

    def _bound(self, values: Values) -> list[Any]:
        return _through(self.ready, list(self.pick(self.fixed | values)))

    def _say(self, say: Callable[..., Any], values: list[Any]) -> Any:
        error: Any = self.dialect.dbapi.Error       # type: ignore[union-attr]
        try:
            return say(self.text, values)
        except error as trouble:
            raise DBAPIError.instance(self.text, values, trouble, error, dialect=self.dialect) from trouble


def _row_of(names: list[str]) -> Any:
    return namedtuple("Row", names, rename=True)      # noqa: PYI024 (its fields are known only here)


def _picks(names: Sequence[str]) -> Callable[[Values], Sequence[Any]]:
    """The values of these names in their order."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: [values[name] for name in names]


def _those_that_do(processors: Iterable[Processor | None]) -> list[tuple[int, Processor]]:
    """Most values stay as they are."""
    return [(place, processor) for place, processor in enumerate(processors) if processor]


def _through(processors: list[tuple[int, Processor]], values: list[Any]) -> list[Any]:
    for place, processor in processors:
        values[place] = processor(values[place])
    return values
