"""What is committed says nothing of the machine it was written on, and nothing of where packages come from."""
import re
import subprocess
from pathlib import Path

import pytest

from tests.support.needs import need

ROOT = Path(__file__).parents[2]
# Each pattern is written so that it does not find itself.
LEAKS = re.compile(r"[p]ypi\.org|[p]ythonhosted|[r]egistry\.npmjs|[d]eb\.debian\.org|(?<![\w.])/[w]ork/|(?<![\w.])/[r]oot/|[b]ash_jobs")
SLEEPS = re.compile(r"\b[s]leep\(|[w]ait_for_timeout\(")
LAWFUL = {"waiting.py", "test_programs.py"}      # where time may pass; and the text of a program that sleeps
MOCKS = re.compile(r"unittest\.[m]ock|\b[M]agicMock\b")


def tracked() -> list[Path]:
    need("git")
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True,
                            check=False)
    if listed.returncode:
        pytest.skip("this is no clone: git has no list of what is committed")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def complaints(pattern: re.Pattern[str], paths: list[Path]) -> list[str]:
    found = []
    for path in paths:
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path.name}:{number}: {line.strip()[:120]}")
    return found


def test_nothing_names_a_machine_or_a_registry() -> None:
    assert not complaints(LEAKS, tracked())


def test_no_test_sleeps_or_pretends() -> None:
    """A test, a fixture or what they lean on. Programs that a test starts (a child that hangs, a server) are no tests."""
    ours = [path for path in tracked() if path.is_relative_to(ROOT / "tests") and path.suffix == ".py"]
    waiting = [path for path in ours if path.name.startswith(("test_", "conftest")) or path.parent.name == "support"]
    assert not complaints(SLEEPS, [path for path in waiting if path.name not in LAWFUL])
    assert not complaints(MOCKS, ours)


@pytest.mark.parametrize("disguised", ["--index-url https://pypi!org/simple", '"resolved": "https://registry!npmjs!org/x"', "cd !work!/main"])
def test_a_leak_is_seen(tmp_path: Path, disguised: str) -> None:
    line = disguised.replace("!work!", "/work").replace("!", ".")
    (tmp_path / "notes.txt").write_text(f"fine\n{line}\n")
    assert complaints(LEAKS, [tmp_path / "notes.txt"]) == [f"notes.txt:2: {line}"]


def test_a_sleep_is_seen(tmp_path: Path) -> None:
    (tmp_path / "test_x.py").write_text("time.sl!eep(1)".replace("!", ""))
    assert complaints(SLEEPS, [tmp_path / "test_x.py"])
