"""What `make test` does second: the programs the tests start. Debian's packages when this person may install, else the command is printed.

Tests that lack one of them are skipped and counted; with CI set a skip is a failure, and so is a program missing here.
"""
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.saying import Missing, as_root, found, say

POSTGRES_LEAST = 15


@dataclass(frozen=True)
class Tool:
    """``find`` answers with where it is, or with nothing. ``lighter``: Debian's package of the same that costs less, where there is one."""

    name: str
    package: str
    find: Callable[[], str | None]
    lighter: str = ""


def find_git() -> str | None:
    return found("git")


def find_chromium() -> str | None:
    """Without its desktop, if possible: the same engine opens a window for a fifth of the work."""
    return found("chromium-headless-shell") or found("chromium") or found("chromium-browser") or found("google-chrome")


def find_postgres() -> str | None:
    """The folder of the newest server programs, PostgreSQL 15 or later. Debian keeps them off the PATH."""
    beside = Path(found("initdb") or "/-").resolve().parent
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), beside]
    newest = max(folders, key=_postgres_version)
    return str(newest) if _postgres_version(newest) else None


def find_redis() -> str | None:
    return found("redis-server")


def find_japanese_font() -> str | None:
    """Without one, pages fall back to empty boxes wherever the page's own font is still on its way."""
    if not found("fc-list"):
        return None
    answer = subprocess.run(["fc-list", ":lang=ja", "file"], capture_output=True, text=True, check=False).stdout
    return next((line.strip(" :") for line in answer.splitlines() if line), None)


def find_clamd() -> str | None:
    """Debian keeps it off the PATH of people."""
    return found("clamd") or next((place for place in ("/usr/sbin/clamd",) if Path(place).exists()), None)


def find_nginx() -> str | None:
    return found("nginx") or next((place for place in ("/usr/sbin/nginx",) if Path(place).exists()), None)


TOOLS = {tool.name: tool for tool in (
    Tool("git", "git", find_git),
    Tool("chromium", "chromium", find_chromium, lighter="chromium-headless-shell"),
    Tool("postgresql", "postgresql", find_postgres),
    Tool("redis", "redis-server", find_redis),
    Tool("clamd", "clamav-daemon", find_clamd),
    Tool("nginx", "nginx-light", find_nginx),
    Tool("japanese-font", "fonts-noto-cjk fontconfig", find_japanese_font),
)}


def install_command(*tools: Tool) -> str:
    return as_root(f"apt-get install --no-install-recommends {' '.join(tool.package for tool in tools)}")


def main() -> None:
    lacking = _lacking()
    if _may_install():
        if lacking:
            _install(lacking)
        _lighten()
    if lacking := _lacking():
        _tell(lacking)


def _lacking() -> list[Tool]:
    return [tool for tool in TOOLS.values() if not tool.find()]


def _tell(lacking: list[Tool]) -> None:
    names = ", ".join(tool.name for tool in lacking)
    missing = Missing(f"テストに使う {names} がありません。", f"The tests use {names}, not found here.", install_command(*lacking))
    if os.environ.get("CI"):
        raise missing
    say(f"{missing}（なくても始めますが、これらを使うテストは飛ばして数えます / tests that use them will be skipped and counted）\n")


def _may_install() -> bool:
    if not found("apt-get"):
        return False
    return os.geteuid() == 0 or (bool(found("sudo")) and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0)


def _install(lacking: list[Tool]) -> None:
    """Only the programs are wanted: RUNLEVEL=1 keeps Debian from starting the services they come with."""
    packages = [package for tool in lacking for package in tool.package.split()]
    say(f"テストに使うものを入れています: {' '.join(packages)}")
    _apt_get("update")
    _apt_get("install", "-y", "--no-install-recommends", *packages)


def _lighten() -> None:
    """Where it is not to be had, what is there will do."""
    for tool in TOOLS.values():
        if tool.lighter and not found(tool.lighter):
            _apt_get("install", "-y", "--no-install-recommends", tool.lighter, stderr=subprocess.DEVNULL)


def _apt_get(*arguments: str, stderr: int | None = None) -> None:
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "-o", "Acquire::Retries=0"]
    subprocess.run([*root, *quiet, *arguments], check=False, stdout=subprocess.DEVNULL, stderr=stderr)


def _postgres_version(folder: Path) -> int:
    """0 for a folder without a server that is new enough."""
    server = folder / "postgres"
    if not (server.is_file() and shutil.which("initdb", path=folder)):
        return 0
    answer = subprocess.run([server, "--version"], capture_output=True, text=True, check=False).stdout
    version = int(number[0]) if (number := re.findall(r"\d+", answer)) else 0
    return version if version >= POSTGRES_LEAST else 0


if __name__ == "__main__":
    main()
