"""Pouring a database out into a file, and a file into an empty database: SQLite by its online backup, PostgreSQL by its own programs."""
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

SQLITE, POSTGRESQL = "sqlite", "postgresql"
MISSING = "{name} が見つかりません。PostgreSQL の道具（{name}）を、データベースと同じか新しい版で入れてください。"
FAILED = "{name} が失敗しました（{said}）。何も戻していないか、途中です。空の場所からやり直してください。"


def kind_of(url: str) -> str:
    return make_url(url).get_backend_name()


def pour_out(url: str, to: Path) -> dict[str, int]:
    """Returns how many rows each table has in the very state that was poured out."""
    return _out_of_sqlite(url, to) if kind_of(url) == SQLITE else _out_of_postgresql(url, to)


def pour_in(url: str, kept: Path) -> None:
    if kind_of(url) == SQLITE:
        target = Path(make_url(url).database or "")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(kept, target)
        return
    _run("pg_restore", url, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(kept))


def is_empty(url: str) -> bool:
    """Nothing at all is there: no file, no table."""
    if kind_of(url) == SQLITE:
        return not Path(make_url(url).database or "").exists()
    with opened(url) as connection:
        return not inspect(connection).get_table_names()


def rows_of(connection: Connection) -> dict[str, int]:
    preparer = connection.dialect.identifier_preparer
    return {name: connection.scalar(text(f"select count(*) from {preparer.quote(name)}")) or 0      # noqa: S608 (names from the database itself)
            for name in sorted(inspect(connection).get_table_names())}


def revision_of(connection: Connection) -> str:
    """Which migration the tables are at."""
    return connection.scalar(text("select version_num from alembic_version")) or ""


@contextmanager
def opened(url: str) -> Iterator[Connection]:
    """One connection of its own. Raises ClickException when the database cannot be reached."""
    engine = create_engine(url, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as trouble:
        said = str(getattr(trouble, "orig", trouble)).strip().partition("\n")[0]
        raise click.ClickException(f"データベースに届きません。DATABASE_URL と DATA を確かめてください。（{said}）") from trouble
    finally:
        engine.dispose()


def _out_of_sqlite(url: str, to: Path) -> dict[str, int]:
    """Whatever is written meanwhile is not in it; nobody who writes waits."""
    source = f"file:{make_url(url).database}?mode=ro"
    with closing(sqlite3.connect(source, uri=True)) as living, closing(sqlite3.connect(to)) as copy:
        living.backup(copy)
        copy.execute("pragma journal_mode=delete")
        if copy.execute("pragma integrity_check").fetchone() != ("ok",):
            raise click.ClickException("控えのデータベースが壊れています。ディスクを確かめて、もう一度とってください。")
    with opened(f"sqlite:///{to}") as connection:
        return rows_of(connection)


def _out_of_postgresql(url: str, to: Path) -> dict[str, int]:
    """Counted and poured out of one snapshot."""
    with opened(url) as connection:
        connection.execution_options(isolation_level="REPEATABLE READ")
        snapshot = connection.scalar(text("select pg_export_snapshot()"))
        rows = rows_of(connection)
        _run("pg_dump", url, "--format=custom", f"--snapshot={snapshot}", f"--file={to}")
    return rows


def _run(name: str, url: str, *arguments: str) -> None:
    program, place = shutil.which(name), make_url(url)
    if program is None:
        raise click.ClickException(MISSING.format(name=name))
    done = subprocess.run([program, f"--dbname={_for_libpq(place)}", *arguments], capture_output=True, text=True, check=False,
                          env={"PGPASSWORD": place.password or ""})
    if done.returncode:
        raise click.ClickException(FAILED.format(name=name, said=done.stderr.strip().partition("\n")[0][:300]))


def _for_libpq(place: URL) -> str:
    """Without the password, which would stand in the list of processes."""
    return place.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
