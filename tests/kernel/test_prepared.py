"""Statements that go straight to SQLite: the same answer, the same values, the same errors as by the ordinary way."""
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import JSON

from groupware.kernel.db import UtcDateTime
from groupware.kernel.engines import engine
from groupware.kernel.prepared import Prepared
from tests.support.counting import statements

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


class Ours(DeclarativeBase):
    """A base of its own: no table of the house."""


class Row(Ours):
    __tablename__ = "ours"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    good: Mapped[bool] = mapped_column(default=True)
    body: Mapped[dict[str, str]] = mapped_column(JSON)


NEW = Prepared(insert(Row.__table__).returning(Row.id, Row.at), ("id", "at", "good", "body"))       # type: ignore[arg-type]
ADD = Prepared(insert(Row.__table__), ("id", "at", "good", "body"))                                 # type: ignore[arg-type]
TURN = Prepared(update(Row.__table__).where(Row.id == bindparam("row")).values(good=~Row.good))      # type: ignore[arg-type]
ALL = Prepared(select(Row.id, Row.at, Row.good, Row.body).where(Row.id > bindparam("above"), Row.id < 9).order_by(Row.id))

SOME = Prepared(select(Row.id).where(Row.id.in_(bindparam("ids", expanding=True))).order_by(Row.id))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    made = engine(f"sqlite:///{tmp_path / 'a.db'}", writes=True)
    with made.begin() as begun:
        Ours.metadata.create_all(begun)
        yield begun
    made.dispose()


def row(number: int, **values: object) -> dict[str, object]:
    return {"id": number, "at": NOON, "good": True, "body": {"言": "葉"}, **values}


def story(connection: Connection) -> list[object]:
    new = [tuple(each) for each in NEW.run(connection, row(1))]
    ADD.run_many(connection, [row(2, at=None), row(3, good=False)])
    return [*new, TURN.run(connection, {"row": 1}), *((each.id, each.at, each.good, each.body) for each in ALL.run(connection, {"above": 0}))]


def test_straight_to_the_driver_everything_is_as_by_the_ordinary_way(connection: Connection) -> None:
    straight = story(connection)
    assert straight == [(1, NOON), [], (1, NOON, False, {"言": "葉"}), (2, None, True, {"言": "葉"}), (3, NOON, False, {"言": "葉"})]
    connection.exec_driver_sql("delete from ours")
    with statements() as heard:
        assert story(connection) == straight
    assert len(heard) == 4, "who listens hears it"


def test_a_list_among_the_values_goes_the_ordinary_way(connection: Connection) -> None:
    ADD.run_many(connection, [row(1), row(2), row(3)])
    assert [each.id for each in SOME.run(connection, {"ids": [1, 3, 9]})] == [1, 3]


def test_what_the_database_refuses_is_refused_in_the_same_words(connection: Connection) -> None:
    ADD.run_many(connection, [row(1)])
    with pytest.raises(IntegrityError, match="UNIQUE"):
        NEW.run(connection, row(1))


def test_a_default_that_would_be_left_out_is_found_at_the_first_use(connection: Connection) -> None:
    with pytest.raises(TypeError, match="must be named"):
        Prepared(insert(Row.__table__), ("id", "at", "body")).run_many(connection, [row(1)])       # type: ignore[arg-type]
