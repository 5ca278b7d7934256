"""The project's own Python: `.venv` with exactly the packages that the pins name, checked by their digests."""
import os
import sys
from importlib.util import find_spec
from pathlib import Path

from tools.saying import ROOT, Missing, as_root, attempt, say
from tools.stamps import digest, is_fresh, press

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet", "--require-hashes", "--only-binary=:all:")


def make_virtualenv() -> None:
    if _is_usable():
        return
    if not (find_spec("venv") and find_spec("ensurepip")):
        raise Missing("Python の venv モジュールがありません。", "Python's venv module is missing.", as_root("apt-get install python3-venv"))
    say("仮想環境 .venv をつくっています…")
    attempt("仮想環境 .venv をつくれませんでした。空き容量を確かめてください。", "The virtual environment could not be made; is the disk full?",
            sys.executable, "-m", "venv", "--clear", VENV)


def install(pins: Path) -> None:
    """Nothing happens, and nothing is asked of the network, while the pins are those of the last time."""
    stamp, value = VENV / f".installed-{pins.stem}", digest(pins, _version())
    if is_fresh(stamp, value):
        return
    say(f"{pins.name} のパッケージを入れています…（初回のみ、通信が必要です）")
    install_into(PYTHON, pins)
    press(stamp, value)


def install_into(python: Path, pins: Path, *options: str) -> None:
    """Wheels only, each with a known digest: no compiler is needed and nothing unknown gets in."""
    attempt(f"{pins.name} のパッケージを取り寄せられませんでした。通信（必要なら HTTPS_PROXY）を確かめてください。",
            f"The packages of {pins.name} could not be fetched; check the network (and HTTPS_PROXY where one is needed).",
            python, *PIP, *options, "-r", pins)


def _is_usable() -> bool:
    """Running inside it is the proof; otherwise it must be of the Python that runs this, and still start."""
    inside = Path(sys.prefix) == VENV
    return inside or (f"version = {_version()}" in _made_by() and os.access(PYTHON, os.X_OK))


def _made_by() -> str:
    notes = VENV / "pyvenv.cfg"
    return notes.read_text() if notes.is_file() else ""


def _version() -> str:
    return ".".join(map(str, sys.version_info[:3]))
