"""One Alembic history for the whole house, run from the program itself."""
import re
from pathlib import Path

import click
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

FOLDER = Path(__file__).parents[2] / "migrations"
NAMED = re.compile(r"""^(down_)?revision = ["'](\w+)["']""", re.MULTILINE)


def migrate(database_url: str, to: str = "head") -> None:
    """Raises ClickException, one sentence, when the database cannot be reached."""
    if to == "head" and {_stands_at(database_url)} == _heads():
        return              # as at almost every start
    try:
        _go("upgrade", database_url, to)
    except OperationalError as trouble:
        said = str(trouble.orig).strip().partition("\n")[0]
        raise click.ClickException(f"データベースに届きません。動いているか、DATABASE_URL と DATA を確かめてください。（{said}）") from trouble


def demigrate(database_url: str, to: str = "base") -> None:
    _go("downgrade", database_url, to)


def _stands_at(database_url: str) -> str | None:
    """None where there is no history yet, or nobody answers."""
    engine = create_engine(database_url)
    try:
        with engine.connect() as connection:
            return connection.scalar(text("select version_num from alembic_version"))
    except SQLAlchemyError:
        return None
    finally:
        engine.dispose()


def _heads() -> set[str]:
    """What no revision names as the one before: read off the files, which takes a hundredth of loading them."""
    named = [found for path in (FOLDER / "versions").glob("*.py") for found in NAMED.findall(path.read_text(encoding="utf-8"))]
    return {name for down, name in named if not down} - {name for down, name in named if down}


def _go(way: str, database_url: str, to: str) -> None:
    """Alembic is loaded when it is needed, which is seldom: it would take a tenth of every start."""
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    getattr(command, way)(config, to)
