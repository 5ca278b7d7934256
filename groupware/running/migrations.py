"""One Alembic history for the whole house, run from the program itself."""
from pathlib import Path

import click
from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy.exc import OperationalError

FOLDER = Path(__file__).parents[2] / "migrations"


def migrate(database_url: str, to: str = "head") -> None:
    """Raises ClickException, one sentence, when the database cannot be reached."""
    try:
        command.upgrade(_config(database_url), to)
    except OperationalError as trouble:
        said = str(trouble.orig).strip().partition("\n")[0]
        raise click.ClickException(f"データベースに届きません。動いているか、DATABASE_URL と DATA を確かめてください。（{said}）") from trouble


def demigrate(database_url: str, to: str = "base") -> None:
    command.downgrade(_config(database_url), to)


def _config(database_url: str) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    return config
