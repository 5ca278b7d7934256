"""The web process: one gevent loop with HTTP and sockets. The patch comes before every other import. Nothing that loads is garbage: the
collector begins with the work.

``--when-told``: loads, and goes on when a byte comes in; without one it ends.
"""
from gevent import monkey

monkey.patch_all()

import gc  # noqa: E402

gc.disable()

import sys  # noqa: E402

from features import FEATURES  # noqa: E402
from groupware.app import create_app  # noqa: E402
from groupware.config import Config  # noqa: E402
from groupware.database import tell_for_ever  # noqa: E402
from groupware.live.web import run_web  # noqa: E402

if __name__ == "__main__":
    if "--when-told" in sys.argv and not sys.stdin.buffer.read(1):
        sys.exit()
    config = Config.from_env()
    run_web(create_app(FEATURES, config, writes="pen"), config, tell_for_ever)
