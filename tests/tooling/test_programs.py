"""The programs beside the tests are real, fresh for each test, and gone afterwards."""
import signal
import subprocess
import sys
from pathlib import Path
from socket import socket

import psycopg
import pytest
from gevent import monkey
from sqlalchemy import NullPool, create_engine, text

from tests.support import loaded
from tests.support.databases import Postgres, RedisServer
from tests.support.loaded import Loaded
from tests.support.processes import ROOT, Program, free_port
from tests.support.servers import plain_environment
from tests.support.waiting import until

IGNORES_TERM = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"


def test_postgres_is_real_and_new_enough(postgres: Postgres) -> None:
    with postgres.connect() as connection:
        row = connection.execute("show server_version_num").fetchone()
    assert row and int(row[0]) >= 150000


def test_every_database_is_fresh_and_speaks_through_sqlalchemy(postgres: Postgres) -> None:
    first, second = (create_engine(postgres.create_database(), poolclass=NullPool) for _ in range(2))
    with first.begin() as connection:
        connection.execute(text("create table mark (id int)"))
    with second.connect() as connection:
        assert connection.scalar(text("select count(*) from pg_tables where tablename = 'mark'")) == 0


def test_both_databases_answer_by_the_same_fixture(database_url: str) -> None:
    with create_engine(database_url, poolclass=NullPool).connect() as connection:
        assert connection.scalar(text("select 1")) == 1


def test_redis_is_real_and_empty_and_forgets_when_it_is_killed(redis_server: RedisServer) -> None:
    with redis_server.client() as connection:
        assert connection.dbsize() == 0
        connection.set("left", "behind")
    redis_server.kill()
    assert not redis_server.answers()
    redis_server.start()
    with redis_server.client() as connection:
        assert connection.dbsize() == 0


def test_a_program_that_does_not_end_is_killed_and_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.support.processes.PATIENCE", 0.3)
    deaf = Program([sys.executable, "-c", IGNORES_TERM], tmp_path / "log", folder=tmp_path)
    until(lambda: "deaf" in deaf.said())
    with pytest.raises(AssertionError, match="did not end"):
        deaf.end()
    assert not deaf.runs


def test_what_is_loaded_ahead_does_and_says_what_it_does_by_itself(tmp_path: Path) -> None:
    environment, words = plain_environment(tmp_path), ["no-such-act"]
    by_itself = subprocess.run([sys.executable, "-m", "flask", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    ahead = loaded.run(["-m", "flask", *words], environment, 60)
    assert (ahead.returncode, ahead.stdout, ahead.stderr) == (by_itself.returncode, by_itself.stdout, by_itself.stderr)


def test_what_is_loaded_ahead_is_a_process_like_any_other(tmp_path: Path) -> None:
    web = Loaded(["-m", "http.server", "0", "--bind", "127.0.0.1"], tmp_path / "log", plain_environment(tmp_path))
    until(lambda: "Serving" in web.said())
    assert web.runs
    web.process.send_signal(signal.SIGKILL)
    assert web.process.wait(20) == -signal.SIGKILL
    assert not web.runs


def test_a_port_is_given_once_and_whoever_names_it_may_listen_there(tmp_path: Path) -> None:
    port = free_port()
    with socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))
    web = Loaded(["-m", "http.server", str(port), "--bind", "127.0.0.1"], tmp_path / "log", plain_environment(tmp_path))
    until(lambda: "Serving" in web.said())
    web.end(signal.SIGKILL)


def test_a_database_that_is_gone_is_not_taken_for_an_answer(postgres: Postgres) -> None:
    with pytest.raises(psycopg.OperationalError):
        postgres.connect("house_that_never_was")


def test_a_condition_that_never_comes_true_is_named() -> None:
    with pytest.raises(AssertionError, match="the tide turns"):
        until(lambda: False, 0.05, "the tide turns")


def test_this_process_is_not_patched() -> None:
    assert not monkey.is_module_patched("socket")
    assert not monkey.is_module_patched("threading")
