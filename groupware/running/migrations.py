"""One Alembic history for the whole house, run from the program itself."""
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig

FOLDER = Path(__file__).parents[2] / "migrations"


def migrate(database_url: str, to: str = "head") -> None:
    command.upgrade(_config(database_url), to)


def demigrate(database_url: str, to: str = "base") -> None:
    command.downgrade(_config(database_url), to)


def _config(database_url: str) -> AlembicConfig:
    config = AlembicConfig()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("sqlalchemy.url", database_url.replace("%", "%%"))
    return config
