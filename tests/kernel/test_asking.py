"""A single question, beside what is being read."""
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest
from sqlalchemy import literal, select, text
from sqlalchemy.exc import DBAPIError

from groupware.kernel import db
from groupware.kernel.prepared import Prepared
from tests.conftest import InProcess
from tests.support.waiting import until

OTHERS = "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
READERS = 10        # as many as PostgreSQL gives connections to read with


@pytest.mark.usefixtures("each_house")
def test_as_many_as_may_read_at_once_can_each_ask_a_single_question_meanwhile() -> None:
    all_read = Barrier(READERS)

    def read_and_ask(number: int) -> int:
        try:
            db.session.execute(select(literal(number)))
            all_read.wait(20)
            return int(db.ask(Prepared(select(literal(number))), {})[0][0])
        finally:
            db.forget_reading()
    with ThreadPoolExecutor(READERS) as pool:
        assert list(pool.map(read_and_ask, range(READERS))) == list(range(READERS))


def test_a_question_and_a_reading_survive_that_every_connection_was_lost_meanwhile(each_house: InProcess) -> None:
    def ask() -> int:
        return int(db.ask(Prepared(select(literal(7))), {})[0][0])

    def read() -> int | None:
        db.end_reading()
        return db.session.scalar(select(literal(8)))
    assert (ask(), read()) == (7, 8)
    db.end_reading()
    url = each_house.config.database_url
    if url.startswith("postgresql"):
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as other:
            other.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
            until(lambda: other.execute(OTHERS).fetchone() == (0,), 20, "the others are gone")
    assert (read(), ask()) == (8, 7)


def test_a_reader_of_postgresql_is_refused_to_write_without_being_in_a_transaction(each_house: InProcess) -> None:
    with pytest.raises(DBAPIError):
        db.session.execute(text("create table planted (id int)"))
    db.forget_reading()
    if each_house.config.database_url.startswith("postgresql"):
        assert db.session.scalar(text("select now() = statement_timestamp()")) is True
        db.read_as_one()
        assert db.session.scalar(text("show transaction_isolation")) == "read committed"
        assert db.session.scalar(text("select now() < statement_timestamp()")) is True
