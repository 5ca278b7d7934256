"""Programs of the house that are loaded ahead: a start is a fork of a process that has imported everything, not two seconds of imports.

One such process for what is patched by gevent (the web process) and one for the rest, each beside the process of the tests and as long as it
lives. What is forked does from there on what the program does by itself: its first line, its settings, its end.
"""
import atexit
import os
import select
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import IO

from groupware.kernel import json
from tests.support.processes import ROOT, Program, kept_environment

WEB = "serve.py"
NUMBER = struct.Struct("i")


class Forked:
    """As ``subprocess.Popen``, as far as the tests need it."""

    def __init__(self, told: int) -> None:
        self.told, self.returncode = told, None     # type: tuple[int, int | None]
        self.pid = self._next()

    def poll(self) -> int | None:
        if self.returncode is None and self._is_told(0):
            self._end()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if self.returncode is None:
            if not self._is_told(None if timeout is None else timeout * 1000):
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            self._end()
        return self.returncode or 0

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, sig)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _is_told(self, milliseconds: float | None) -> bool:
        watch = select.poll()
        watch.register(self.told, select.POLLIN)
        return bool(watch.poll(milliseconds))

    def _end(self) -> None:
        self.returncode = self._next()
        os.close(self.told)

    def _next(self) -> int:
        said = os.read(self.told, NUMBER.size)
        if not said:
            raise AssertionError("the process that is loaded ahead is gone")
        return int(NUMBER.unpack(said)[0])


class Loaded(Program):
    """``Loaded(["serve.py"], ...)``, ``Loaded(["-m", "flask", "worker"], ...)``: as ``python`` with these words, in the folder of the house."""

    def __init__(self, words: Sequence[str], log: Path, environment: Mapping[str, str]) -> None:
        self.log = log
        with log.open("ab") as out:
            self.process = fork(words, environment, out, out)


def run(words: Sequence[str], environment: Mapping[str, str], seconds: float) -> subprocess.CompletedProcess[str]:
    """To its end, with what it said."""
    with _memory() as out, _memory() as err:
        code = fork(words, environment, out, err).wait(seconds)
        return subprocess.CompletedProcess(words, code, *(_all_of(each) for each in (out, err)))


def _memory() -> IO[bytes]:
    return os.fdopen(os.memfd_create("said"), "w+b")


def _all_of(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def fork(words: Sequence[str], environment: Mapping[str, str], out: IO[bytes], err: IO[bytes]) -> Forked:
    orders, _ = _loaded(WEB in words)
    told, tells = os.pipe()
    try:
        socket.send_fds(orders, [json.dumps([list(words), dict(environment)]).encode()], [out.fileno(), err.fileno(), tells])
    finally:
        os.close(tells)
    return Forked(told)


@cache
def _loaded(patched: bool) -> tuple[socket.socket, subprocess.Popen]:
    """It ends when nobody holds the other end of its socket any more."""
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with its:
        command = [sys.executable, "-m", "tests.support.loader", str(its.fileno()), "patched" if patched else "plain"]
        loader = subprocess.Popen(command, cwd=ROOT, pass_fds=[its.fileno()], env={**kept_environment(), "PYTHONUNBUFFERED": "1"},
                                  stdin=subprocess.DEVNULL, start_new_session=True)
    atexit.register(_let_go, ours, loader)
    return ours, loader


def _let_go(ours: socket.socket, loader: subprocess.Popen) -> None:
    ours.close()
    loader.wait()
