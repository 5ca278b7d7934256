"""One history of tables, up and down, on both databases."""
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, inspect

import features  # noqa: F401 (importing the manifests imports every model)
from groupware.kernel.db import Base
from groupware.running.migrations import FOLDER, _heads, demigrate, migrate
from tests.conftest import trust_the_machine

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")      # alembic names what it cannot compare on SQLite


@pytest.fixture(autouse=True)
def _the_machine_is_trusted() -> Iterator[None]:
    """Each of a thousand tables and columns would wait for the disc by itself."""
    event.listen(Engine, "connect", trust_the_machine)
    yield
    event.remove(Engine, "connect", trust_the_machine)


def test_the_migrations_build_exactly_the_models(database_url: str) -> None:
    migrate(database_url)
    engine = create_engine(database_url)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    engine.dispose()
    assert found == []


def test_the_migrations_go_down_to_nothing_and_up_again(database_url: str) -> None:
    migrate(database_url)
    demigrate(database_url)
    assert tables(database_url) == {"alembic_version"}
    migrate(database_url)
    assert set(Base.metadata.tables) <= tables(database_url)


def test_the_newest_revision_is_read_off_the_files_as_alembic_would() -> None:
    assert _heads() == set(ScriptDirectory(str(FOLDER)).get_heads())


def tables(database_url: str) -> set[str]:
    engine = create_engine(database_url)
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    return found
