"""What goes wrong at the pen: each command bears its own fault, a lost batch is owned up to, and the pen lives on."""
import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import gevent
import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.exc import IntegrityError, InvalidRequestError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from groupware.kernel import db
from groupware.kernel.engines import engine
from groupware.kernel.events import Fact
from groupware.kernel.writers import BatchLost, Order, Pen

TABLES = ("create table ours (id integer primary key, body text not null default '')",
          "create table below (id integer primary key, ours_id integer references ours (id) deferrable initially deferred)")
here: ContextVar[str] = ContextVar("here", default="nowhere")


class Ours(DeclarativeBase):
    """A base of its own: no table of the house."""


class Row(Ours):
    __tablename__ = "ours"
    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]


class Desk:
    """A pen, what it told, and how often it committed."""

    def __init__(self, made: Engine) -> None:
        self.made, self.batches, self.told = made, 0, list[list[int]]()
        self.pen = Pen(made, self._count, lambda _: self.told.append(self.rows()))

    def rows(self) -> list[int]:
        """As another process sees them."""
        with closing(sqlite3.connect(str(self.made.url.database))) as other:
            return [number for (number,) in other.execute("select id from ours order by id")]

    def together(self, *works: Callable[[], Any]) -> list[Any]:
        """All are in the queue before the pen takes the first. What each one got, an error too."""
        orders = [Order(work) for work in works]
        for order in orders:
            self.pen.queue.put(order)
        gevent.get_hub().loop.update_now()      # a minute counts from when the loop last looked at the clock: long ago, after long tests
        gevent.wait([order.answer for order in orders], timeout=60)
        return [order.answer.exception or order.answer.value for order in orders]

    def _count(self, _: object, __: list[Fact]) -> None:
        self.batches += 1


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr("groupware.kernel.writers.BATCH", 5)        # however busy this machine is
    made = engine(f"sqlite:///{tmp_path / 'pen.db'}", writes=True, waits=0)
    with made.begin() as connection:
        for table in TABLES:
            connection.execute(text(table))
    yield Desk(made)
    made.dispose()


def write(number: int) -> Callable[[], int]:
    def work() -> int:
        db.unit().connection.execute(text("insert into ours (id) values (:number)"), {"number": number})
        return number
    return work


def write_and_fail(number: int) -> None:
    write(number)()
    raise ValueError


def forget_the_body() -> None:
    db.unit().session.add(Row(id=8))
    db.unit().session.flush()


def forget_the_body_and_go_on() -> None:
    with suppress(IntegrityError):
        forget_the_body()
    write(9)()


def lose_the_transaction() -> None:
    """As SQLite does by itself when the disc fails."""
    db.unit().connection.connection.driver_connection.execute("rollback")       # type: ignore[union-attr]
    raise OSError


def point_at_nothing() -> None:
    db.unit().connection.execute(text("insert into below (ours_id) values (99)"))


def test_sqlite_keeps_its_word_to_the_disc(tmp_path: Path) -> None:
    with engine(f"sqlite:///{tmp_path / 'a.db'}", writes=True).connect() as connection:
        said = [connection.exec_driver_sql(f"pragma {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")]
    assert said == ["wal", 2, 1]


def test_a_command_that_fails_undoes_itself_and_harms_none_of_its_batch(desk: Desk) -> None:
    first, refused, collides, forgets, last = desk.together(write(1), lambda: write_and_fail(2), write(1), forget_the_body, write(3))
    assert (first, last, desk.rows(), desk.batches) == (1, 3, [1, 3], 1)
    assert isinstance(refused, ValueError)
    assert isinstance(collides, IntegrityError)
    assert isinstance(forgets, IntegrityError)


def test_who_goes_on_after_a_refused_flush_has_done_nothing(desk: Desk) -> None:
    first, half, last = desk.together(write(1), forget_the_body_and_go_on, write(3))
    assert (first, last, desk.rows()) == (1, 3, [1, 3])
    assert isinstance(half, InvalidRequestError)


