"""`make faults` in small; in full it is a command of its own."""
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import ROOT


@pytest.mark.parametrize("leg", ["sqlite-1", pytest.param("postgresql-2", marks=pytest.mark.long)])
def test_while_everything_is_struck_nothing_acknowledged_is_lost_doubled_or_shown_to_the_removed(leg: str, tmp_path: Path) -> None:
    done = _run("tests.faults", FAULTS="2", ACKED="200", LEGS=leg, SEED="1", KINDS="cut_connections kill_everything", HISTORY=str(tmp_path))
    begins, _, counts = done.stdout.splitlines()[-1].partition(" lost ")
    assert (done.returncode, begins[:14], counts) == (0, "faults 2 acked", "0 duplicate 0 gap 0 leaked 0"), done.stdout + done.stderr


@pytest.mark.long
@pytest.mark.parametrize("bug", ["no_key", "early_answer", "no_membership", "ignored_loss"])
def test_a_planted_bug_is_found_by_the_count_it_belongs_to(bug: str) -> None:
    done = _run("tests.faults.planted", PLANT=bug)
    assert done.stdout.splitlines()[-1] == "planted 1 caught 1", done.stdout + done.stderr


def _run(module: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", module], cwd=ROOT, env={**os.environ, **settings}, capture_output=True, text=True, check=False)
