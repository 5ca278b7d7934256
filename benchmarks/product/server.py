"""The web process as it is, and a watch on its loop: ``python -m benchmarks.product.server FOLDER PORT pen|alone``.

SIGUSR1 writes ``stall.json``: the longest stretch of work (CPU time of the loop's thread, in ms) since the last time. The first one
begins the watch, which would cost the other figures something.
"""
from gevent import monkey

monkey.patch_all()

import signal  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

import gevent  # noqa: E402

from benchmarks.product.city import SECRET  # noqa: E402
from features import FEATURES  # noqa: E402
from groupware.app import create_app  # noqa: E402
from groupware.config import Config  # noqa: E402
from groupware.database import tell_for_ever  # noqa: E402
from groupware.kernel import json  # noqa: E402
from groupware.live.web import run_web  # noqa: E402


class Watch:
    def __init__(self, folder: Path) -> None:
        self.folder, self.longest, self.running = folder, 0.0, False

    def run(self) -> None:
        while True:
            before = time.thread_time()
            gevent.sleep(0.001)
            self.longest = max(self.longest, time.thread_time() - before)

    def tell(self) -> None:
        if not self.running:
            self.running = True
            gevent.spawn(self.run)
        (self.folder / "stall.json").write_text(json.dumps(round(self.longest * 1000, 2)))
        self.longest = 0.0


if __name__ == "__main__":
    data, port, writes = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    config = Config(data=data, port=port, secret=SECRET, demo=False, log_level="WARNING")
    watch = Watch(data)
    gevent.signal_handler(signal.SIGUSR1, watch.tell)
    run_web(create_app(FEATURES, config, writes="pen" if writes == "pen" else "alone"), config, tell_for_ever)
