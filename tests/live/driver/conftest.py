"""``demo(ping_interval=1, ...)`` starts the small program with the real driver in a process of its own."""
import json
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import pytest

from tests.live.driver.wire import Browser, Wire
from tests.support.processes import ROOT, Program, free_port
from tests.support.waiting import until

ESTABLISHED = "01"


class Demo:
    def __init__(self, folder: Path, **options: Any) -> None:
        self.port = free_port()
        self.tls = ssl.create_default_context(cafile=options["tls"][0]) if "tls" in options else None
        command = [sys.executable, "-m", "tests.live.driver.demo_server", json.dumps({"port": self.port, **options})]
        self.program = Program(command, folder / f"demo-{self.port}.log", folder=ROOT)

    def wire(self, patience: float = 5) -> Wire:
        """Plain, whatever the program speaks."""
        return Wire(self.port, patience)

    def browser(self, patience: float = 5) -> Browser:
        return Browser(self.port, patience, self.tls)

    @property
    def connections(self) -> int:
        """That the program still holds open."""
        table = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        return sum(1 for entry in table if entry[1].endswith(f":{self.port:04X}") and entry[3] == ESTABLISHED)

    @property
    def kilobytes(self) -> int:
        status = Path(f"/proc/{self.program.process.pid}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))

    def answers(self) -> bool:
        assert self.program.runs, self.program.said()
        with suppress(OSError), Wire(self.port, 2, self.tls) as wire:
            return wire.request("GET /healthz") == (200, b"ok")
        return False


class StartDemo(Protocol):
    def __call__(self, **options: Any) -> Demo: ...


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[StartDemo]:
    """For tests that need their own: other options, or its end."""
    with started(tmp_path) as start:
        yield start


@pytest.fixture(scope="session", params=["fast", "library"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """For all others; once with our delivery, once with the library's."""
    with started(tmp_path_factory.mktemp("demo")) as start:
        yield start(path=request.param)


@pytest.fixture(scope="session")
def demo_fast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """For what only our delivery does."""
    with started(tmp_path_factory.mktemp("demo")) as start:
        yield start()


@contextmanager
def started(folder: Path) -> Iterator[StartDemo]:
    running: list[Demo] = []

    def start(**options: Any) -> Demo:
        running.append(Demo(folder, **options))
        until(running[-1].answers, 20, "the demo answers")
        return running[-1]
    yield start
    for one in running:
        print(one.program.said())
        one.program.end()
