"""The demo city is backed up while it runs, brought back into an empty place, and compared; nothing is sent again, nobody is let in."""
import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.support.people import Visitor
from tests.support.servers import Served, copy_of, try_flask

FUJIKURA = "002079"
ONCE = pytest.mark.parametrize("each_shared_city", ["sqlite"], indirect=True)       # the database makes no difference
COUNTED = ("chat_message", "boards_notice", "directory_user", "files_file", "audit_link", "notifications_notification")


@dataclass(frozen=True)
class Kept:
    """The copy in ``folder``, and what somebody had who was signed in while it was made."""

    folder: Path
    manifest: dict[str, Any]
    cookies: Any


@pytest.fixture(scope="module")
def kept(each_shared_city: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Somebody works in the city while it is copied."""
    living, folder = Served(Path(each_shared_city["DATA"]), _where(each_shared_city)), tmp_path_factory.mktemp("kept") / "copy"
    living.start()
    try:
        with Visitor(living, FUJIKURA) as me:
            assert "に控えました" in living.flask("backup", str(folder))
            assert me.get("/").status_code == 200
            return Kept(folder, json.loads((folder / "manifest.json").read_bytes()), me.http.cookies)
    finally:
        living.end()


@pytest.fixture(scope="module")
def again(kept: Kept, each_shared_city: dict[str, str], tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Served:
    """Brought back into an empty place."""
    place = {"DATABASE_URL": request.getfixturevalue("postgres").create_database()} if _where(each_shared_city) else {}
    served = Served(tmp_path_factory.mktemp("again"), place)
    assert "控えと同じ" in served.flask("restore", str(kept.folder))
    return served


def test_a_city_comes_back_whole_and_quiet(kept: Kept, again: Served) -> None:
    assert all(kept.manifest["rows"][table] for table in COUNTED)
    assert _rows(again) == {table: kept.manifest["rows"][table] for table in COUNTED}
    assert _ask(again, "select count(*) from kernel_job where state = 'waiting'") == 0
    assert _ask(again, "select count(*) from notifications_letter where state = 'waiting'") == 0
    assert _ask(again, "select count(*) from notifications_notification where mail_at is not null or rings_at is not null") == 0
    assert _ask(again, "select count(*) from auth_session where ended_at is null") == 0
    assert _files(again.data) == {name.removeprefix("files/") for name in kept.manifest["digests"] if name.startswith("files/")}


@ONCE
def test_it_is_lived_in_again_by_whoever_signs_in_anew_and_is_no_empty_place(kept: Kept, again: Served) -> None:
    assert "違いはありません" in again.flask("audit", "verify")
    again.start()
    try:
        with Visitor(again, FUJIKURA) as me:
            assert me.get("/").status_code == 200
            me.http.cookies.update(kept.cookies)
            assert me.get("/me").status_code == 401
    finally:
        again.end()
    assert "空ではありません" in try_flask(again.environment, "restore", str(kept.folder)).stderr


@ONCE
def test_a_backup_that_was_touched_is_refused_and_nothing_has_changed(kept: Kept, tmp_path: Path) -> None:
    touched, nowhere = copy_of(kept.folder, tmp_path / "touched"), Served(tmp_path / "nowhere", {})
    with (touched / "database").open("r+b") as database:
        database.seek(20_000)
        database.write(b"\0" * 64)
    for folder in (touched, tmp_path / "nothing"):
        refused = try_flask(nowhere.environment, "restore", str(folder))
        assert refused.returncode == 1
        assert "控えが壊れています" in refused.stderr or "控えではありません" in refused.stderr
    assert not (nowhere.data / "tsunagaru.db").exists()


def _where(city: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in city.items() if name != "DATA"}


def _rows(served: Served) -> dict[str, Any]:
    return {table: _ask(served, f"select count(*) from {table}") for table in COUNTED}      # noqa: S608


def _ask(served: Served, question: str) -> Any:
    url = served.environment.get("DATABASE_URL", "")
    if url:
        with psycopg.connect(url.replace("+psycopg", "")) as connection:
            row = connection.execute(question).fetchone()
            return row and row[0]
    with closing(sqlite3.connect(served.data / "tsunagaru.db")) as connection:
        return connection.execute(question).fetchone()[0]


def _files(data: Path) -> set[str]:
    return {path.relative_to(data / "files").as_posix() for path in (data / "files").rglob("*") if path.is_file()}
