"""The house in one process: all tables, the application made, commands callable. On SQLite, or on both databases.

Application and tables are made once; each test gets an empty database, and settings and registers as they are at a start.
"""
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from features import FEATURES
from groupware import database, logs
from groupware.app import create_app, settings
from groupware.config import Config
from groupware.database import close_database, open_database
from groupware.kernel.db import Base
from groupware.kernel.engines import engine
from groupware.kernel.feature import furnish
from groupware.shell import SHELL
from tests.support.compiled import keep_compiled

pytest_plugins = [f"tests.support.{name}" for name in ("order", "witness", "needs", "databases", "servers", "browser")]

Built = tuple[Flask, dict[str, object]]
keep_compiled()


class InProcess:
    """``app`` to look at, ``client()`` to knock at the HTTP door as a browser of this house would."""

    def __init__(self, app: Flask, config: Config) -> None:
        self.app, self.config = app, config

    def client(self) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
        return client


@pytest.fixture
def house(tmp_path: Path) -> Iterator[InProcess]:
    yield from build_house(tmp_path)


@pytest.fixture
def altered_house(tmp_path: Path) -> Iterator[InProcess]:
    """For a test that changes the application itself."""
    yield from build_house(tmp_path, build=_build)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.real)])
def each_house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[InProcess]:
    """The test runs twice: on SQLite and on PostgreSQL."""
    yield from build_house(tmp_path, request.getfixturevalue("emptied_postgres") if request.param == "postgresql" else "")


@pytest.fixture(scope="session")
def house_on_postgres(postgres: Any) -> str:
    url: str = postgres.create_database()
    _lay_tables(url)
    return url


@pytest.fixture
def emptied_postgres(postgres: Any, house_on_postgres: str) -> str:
    """The URL of a database with all tables and no row: the same for one test after another."""
    postgres.empty(house_on_postgres)
    return house_on_postgres


def _build() -> Built:
    app = create_app(FEATURES, Config(data=Path(tempfile.mkdtemp(prefix="house-")), secret="demo-only-for-tests", testing=True))
    return app, dict(app.config)


_built_once = cache(_build)


def build_house(data: Path, database_url: str = "", build: Callable[[], Built] = _built_once) -> Iterator[InProcess]:
    """On an empty SQLite file in ``data``, or on the database at ``database_url``, which has its tables."""
    config = Config(data=data, database_url=database_url, secret="demo-only-for-tests", testing=True)
    if not database_url:
        shutil.copyfile(_empty_file(), data / "tsunagaru.db")
    app = _move_in(config, *build())
    with app.app_context():
        yield InProcess(app, config)
    close_database()


def _move_in(config: Config, app: Flask, plain: dict[str, object]) -> Flask:
    app.config.clear()
    app.config.update(plain, **settings(config))
    logs.install(config)
    furnish((*SHELL, *FEATURES))
    open_database(config, "alone")
    for role, opened in enumerate(database._opened):
        event.listen(opened, "connect", trust_the_machine)
        _remember_statements(opened, role)
    return app


_first_opened: dict[tuple[str, int], Engine] = {}


def _remember_statements(opened: Engine, role: int) -> None:
    """A statement is compiled for one dialect, once: every house of this process speaks that of the first one, and keeps its statements."""
    first = _first_opened.setdefault((opened.dialect.name, role), opened)
    if first is opened:
        opened.connect().close()        # a dialect knows its database from the first connection on
    opened.dialect, opened._compiled_cache = first.dialect, first._compiled_cache


def trust_the_machine(raw: Any, _: Any) -> None:
    """No test in this process cuts the power: what the kernel has is safe enough."""
    if isinstance(raw, sqlite3.Connection):
        raw.execute("pragma synchronous=off")


@cache
def _empty_file() -> Path:
    file = Path(tempfile.mkdtemp(prefix="house-")) / "empty.db"
    _lay_tables(f"sqlite:///{file}")
    return file


def _lay_tables(url: str) -> None:
    made = engine(url, writes=True)
    Base.metadata.create_all(made)
    made.dispose()
