"""Another interpreter that may be killed: for work on hostile data, under limits of time and memory.

Only for processes that are not monkey-patched (the helper). The child knows nothing of the house: no database, no secret in its surroundings.
"""
import resource
import select
import signal
import struct
import subprocess
import sys
import time
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, cast

from groupware.kernel import json

HOUSE = Path(__file__).parents[2]
START = 20.0            # seconds until a fresh child must be ready
_length = struct.Struct(">I")


class OutOfTime(Exception):
    """The child had its time, or it died."""


class Child:
    """``python -m module``, started when first asked, asked one question after another, killed when it takes too long."""

    def __init__(self, module: str) -> None:
        self.module = module
        self._line: _Line | None = None

    def ask(self, question: Any, budget: float) -> Any:
        """The child's answer, or None when it had none within ``budget`` seconds."""
        try:
            line = self._started()
            line.put(question)
            return line.get(budget)
        except (OutOfTime, OSError):
            self.stop()
            return None

    def stop(self) -> None:
        line, self._line = self._line, None
        if line:
            line.cut()

    def _started(self) -> "_Line":
        if self._line is None:
            self._line = _Line(self.module)
            self._line.get(START)
        return self._line


def serve(answer: Callable[[Any], Any], megabytes: int) -> None:
    """The child's life: says that it is ready, then answers until its parent goes. What it cannot answer is answered with None."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))
    _put(sys.stdout.buffer, "ready")
    while head := sys.stdin.buffer.read(_length.size):
        question = json.loads(sys.stdin.buffer.read(_length.unpack(head)[0]))
        _put(sys.stdout.buffer, _safely(answer, question))


def _safely(answer: Callable[[Any], Any], question: Any) -> Any:
    try:
        return answer(question)
    except Exception:       # noqa: BLE001 (hostile data: deep recursion, no memory, a broken file)
        return None


def _put(pipe: IO[bytes], value: Any) -> None:
    body = json.dumps(value).encode()
    pipe.write(_length.pack(len(body)) + body)
    pipe.flush()


class _Line:
    """The pipe to one living child. It is cut when asked, when forgotten, and when this program ends."""

    def __init__(self, module: str) -> None:
        process = subprocess.Popen([sys.executable, "-m", module], cwd=HOUSE, env={"PYTHONPATH": str(HOUSE)}, bufsize=0,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._to, self._from = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        self.cut = weakref.finalize(self, _end, process)

    def put(self, value: Any) -> None:
        _put(self._to, value)

    def get(self, budget: float) -> Any:
        until = time.monotonic() + budget
        head = self._read(_length.size, until)
        return json.loads(self._read(_length.unpack(head)[0], until))

    def _read(self, size: int, until: float) -> bytes:
        data = bytearray()
        while len(data) < size:
            ready, _, _ = select.select([self._from], [], [], max(0.0, until - time.monotonic()))
            piece = self._from.read(size - len(data)) if ready else b""
            if not piece:
                raise OutOfTime
            data += piece
        return bytes(data)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.communicate()
