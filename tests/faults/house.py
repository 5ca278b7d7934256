"""The installation under test: its disc, its database, one or two web processes behind a front, their helper, and Redis between them."""
import os
import signal
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

from groupware.kernel import json
from tests.faults.cluster import Cluster
from tests.faults.disk import Disk
from tests.faults.front import Front
from tests.support import loaded
from tests.support.databases import RedisServer
from tests.support.loaded import Loaded
from tests.support.processes import ROOT, Program, free_port
from tests.support.servers import plain_environment, run_flask
from tests.support.waiting import until

STARTS_WITHIN = FOUNDED_WITHIN = 60


class Web:
    """One web process. ``sabotage``: a name in sabotage.py, or nothing."""

    def __init__(self, environment: dict[str, str], log: Path, sabotage: str) -> None:
        self.port = free_port()
        self.environment = {**environment, "PORT": str(self.port)}
        self.log, self.program = log, None      # type: Path, Program | None
        self.sabotage = sabotage

    @property
    def running(self) -> Program:
        assert self.program
        return self.program

    def begin(self) -> None:
        if self.sabotage:
            words = [sys.executable, "-m", "tests.faults.sabotage", self.sabotage]
            self.program = Program(words, self.log, folder=ROOT, environment=self.environment)
        else:
            self.program = Loaded(["serve.py"], self.log, self.environment)

    def wait(self) -> None:
        until(self._is_ready, STARTS_WITHIN, f"a web process is ready, see {self.log}")

    def _is_ready(self) -> bool:
        if not self.running.runs:
            raise AssertionError(f"a web process ended with {self.running.process.returncode}:\n{self.running.said()}")
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
        return False


class House:
    """``founded`` says who is there: see founding.py."""

    def __init__(self, folder: Path, *, postgresql: bool, processes: int, sabotage: str = "") -> None:
        self.logs, self.disk = folder, Disk()
        self.logs.mkdir(parents=True, exist_ok=True)
        self.cluster = Cluster(self.disk.folder, folder / "postgresql.log") if postgresql else None
        self.redis = RedisServer(folder) if processes > 1 else None
        self.front = Front([])
        self.environment = self._environment()
        self.webs = [Web(self.environment, folder / f"web-{number}.log", sabotage) for number in range(processes)]
        self.front.ports = [web.port for web in self.webs]
        self.helper: Program | None = None

    def found(self, people: int, rooms: int, rovers: int) -> dict[str, Any]:
        run_flask(self.environment, "migrate")
        done = loaded.run(["-m", "tests.faults.founding", *map(str, (people, rooms, rovers))], self.environment, FOUNDED_WITHIN)
        if done.returncode:
            raise AssertionError(done.stderr)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found

    def start(self) -> None:
        """Whatever of it is not running."""
        if self.cluster and not self.cluster.runs:
            self.cluster.start()
        if self.redis and not (self.redis.program and self.redis.program.runs):
            self.redis.start()
        for web in self.webs:
            if not (web.program and web.program.runs):
                web.begin()
        self.start_helper()
        self.wait()

    def start_helper(self) -> None:
        if not (self.helper and self.helper.runs):
            self.helper = Loaded(["-m", "flask", "worker"], self.logs / "helper.log", self.environment)

    def wait(self) -> None:
        for web in self.webs:
            web.wait()

    def programs(self) -> list[Program]:
        return [program for program in (*(web.program for web in self.webs), self.helper) if program]

    def close(self) -> None:
        for program in self.programs():
            program.process.send_signal(signal.SIGCONT)
            program.kill()
        self.front.close()
        if self.redis:
            self.redis.kill()
        if self.cluster:
            self.cluster.close()
        self.disk.close()

    def _environment(self) -> dict[str, str]:
        chosen = {"PUBLIC_URL": f"http://127.0.0.1:{self.front.port}", "DISC": "as in an installation"}
        if self.cluster:
            chosen["DATABASE_URL"] = self.cluster.url
        if self.redis:
            chosen["REDIS_URL"] = self.redis.url
        (self.disk.folder / "data").mkdir()
        return {**plain_environment(self.disk.folder / "data"), **chosen, "PYTHONPATH": os.pathsep.join([str(ROOT)])}
