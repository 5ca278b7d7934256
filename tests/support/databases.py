"""A PostgreSQL cluster and a Redis of the tests' own: real ones, started by hand in a temporary folder, gone afterwards."""
import secrets
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
import redis
from sqlalchemy import func, select

from groupware.kernel.db import Base
from groupware.kernel.engines import engine
from tests.support.needs import need
from tests.support.processes import Program, free_port, unprivileged
from tests.support.waiting import until

# The tests kill processes, never the machine: what the kernel has is safe enough, and fsync would only cost time.
SETTINGS = ("-c", "fsync=off", "-c", "listen_addresses=", "-c", "max_connections=100", "-c", "log_min_messages=fatal")

USED_TABLES = """select quote_ident(relname) from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and pg_relation_size(oid) > 0"""
USED_NUMBERS = "select quote_literal(sequencename) from pg_sequences where schemaname = 'public' and last_value is not null"


class Postgres:
    """Spoken to by a socket in its folder, so that no port can be taken by somebody else."""

    def __init__(self, folder: Path, program: Program, programs: Path) -> None:
        self.folder, self.program, self.programs = folder, program, programs

    def create_database(self, template: str = "template1") -> str:
        """A fresh, empty one, or one like another; its SQLAlchemy URL."""
        name = f"house_{secrets.token_hex(4)}"
        with self.connect() as connection:
            connection.execute(f"create database {name} template {template}")
        return f"postgresql+psycopg://house@/{name}?host={self.folder}"

    def empty(self, url: str) -> None:
        """Takes every row out of every table that ever had one, a hundred times quicker than a new database; numbers begin again."""
        with self.connect(name_of(url)) as connection:
            tables, numbers = connection.execute(USED_TABLES).fetchall(), connection.execute(USED_NUMBERS).fetchall()
            acts = [*(f"delete from {name}" for (name,) in tables), *(f"select setval({name}, 1, false)" for (name,) in numbers)]     # noqa: S608
            connection.execute("set session_replication_role = replica; set lock_timeout = '10s'; " + "; ".join([*acts, ""]))

    def connect(self, name: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user="house", dbname=name, autocommit=True)

    def answers(self) -> bool:
        if not self.program.runs:
            raise AssertionError(f"PostgreSQL did not start:\n{self.program.said()}")
        with suppress(psycopg.OperationalError), self.connect():
            return True
        return False


def pour_rows(source: str, to: str) -> None:
    """All rows of all tables, from one database of the house into another one, migrated and empty; numbers go on behind the last."""
    reader, writer = engine(source, writes=False), engine(to, writes=True)
    with reader.connect() as full, writer.begin() as empty:
        empty.exec_driver_sql("set session_replication_role = replica")     # in any order, whoever points at whom
        for table in Base.metadata.sorted_tables:
            rows = [dict(row) for row in full.execute(table.select()).mappings()]
            if rows:
                empty.execute(table.delete())               # what a migration has laid there
                empty.execute(table.insert(), rows)
        for column in (column for table in Base.metadata.sorted_tables for column in [table.autoincrement_column] if column is not None):
            last = select(func.max(column)).scalar_subquery()
            empty.execute(select(func.setval(func.pg_get_serial_sequence(column.table.name, column.name), func.coalesce(last, 1))))
    reader.dispose()
    writer.dispose()


def name_of(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as cluster:
        yield cluster


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A cluster of its own, for the tests and for measuring."""
    programs, user = Path(need("postgresql")), unprivileged("postgres")
    with _shared_folder("pg-", user) as folder:
        subprocess.run([programs / "initdb", "-D", folder / "cluster", "-U", "house", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"],
                       check=True, capture_output=True, user=user, cwd=folder)
        program = Program([programs / "postgres", "-D", folder / "cluster", "-k", folder, *SETTINGS], folder / "log", folder=folder, user=user)
        cluster = Postgres(folder, program, programs)
        until(cluster.answers, 30, "PostgreSQL answers")
        yield cluster
        program.end(signal.SIGINT)          # its fast way to shut down


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.real)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The test runs twice: on a fresh SQLite file and on a fresh PostgreSQL database."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres").create_database())
    return f"sqlite:///{tmp_path / 'house.db'}"


class RedisServer:
    """Keeps nothing on disc. May be killed and started again, on the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.program: Program | None = None

    def start(self) -> None:
        self.program = Program([need("redis"), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
                               self.folder / "redis.log", folder=self.folder)
        until(self.answers, 10, "Redis answers")

    def kill(self) -> None:
        if self.program:
            self.program.kill()

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url)

    def answers(self) -> bool:
        with suppress(redis.ConnectionError), closing(self.client()) as connection:
            return bool(connection.ping())
        return False


@pytest.fixture
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """Of this test's own, running."""
    yield from _running_redis(tmp_path_factory.mktemp("redis"))


@pytest.fixture(scope="module")
def shared_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """For all tests of a file; whoever kills it starts it again."""
    yield from _running_redis(tmp_path_factory.mktemp("redis"))


def _running_redis(folder: Path) -> Iterator[RedisServer]:
    server = RedisServer(folder)
    server.start()
    yield server
    server.kill()


@contextmanager
def _shared_folder(prefix: str, user: str | None) -> Iterator[Path]:
    """Reachable for the program's user too, which pytest's own temporary folders are not."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o755)
    if user:
        shutil.chown(folder, user)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
