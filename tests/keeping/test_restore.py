"""The demo city is backed up while it runs, brought back into an empty place, and compared; nothing is sent again, nobody is let in."""
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.support.databases import Postgres
from tests.support.people import Visitor
from tests.support.servers import Served, try_flask

FUJIKURA = "002079"
COUNTED = ("chat_message", "boards_notice", "directory_user", "files_file", "audit_link", "notifications_notification")


def test_a_city_comes_back_whole_and_quiet(each_shared_city: dict[str, str], tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """Somebody works in it while it is copied."""
    living, kept = Served(Path(each_shared_city["DATA"]), {k: v for k, v in each_shared_city.items() if k != "DATA"}), tmp_path / "kept"
    living.start()
    try:
        with Visitor(living, FUJIKURA) as me:
            said = living.flask("backup", str(kept))
            assert me.get("/").status_code == 200
            cookies = me.http.cookies
    finally:
        living.end()
    assert "に控えました" in said
    manifest = json.loads((kept / "manifest.json").read_bytes())
    assert all(manifest["rows"][table] for table in COUNTED)

    place = _empty_place(each_shared_city, tmp_path, request)
    again = Served(tmp_path / "again", place)
    told = again.flask("restore", str(kept))
    assert "控えと同じ" in told
    assert _rows(again) == {table: manifest["rows"][table] for table in COUNTED}
    assert _ask(again, "select count(*) from kernel_job where state = 'waiting'") == 0
    assert _ask(again, "select count(*) from notifications_letter where state = 'waiting'") == 0
    assert _ask(again, "select count(*) from notifications_notification where mail_at is not null or rings_at is not null") == 0
    assert _ask(again, "select count(*) from auth_session where ended_at is null") == 0
    assert "違いはありません" in again.flask("audit", "verify")
    assert _files(tmp_path / "again") == {name.removeprefix("files/") for name in manifest["digests"] if name.startswith("files/")}
    again.start()
    try:
        with Visitor(again, FUJIKURA) as me:
            assert me.get("/").status_code == 200
            me.http.cookies.update(cookies)
            assert me.get("/me").status_code == 401
    finally:
        again.end()
    assert "空ではありません" in try_flask(again.environment, "restore", str(kept)).stderr


def test_a_backup_that_was_touched_is_refused_and_nothing_has_changed(demo_city: Path, tmp_path: Path) -> None:
    kept, again = tmp_path / "kept", Served(tmp_path / "again", {})
    Served(demo_city, {}).flask("backup", str(kept))
    with (kept / "database").open("r+b") as database:
        database.seek(20_000)
        database.write(b"\0" * 64)
    for folder in (kept, tmp_path / "nothing"):
        refused = try_flask(again.environment, "restore", str(folder))
        assert refused.returncode == 1
        assert "控えが壊れています" in refused.stderr or "控えではありません" in refused.stderr
    assert not (tmp_path / "again" / "tsunagaru.db").exists()


def _empty_place(city: dict[str, str], tmp_path: Path, request: pytest.FixtureRequest) -> dict[str, str]:
    (tmp_path / "again").mkdir()
    if "DATABASE_URL" not in city:
        return {}
    postgres: Postgres = request.getfixturevalue("postgres")
    return {"DATABASE_URL": postgres.create_database()}


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
