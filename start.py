"""``make run``: prepares the database, then runs the web process and the helper. Half of a start is loading: the web process begins at once
and waits to be told, and nothing that loads is garbage.
"""
import gc
import subprocess
import sys
from pathlib import Path

web = subprocess.Popen([sys.executable, Path(__file__).with_name("serve.py"), "--when-told"], stdin=subprocess.PIPE, start_new_session=True)
gc.disable()

import click  # noqa: E402

from features import FEATURES  # noqa: E402
from groupware.app import create_app  # noqa: E402
from groupware.config import Config  # noqa: E402
from groupware.running.parent import start  # noqa: E402


@click.command(help="準備をして、ウェブと補助プロセスを動かす")
def main() -> None:
    gc.enable()
    config = Config.from_env()
    with create_app(FEATURES, config).app_context():
        start(config, web)


if __name__ == "__main__":
    main()
