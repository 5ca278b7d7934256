"""A skip is counted with the command that mends it; with CI set it is a failure. Seen on a planted test, in a pytest of its own."""
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.real
PLANTED = """
from tests.support import needs
from tools.get_test_tools import TOOLS, Tool

def test_that_lacks_something(monkeypatch):
    monkeypatch.setitem(TOOLS, "moon", Tool("moon", "moon-rock", lambda: None))
    needs.need("moon")
"""


def run_planted(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_planted.py").write_text(PLANTED)
    kept = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "tests.support.needs", "-p", "no:cacheprovider", "--rootdir", folder,
                           "-c", os.devnull, folder], cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True, check=False)


def test_a_skip_is_counted_and_names_the_command(tmp_path: Path) -> None:
    done = run_planted(tmp_path)
    assert done.returncode == 0
    assert "skipped: 1" in done.stdout
    assert "apt-get install --no-install-recommends moon-rock" in done.stdout


@pytest.mark.parametrize("value", ["1", "true"])
def test_with_ci_set_a_skip_is_a_failure(tmp_path: Path, value: str) -> None:
    done = run_planted(tmp_path, CI=value)
    assert done.returncode == 1
    assert "a skip is a failure" in done.stdout
