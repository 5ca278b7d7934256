"""``flask migrate | demo | worker``: the programs of the installation."""
from functools import partial

import click
from flask import Flask

from groupware.running.city import build_city
from groupware.running.migrations import migrate
from groupware.running.worker import work


def install_console(app: Flask) -> None:
    config = app.config["HOUSE"]
    _add(app, "migrate", partial(migrate, config.database_url), "データベースを最新の形にする")
    _add(app, "demo", build_city, "空のデータベースに実演用の市役所をつくる")
    _add(app, "worker", work, "補助プロセス（検索・通知・変換）")


def _add(app: Flask, name: str, act: object, text: str) -> None:
    app.cli.add_command(click.Command(name, callback=act, help=text))      # type: ignore[arg-type]
