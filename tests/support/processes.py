"""Programs started beside the tests: each with a log of its own, ended by its own process id, never by name."""
import os
import pwd
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

ROOT = Path(__file__).parents[2]
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")      # of the tests' own environment; nothing else may leak into a program of the house
PATIENCE = 20


class Process(Protocol):
    """What is asked of one that runs: of ``subprocess.Popen``, and of ``loaded.Forked``."""

    pid: int
    returncode: Any         # None as long as it runs

    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def send_signal(self, sig: int) -> None: ...
    def terminate(self) -> None: ...
    def kill(self) -> None: ...


class Program:
    """Starts at once. ``log`` holds all it said."""

    def __init__(self, command: Sequence[str | Path], log: Path, *, folder: Path, environment: Mapping[str, str] | None = None,
                 user: str | None = None) -> None:
        self.log = log
        with log.open("ab") as out:
            self.process: Process = subprocess.Popen([str(word) for word in command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                                     stdout=out, stderr=subprocess.STDOUT, user=user, group=_group(user),
                                                     extra_groups=[] if user else None, start_new_session=True)

    @property
    def runs(self) -> bool:
        return self.process.poll() is None

    def end(self, number: int = signal.SIGTERM) -> int:
        """Politely, then not; the exit code tells which."""
        if self.runs:
            self.process.send_signal(number)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"did not end within {PATIENCE} s:\n{self.said()}") from None

    def kill(self) -> None:
        """As a power cut would."""
        self.process.kill()
        self.process.wait(PATIENCE)

    def said(self, last: int = 4000) -> str:
        return self.log.read_text(errors="replace")[-last:]


_held: list[socket.socket] = []


def free_port() -> int:
    """On loopback, and given to nobody else as long as this process lives: it stays bound here, where nobody listens, so that the system hands it
    neither to other tests nor to a connection. Who names it may still listen there (with SO_REUSEADDR, as every server does).
    """
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.1", 0))
    _held.append(door)
    return int(door.getsockname()[1])


def unprivileged(*preferred: str) -> str | None:
    """Some programs refuse to run as root: then the first of these users that exists is taken."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in (*preferred, "nobody") if name in known)


def _group(user: str | None) -> int | None:
    return pwd.getpwnam(user).pw_gid if user else None


def kept_environment() -> dict[str, str]:
    return {name: os.environ[name] for name in KEPT if name in os.environ}
