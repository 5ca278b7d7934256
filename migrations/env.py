"""Alembic's entry: the models of all rooms, one connection, batch mode for SQLite."""
from alembic import context
from sqlalchemy import create_engine, pool

import features  # noqa: F401 (importing the manifests imports every model)
import groupware.shell  # noqa: F401
from groupware.kernel.db import Base, UtcDateTime


def render(kind: str, thing: object, autogen: object) -> str | bool:
    """Revisions are plain SQLAlchemy: they must still run when our own types have changed."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, UtcDateTime) else False


def run() -> None:
    engine = create_engine(context.config.get_main_option("sqlalchemy.url"), poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True, render_item=render)
        with context.begin_transaction():
            context.run_migrations()


run()
