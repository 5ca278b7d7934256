"""Which engine: PostgreSQL's own where that is the database, otherwise Whoosh in a folder, kept and asked by the helper."""
from pathlib import Path

from flask import current_app

from groupware.kernel import db
from groupware.search import door
from groupware.search.engines.engine import Engine, Page, Question
from groupware.search.engines.postgres_engine import PostgresEngine
from groupware.search.engines.whoosh_engine import WhooshEngine


def on_postgres() -> bool:
    return str(current_app.config["HOUSE"].database_url).startswith("postgresql")


def folder() -> Path:
    return Path(current_app.config["DATA"]) / "search"


def own_engine() -> Engine:
    """For the helper."""
    return PostgresEngine() if on_postgres() else WhooshEngine(folder())


def ask(question: Question) -> Page:
    """For everybody. Raises Away or Trouble. No connection of the database is held meanwhile."""
    db.end_reading()
    return PostgresEngine().search(question) if on_postgres() else door.ask(folder(), question)
