"""The house in one process: a fresh SQLite file with all tables, the application made, commands callable."""
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from features import FEATURES
from groupware.app import create_app
from groupware.config import Config
from groupware.kernel import db
from groupware.kernel.db import Base
from groupware.kernel.engines import engine

pytest_plugins = ["tests.support.needs", "tests.support.servers", "tests.support.browser"]


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
    config = Config(data=tmp_path, demo=True, secret="demo-only-for-tests", testing=True)
    made = engine(config.database_url, writes=True)
    Base.metadata.create_all(made)
    made.dispose()
    app = create_app(FEATURES, config)
    with app.app_context():
        yield InProcess(app, config)
    db.forget_reading()