def test_a_lone_command_waits_for_no_company(desk: Desk) -> None:
    assert [desk.pen.run(write(number)) for number in (1, 2)] == [1, 2]
    assert desk.batches == 2


def test_others_are_heard_in_the_midst_of_a_long_batch(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("groupware.kernel.turns.LONGEST", 0)
    heard = list[int]()
    timer = gevent.get_hub().loop.timer(0, 0.0001)
    timer.start(heard.append, 0)
    counts = desk.together(*[lambda: len(heard)] * 9)
    timer.stop()
    assert (counts[0] < counts[-1], desk.batches) == (True, 1)


def test_nothing_is_told_before_others_can_see_it(desk: Desk) -> None:
    desk.together(write(1), write(2))
    assert desk.told == [[1, 2]]


def test_a_commit_that_fails_is_told_to_all_and_the_pen_lives_on(desk: Desk) -> None:
    assert all(isinstance(answer, IntegrityError) for answer in desk.together(write(1), point_at_nothing))
    assert (desk.rows(), desk.told) == ([], [])
    assert desk.pen.run(write(2)) == 2
    assert desk.rows() == [2]


def test_who_loses_the_transaction_takes_the_batch_along_and_all_are_told(desk: Desk) -> None:
    before, loser, behind = desk.together(write(1), lose_the_transaction, write(3))
    assert isinstance(before, BatchLost)
    assert isinstance(loser, BatchLost)
    assert (behind, desk.rows(), desk.told) == (3, [3], [[3]])      # it was still in the queue


def test_a_commit_without_a_transaction_is_an_error(desk: Desk) -> None:
    with desk.made.connect() as connection:
        begun = connection.begin()
        connection.connection.driver_connection.execute("rollback")     # type: ignore[union-attr]
        with pytest.raises(OperationalError, match="no transaction"):
            begun.commit()
        connection.invalidate()


def test_a_full_disc_is_told_and_what_was_written_stays(desk: Desk) -> None:
    desk.pen.run(write(1))
    desk.made.dispose()
    event.listen(desk.made, "connect", lambda raw, _: raw.execute("pragma max_page_count = 12"))

    def write_much() -> None:
        db.unit().connection.execute(text("insert into ours (body) values (zeroblob(1000000))"))
    with pytest.raises((OperationalError, BatchLost)):
        desk.pen.run(write_much)
    assert desk.pen.run(write(2)) == 2
    assert desk.rows() == [1, 2]


def test_what_somebody_asked_for_who_is_gone_is_done_and_told(desk: Desk) -> None:
    asks = gevent.spawn(desk.pen.run, write(1))
    gevent.idle()
    asks.kill()
    assert desk.pen.run(write(2)) == 2
    assert desk.told[-1] == [1, 2]


def test_a_command_runs_in_the_surroundings_of_who_gave_it_and_leaves_none_behind(desk: Desk) -> None:
    def told(place: str) -> str:
        here.set(place)
        return str(desk.pen.run(here.get))
    asked = [gevent.spawn(told, place) for place in ("window", "desk")]
    gevent.joinall(asked)
    assert [each.value for each in asked] == ["window", "desk"]
    assert (here.get(), db.current.get()) == ("nowhere", None)


def test_the_loop_goes_on_while_another_process_holds_the_lock(desk: Desk) -> None:
    beats, other = list[bool](), engine(str(desk.made.url), writes=True)
    timer = gevent.get_hub().loop.timer(0.002, 0.002)
    with other.begin():
        timer.start(lambda: beats.append(True))
        asks = gevent.spawn(desk.pen.run, write(1))
        asks.join(0.25)
        assert not asks.ready()
    timer.stop()
    asks.join(5)
    assert asks.value == 1
    assert len(beats) > 10, "whoever waits for the lock holds up nobody"
    other.dispose()


def test_who_holds_the_pen_for_long_is_named_in_the_log(desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("groupware.kernel.writers.TOO_LONG", 0)
    with caplog.at_level(logging.WARNING):
        desk.pen.run(write(1))
    assert "write.<locals>.work held the pen" in caplog.text
