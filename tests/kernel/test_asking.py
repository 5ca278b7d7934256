"""A single question, beside what is being read."""
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest
from sqlalchemy import literal, select

from groupware.kernel import db
from tests.conftest import InProcess

READERS = 10        # as many as PostgreSQL gives connections to read with


@pytest.mark.usefixtures("each_house")
def test_as_many_as_may_read_at_once_can_each_ask_a_single_question_meanwhile() -> None:
    all_read = Barrier(READERS)

    def read_and_ask(number: int) -> int:
        try:
            db.session.execute(select(literal(number)))
            all_read.wait(20)
            return int(db.ask(select(literal(number)), {})[0][0])
        finally:
            db.forget_reading()
    with ThreadPoolExecutor(READERS) as pool:
        assert list(pool.map(read_and_ask, range(READERS))) == list(range(READERS))


def test_a_question_is_asked_once_more_where_the_connection_was_lost_meanwhile(each_house: InProcess) -> None:
    def ask() -> int:
        return int(db.ask(select(literal(7)), {})[0][0])
    assert ask() == 7
    url = each_house.config.database_url
    if url.startswith("postgresql"):
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as other:
            other.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")
    assert ask() == 7
