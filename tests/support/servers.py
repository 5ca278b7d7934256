"""The server under test: always a process of its own, started as the installation starts it, on a free port and a folder of its own.

`serve` starts one; `city` is one on a fresh copy of the demo city, `city_of_file` one for the tests of a file, `shared_city` one for all
tests that do not mind one another's traces. A start costs seconds: take the last that will do.
"""
import fcntl
import os
import shutil
import sqlite3
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Protocol

import pytest

from tests.support import loaded, witness
from tests.support.databases import Postgres, name_of, pour_rows
from tests.support.loaded import Loaded
from tests.support.processes import Program, free_port, kept_environment
from tests.support.waiting import until

STARTS_WITHIN = 60
BUILDS_WITHIN = 600


class Served:
    """A running web process (``web``) and, when asked for, its ``helper``. ``data`` is its folder, ``url`` where it answers."""

    def __init__(self, data: Path, environment: dict[str, str], port: int | None = None) -> None:
        self.data, self.port = data, port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {**plain_environment(data), **environment, "PORT": str(self.port)}
        self.web: Program | None = None
        self.helper: Program | None = None

    def start(self) -> None:
        """Returns when it answers. After ``end`` or ``kill`` it may be started again on the same folder and port."""
        self.web = self._program("web", "serve.py")
        until(self._answers, STARTS_WITHIN, f"{self.url}/healthz answers")

    def start_helper(self) -> None:
        self.helper = self._program("helper", "-m", "flask", "worker")

    def flask(self, *arguments: str) -> str:
        """``flask ...`` beside the running server; what it printed."""
        return run_flask(self.environment, *arguments)

    def end(self) -> None:
        with ExitStack() as last:           # each is ended, whatever another one does
            for program in filter(None, (self.web, self.helper)):
                last.callback(program.end)

    def kill(self) -> None:
        """As a power cut would."""
        for program in filter(None, (self.helper, self.web)):
            program.kill()

    def said(self) -> str:
        return "\n".join(f"--- {program.log.name}\n{program.said()}" for program in (self.web, self.helper) if program)

    def _program(self, name: str, *arguments: str) -> Program:
        return Loaded(arguments, self.data / f"{name}-{self.port}.log", self.environment)

    def _answers(self) -> bool:
        if self.web and not self.web.runs:
            raise AssertionError(f"the server did not start:\n{self.web.said()}")
        with suppress(OSError), urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
        return False


class Serve(Protocol):
    def __call__(self, data: Path | None = None, *, helper: bool = False, **environment: str) -> Served: ...


@pytest.fixture
def serve(empty_house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """``serve(DATABASE_URL=..., DEMO="0")``: a migrated, empty house (or that in ``data``), running. All are ended after the test."""
    running: list[Served] = []

    def start(data: Path | None = None, *, helper: bool = False, **environment: str) -> Served:
        served = Served(data or copy_of(empty_house, tmp_path_factory.mktemp("served") / "house"), environment)
        running.append(served)
        if "DATABASE_URL" in environment:
            served.flask("migrate")
        served.start()
        if helper:
            served.start_helper()
        return served
    yield start
    _end(running)


@pytest.fixture(scope="session")
def empty_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a migrated database without a row in it, never served: copy it."""
    return _built(shared_by_all(tmp_path_factory) / "empty-house", lambda environment: run_flask(environment, "migrate"))


@pytest.fixture(scope="session")
def demo_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo city in it, everything in it to be found, built once and never served: copy it."""
    folder = _built(shared_by_all(tmp_path_factory) / "demo-city", _build_city)
    witness.add(witness.kept_in(folder))
    return folder


def _built(folder: Path, build: Callable[[dict[str, str]], object]) -> Path:
    with alone_with(folder):
        if not (folder / "built").exists():
            build({**plain_environment(folder), "DEMO": "1"})
            (folder / "built").touch()
    return folder


def _build_city(environment: dict[str, str]) -> None:
    run_flask(environment, "migrate")
    run_flask(environment, "demo", program="tests.support.witness")
    served = Served(Path(environment["DATA"]), {})
    served.start_helper()
    until(lambda: _is_indexed(served), BUILDS_WITHIN, "the index of the demo city is built")
    served.end()


def _is_indexed(served: Served) -> bool:
    with closing(sqlite3.connect(served.data / "tsunagaru.db")) as connection:
        return bool(connection.execute("select 1 from search_note where name = 'checked'").fetchall())


@pytest.fixture(scope="session")
def demo_database(postgres: Postgres, demo_city: Path) -> str:
    """The name of a PostgreSQL database with the demo city in it: a template for others. Its rows are those of ``demo_city``, for building
    it once more would take a minute."""
    url = postgres.create_database()
    run_flask({**plain_environment(demo_city), "DATABASE_URL": url}, "migrate")
    pour_rows(f"sqlite:///{demo_city / 'tsunagaru.db'}", url)
    return name_of(url)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.real)])
