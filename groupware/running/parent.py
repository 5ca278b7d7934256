"""``make run``: prepares the database, then watches two children, the web process and the helper."""
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import click
from sqlalchemy.engine import make_url

from groupware.auth.demo import demo_people
from groupware.config import Config
from groupware.directory.queries import is_empty
from groupware.kernel import db
from groupware.running.city import build_city
from groupware.running.migrations import migrate

FOLDER = Path(__file__).parents[2]
PATIENCE = 20           # seconds a child has to begin or to end


class Stopped(Exception):
    """Somebody pressed Ctrl+C, or the system asks us to go."""


def start(config: Config, web: subprocess.Popen[bytes]) -> None:
    """``web`` has loaded, and waits for a byte."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    children = [web]
    try:
        _prepare(config)
        _tell(web)
        _wait_until_alive(config, web)
        if config.helper:       # not before: somebody waits for the page, nobody for the helper
            children.append(_helper(config))
        _greet(config)
        _watch(config, children)
    except Stopped:
        click.echo("\n終了しています…")
    finally:
        _end(children)


def _prepare(config: Config) -> None:
    if config.demo and _missing_sqlite(config):
        _build_beside(config)
    else:
        migrate(config.database_url)
        if config.demo and is_empty():
            build_city()
    db.forget_reading()


def _missing_sqlite(config: Config) -> bool:
    url = make_url(config.database_url)
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").exists()


def _build_beside(config: Config) -> None:
    """A city half built must never be found: it is built under another name and moved when it is whole."""
    click.echo("実演用の市役所をつくっています（1分ほど）…")
    final = Path(make_url(config.database_url).database or "")
    building = final.with_suffix(".building")
    _remove(building)
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{building}", "DEMO_BUILDING": "1"}
    for act in ("migrate", "demo"):
        subprocess.run([sys.executable, "-m", "flask", act], cwd=FOLDER, env=environment, check=True)
    _bring_home(building)
    building.rename(final)


def _bring_home(building: Path) -> None:
    """What still lies in SQLite's log beside it would be lost with the name."""
    with closing(sqlite3.connect(building)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")


def _remove(building: Path) -> None:
    for path in building.parent.glob(building.name + "*"):
        path.unlink()


def _tell(web: subprocess.Popen[bytes]) -> None:
    if web.stdin:
        web.stdin.write(b"!")
        web.stdin.close()


def _helper(config: Config) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "flask", "worker"], cwd=FOLDER, env={**os.environ, "DATA": str(config.data)},
                            start_new_session=True)


def _wait_until_alive(config: Config, web: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and web.poll() is None:
        try:
            with socket.create_connection((_loopback(config), config.port), timeout=2):
                return
        except OSError:
            time.sleep(0.05)
    raise click.ClickException(f"ウェブが始まりませんでした。ポート {config.port} が使われていないか確かめてください（PORT=8001 make run）。")


def _loopback(config: Config) -> str:
    return "127.0.0.1" if config.host in {"0.0.0.0", "localhost"} else config.host  # noqa: S104 (only compared)


def _greet(config: Config) -> None:
    click.echo(f"\n  つながる  {config.address}\n")
    if config.demo:
        click.echo("  実演用の市役所です（架空のデータ）。サインイン画面で次の人を選べます:")
        for person in demo_people():
            click.echo(f"    {person.name}  {person.label}  — {person.reason}")
    else:
        click.echo("  はじめての方は、この画面から市と管理者を登録してください。")
    click.echo("\n  終わるときは Ctrl+C\n")
    db.forget_reading()


def _watch(config: Config, children: list[subprocess.Popen[bytes]]) -> None:
    """The helper is started again when it falls; without the web process there is nothing to watch."""
    while children[0].poll() is None:
        if config.helper and children[1].poll() is not None:
            children[1] = _helper(config)
        time.sleep(0.5)
    raise click.ClickException("ウェブが終了しました。上の記録を確かめてください。")


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()


def _stop(*_: object) -> None:
    raise Stopped
