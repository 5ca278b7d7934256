"""Before it is said that nothing was lost: would it have been seen? Each bug of sabotage.py must be found by the count it belongs to."""
from gevent import monkey

monkey.patch_all()

import os  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
from pathlib import Path  # noqa: E402

from tests.faults.__main__ import LEGS  # noqa: E402
from tests.faults.leg import Outcome, Task, run  # noqa: E402

# The bug, where it is planted, what happens there, and the count that must show it.
PLANTS = (
    ("no_key", "sqlite-1", ("cut_connections",), "duplicate"),
    ("early_answer", "sqlite-1", ("kill_web", "kill_everything"), "lost"),
    ("no_membership", "sqlite-1", ("kill_helper",), "leaked"),
    ("ignored_loss", "sqlite-2", ("kill_redis",), "gap"),
)
FAULTS, ACKED = 8, 1500


def main() -> int:
    """``PLANT`` chooses one."""
    chosen = [plant for plant in PLANTS if os.environ.get("PLANT", plant[0]) == plant[0]]
    caught = [_is_caught(*plant) for plant in chosen]
    print(f"planted {len(caught)} caught {sum(caught)}")
    return 0 if chosen and all(caught) else 1


def _is_caught(bug: str, leg: str, faults: tuple[str, ...], kind: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        found = run(Task(leg, *LEGS[leg], FAULTS, ACKED, f"planted/{bug}", faults, bug, hushed=1), Path(folder))
    print(f"{bug}: {found.verdict.count(kind)} {kind}{_first(found, kind)}", flush=True)
    return found.verdict.count(kind) > 0


def _first(found: Outcome, kind: str) -> str:
    return "".join(f", first: {complaint}" for complaint in found.verdict.complaints[kind][:1])


if __name__ == "__main__":
    sys.exit(main())