def each_shared_city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The demo city, once on SQLite and once on PostgreSQL, for all tests of a file: what is to be set to serve it, by as many processes
    as one likes."""
    folder = tmp_path_factory.mktemp("each") / "city"
    if request.param == "sqlite":
        return {"DATA": str(copy_of(request.getfixturevalue("demo_city"), folder))}
    template, postgres = request.getfixturevalue("demo_database"), request.getfixturevalue("postgres")
    folder.mkdir()
    return {"DATA": str(folder), "DATABASE_URL": postgres.create_database(template)}


@pytest.fixture
def city(serve: Serve, demo_city: Path, tmp_path: Path) -> Served:
    """The demo city, running, for this test alone; its helper is started by who has something for it to do."""
    return serve(copy_of(demo_city, tmp_path / "city"))


@pytest.fixture(scope="module")
def city_of_file(demo_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo city, running with its helper, for the tests of one file."""
    with running(copy_of(demo_city, tmp_path_factory.mktemp("file") / "city"), helper=True) as served:
        yield served


@pytest.fixture(scope="session")
def shared_city(demo_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo city, running with its helper, for every test that leaves the others in peace."""
    with running(copy_of(demo_city, tmp_path_factory.mktemp("shared") / "city"), helper=True) as served:
        yield served


@contextmanager
def running(data: Path, environment: dict[str, str] | None = None, *, helper: bool = False) -> Iterator[Served]:
    """The house in that folder, for as long as the block lasts."""
    served = Served(data, environment or {})
    served.start()
    if helper:
        served.start_helper()
    try:
        yield served
    finally:
        _end([served])


def shared_by_all(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all the processes in which the tests run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def alone_with(folder: Path) -> Iterator[None]:
    """Of several processes one at a time."""
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copy_of(folder: Path, to: Path) -> Path:
    return Path(shutil.copytree(folder, to))


def plain_environment(data: Path) -> dict[str, str]:
    return {**kept_environment(), "PYTHONUNBUFFERED": "1", "DATA": str(data), "DEMO": "1", "SECRET": "demo-only-for-tests", "LOG_LEVEL": "WARNING",
            "DISC": "trusted"}


def try_flask(environment: dict[str, str], *arguments: str, program: str = "flask") -> subprocess.CompletedProcess[str]:
    return loaded.run(["-m", program, *arguments], environment, BUILDS_WITHIN)


def run_flask(environment: dict[str, str], *arguments: str, program: str = "flask") -> str:
    done = try_flask(environment, *arguments, program=program)
    if done.returncode:
        raise AssertionError(f"flask {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    return done.stdout


def _print_log(served: Served) -> None:
    print(served.said())


def _end(running: list[Served]) -> None:
    """What each one said is printed: pytest shows it below a failed test."""
    with ExitStack() as last:
        for served in running:
            last.callback(_print_log, served)
            last.callback(served.end)
