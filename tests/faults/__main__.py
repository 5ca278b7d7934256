"""``make faults``. FAULTS and ACKED in all, shared by the legs; SEED repeats a run's plan; LEGS and KINDS choose, SABOTAGE spoils."""
from gevent import monkey

monkey.patch_all()

import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
from datetime import UTC, datetime  # noqa: E402
from pathlib import Path  # noqa: E402
from random import SystemRandom  # noqa: E402

from groupware.kernel import json  # noqa: E402
from tests.faults.checker import KINDS  # noqa: E402
from tests.faults.leg import Outcome, Task, run  # noqa: E402
from tests.support.processes import ROOT  # noqa: E402

LEGS = {"sqlite-1": (False, 1), "sqlite-2": (False, 2), "postgresql-1": (True, 1), "postgresql-2": (True, 2)}
SHOWN = 12          # complaints of one kind; all of them can be asked of the checker


def main() -> int:
    settings = os.environ
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended from outside"))        # what was started is still put away
    seed = settings.get("SEED") or str(SystemRandom().randrange(10**6))
    names = settings.get("LEGS", "").split() or list(LEGS)
    folder = Path(settings.get("HISTORY") or ROOT / "history" / "faults") / f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{seed}"
    print(f"SEED={seed}  {folder}", flush=True)
    outcomes = []
    for number, name in enumerate(names):
        faults, acked = (_share(int(settings.get(what) or most), number, len(names)) for what, most in (("FAULTS", 100), ("ACKED", 50_000)))
        task = Task(name, *LEGS[name], faults, acked, f"{seed}/{name}", tuple(settings.get("KINDS", "").split()), settings.get("SABOTAGE", ""))
        outcomes.append(run(task, folder / name))
        _tell(outcomes[-1])
        _keep(folder.parent / "runs.jsonl", outcomes[-1])
    return _sum_up(outcomes)


def _share(whole: int, number: int, parts: int) -> int:
    return whole * (number + 1) // parts - whole * number // parts


def _tell(outcome: Outcome) -> None:
    facts = outcome.as_dict()
    print(json.dumps(facts), flush=True)
    for kind in KINDS:
        for complaint in outcome.verdict.complaints[kind][:SHOWN]:
            print(f"  {kind}: {complaint}")
    for complaint in outcome.verdict.trouble[:SHOWN]:
        print(f"  {complaint}")


def _keep(path: Path, outcome: Outcome) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds"), **outcome.as_dict()}) + "\n")


def _sum_up(outcomes: list[Outcome]) -> int:
    faults, acked = sum(len(outcome.faults) for outcome in outcomes), sum(outcome.verdict.acked for outcome in outcomes)
    counts = "  ".join(f"{kind} {sum(outcome.verdict.count(kind) for outcome in outcomes)}" for kind in KINDS).replace("  ", " ")
    print(f"faults {faults} acked {acked} {counts}")
    return 0 if all(outcome.clean for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
