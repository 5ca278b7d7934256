"""`make` and the steps before the program: what is pinned, what is laid out, and what is said when something is missing."""
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.libraries import LAID_OUT, VENDOR
from tools.saying import Missing, attempt
from tools.stamps import digest, is_fresh, press

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([a-z0-9-]+)==\S+ \\$", re.MULTILINE)


def run(*arguments: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(arguments, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "requirements-node"])
def test_everything_wanted_is_pinned_with_its_digests(name: str) -> None:
    wanted = re.findall(r"^([a-z][a-z0-9-]*)", (ROOT / f"{name}.in").read_text(), re.MULTILINE)
    text = (ROOT / f"{name}.txt").read_text()
    pinned = PIN.findall(text)
    assert set(wanted) <= set(pinned)
    assert all("--hash=sha256:" in part for part in PIN.split(text)[2::2])


def test_tests_run_with_what_the_city_hall_runs() -> None:
    run_time, tests = (dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / f"{name}.txt").read_text(), re.MULTILINE))
                       for name in ("requirements", "requirements-dev"))
    shared = run_time.keys() & tests.keys()
    assert shared
    assert {name: run_time[name] for name in shared} == {name: tests[name] for name in shared}


def test_the_second_time_nothing_is_fetched() -> None:
    """Neither npm nor a network tool is on this PATH, and any call of pip would be seen."""
    done = run(sys.executable, "-m", "tools.setup", "--dev", PATH="", PIP_INDEX_URL="http://127.0.0.1:9/")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_browsers_libraries_are_laid_out_whole() -> None:
    assert all((VENDOR / name).stat().st_size > 1000 for name in LAID_OUT)
    asked = re.findall(r"url\(\./([^)]+)\)", (VENDOR / "noto-sans-jp.css").read_text())
    assert len(asked) > 100
    assert all((VENDOR / name).is_file() for name in asked)
    assert not any("sourceMappingURL" in path.read_text() for path in VENDOR.glob("*.js"))


def test_a_stamp_is_fresh_until_its_input_changes(tmp_path: Path) -> None:
    pins, stamp = tmp_path / "pins", tmp_path / "deep" / "stamp"
    pins.write_text("flask==3.1.3")
    assert not is_fresh(stamp, digest(pins))
    press(stamp, digest(pins))
    assert is_fresh(stamp, digest(pins))
    pins.write_text("flask==3.1.4")
    assert not is_fresh(stamp, digest(pins))


def test_a_failure_shows_its_last_words_and_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    chatter = "print('1'); print('2'); print('no route to host'); raise SystemExit(3)"
    with pytest.raises(Missing, match=r"取り寄せられません.*make run\n.*not fetched.*make run"):
        attempt("取り寄せられません。", "It was not fetched.", sys.executable, "-c", chatter)
    assert capsys.readouterr().out == "2\nno route to host\n"


def test_without_python_one_sentence_says_how_to_get_it(tmp_path: Path) -> None:
    done = run("/bin/sh", str(ROOT / "tools" / "python"), "-m", "tools.setup", folder=tmp_path, PATH=str(tmp_path), SYSTEM_PYTHON="")
    assert done.returncode == 1
    assert "sudo apt-get install python3 python3-venv" in done.stderr
    assert "見つかりません" in done.stderr


def test_a_python_too_old_is_passed_over_for_one_that_will_do(tmp_path: Path) -> None:
    (tmp_path / "python3").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "python3").chmod(0o755)
    (tmp_path / "python3.12").symlink_to(os.path.realpath(sys.executable))
    done = run("/bin/sh", str(ROOT / "tools" / "python"), "-c", "print('here')", folder=tmp_path, PATH=str(tmp_path), SYSTEM_PYTHON="")
    assert done.stdout == "here\n"


@pytest.mark.parametrize(("can", "taken"), [("can make a virtual environment", "the system's"), ("cannot", "the one on the PATH")])
def test_the_systems_python_stands_before_those_on_the_path_if_it_can_make_a_virtual_environment(tmp_path: Path, can: str, taken: str) -> None:
    system, other = tmp_path / "system", tmp_path / "python3"
    system.write_text(f"""#!/bin/sh
case "$4" in *ensurepip*) {"true" if can != "cannot" else "false"} ;; *) echo "the system's" ;; esac
""")
    other.write_text("""#!/bin/sh
case "$4" in *version_info*) true ;; *) echo "the one on the PATH" ;; esac
""")
    for each in (system, other):
        each.chmod(0o755)
    done = run("/bin/sh", str(ROOT / "tools" / "python"), "-m", "tools.setup", folder=tmp_path, PATH=str(tmp_path), SYSTEM_PYTHON=str(system))
    assert done.stdout == f"{taken}\n"


def test_make_alone_lists_what_there_is() -> None:
    menu = run("make", PATH=os.environ["PATH"]).stdout
    assert all(f"make {target} " in menu for target in ("run", "test", "check", "test-long"))
