"""The house in one process: all tables, the application made, commands callable. On SQLite, or on both databases."""
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from features import FEATURES
from groupware.app import create_app
from groupware.config import Config
from groupware.database import close_database
from groupware.kernel.db import Base
from groupware.kernel.engines import engine

pytest_plugins = ["tests.support.order", "tests.support.needs", "tests.support.databases", "tests.support.servers", "tests.support.browser"]


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
def each_house(database_url: str, tmp_path: Path) -> Iterator[InProcess]:
    """The test runs twice: on SQLite and on PostgreSQL."""
    yield from build_house(tmp_path, database_url)


def build_house(data: Path, database_url: str = "") -> Iterator[InProcess]:
    """On the SQLite file in ``data``, unless told otherwise."""
    config = Config(data=data, database_url=database_url, secret="demo-only-for-tests", testing=True)
    made = engine(config.database_url, writes=True)
    Base.metadata.create_all(made)
    made.dispose()
    app = create_app(FEATURES, config)
    with app.app_context():
        yield InProcess(app, config)
    close_database()
