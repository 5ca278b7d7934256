"""``flask backup`` and ``flask restore``."""
from functools import partial
from pathlib import Path

import click
from flask import Flask

from groupware.config import Config
from groupware.keeping.backing_up import back_up
from groupware.keeping.restoring import restore

FOLDER = click.Path(file_okay=False, path_type=Path)


def install_console(app: Flask) -> None:
    config = app.config["HOUSE"]
    _add(app, "backup", partial(_back_up, config), "動いたままで控えをとる（データベース、ファイル、監査の根）")
    _add(app, "restore", partial(_restore, config), "控えから、空の場所へ戻す。戻したものを確かめ、何も送り直さない")


def _back_up(config: Config, folder: Path) -> None:
    manifest = back_up(config, folder)
    files = sum(1 for name in manifest.digests if name.startswith("files/"))
    click.echo(f"{folder} に控えました。表 {len(manifest.rows)}、行 {sum(manifest.rows.values()):,}、ファイル {files:,}。")


def _restore(config: Config, folder: Path) -> None:
    done = restore(config, folder)
    click.echo(f"戻しました。行 {done.rows:,} とファイル {done.files:,} は控えと同じで、監査の記録に違いはありません。")
    click.echo(f"待っていた仕事 {done.held}件は止めてあります。「管理」の「仕事」で、もう一度するか、やめるかを選んでください。")
    click.echo("サインインはすべて終わっています。検索の索引は、補助プロセスが始まるとつくり直されます。")


def _add(app: Flask, name: str, act: object, text: str) -> None:
    app.cli.add_command(click.Command(name, callback=act, params=[click.Argument(["folder"], type=FOLDER)], help=text))      # type: ignore[arg-type]
