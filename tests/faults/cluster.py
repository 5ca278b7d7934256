"""A PostgreSQL of the leg's own, on the disc that can be full. It may be ended in every bad way and started again."""
import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import psycopg

from tests.support.processes import Program, unprivileged
from tests.support.waiting import until
from tools.get_test_tools import TOOLS

# Synchronous commit and fsync stay on, as in an installation.
SETTINGS = ("-c", "listen_addresses=", "-c", "max_connections=100", "-c", "log_min_messages=fatal", "-c", "max_wal_size=128MB")
STARTS_WITHIN = 60


class Cluster:
    def __init__(self, folder: Path, log: Path) -> None:
        self.folder, self.log, self.user = folder / "postgresql", log, unprivileged("postgres")
        self.programs = Path(TOOLS["postgresql"].find() or "/")
        self.folder.mkdir()
        self._prepare()
        self.start()
        with self.connect("postgres") as connection:
            connection.execute("create database house")

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://house@/house?host={self.folder}"

    @property
    def runs(self) -> bool:
        return self.program.runs

    def start(self) -> None:
        """Until it answers: after a hard end its old children may hold its memory for a moment."""
        self.program = self._program()
        until(self._answers, STARTS_WITHIN, "PostgreSQL answers")

    def end(self, number: int) -> None:
        """SIGQUIT is its "immediate", SIGKILL leaves its children to find out."""
        if self.program.runs:
            self.program.process.send_signal(number)
        self.program.process.wait(STARTS_WITHIN)

    def connect(self, name: str = "house") -> psycopg.Connection:
        return psycopg.connect(host=str(self.folder), user="house", dbname=name, autocommit=True, connect_timeout=5)

    def cut_backends(self) -> int:
        """``pg_terminate_backend`` for everybody; how many it were."""
        with self.connect("postgres") as connection:
            row = connection.execute("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = 'house'").fetchone()
        return row[0] if row else 0

    def processes(self) -> list[int]:
        children = Path(f"/proc/{self.program.process.pid}/task/{self.program.process.pid}/children")
        return [self.program.process.pid, *map(int, children.read_text().split())]

    def close(self) -> None:
        self.end(signal.SIGQUIT)

    def _prepare(self) -> None:
        if self.user:
            shutil.chown(self.folder, self.user)
        subprocess.run([self.programs / "initdb", "-D", self.folder / "cluster", "-U", "house", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8",
                        "--no-sync"], check=True, capture_output=True, user=self.user, cwd=self.folder)

    def _program(self) -> Program:
        return Program([self.programs / "postgres", "-D", self.folder / "cluster", "-k", self.folder, *SETTINGS], self.log, folder=self.folder,
                       environment=dict(os.environ), user=self.user)

    def _answers(self) -> bool:
        if not self.program.runs:
            self.program = self._program()
        with suppress(psycopg.OperationalError), self.connect("postgres"):
            return True
        return False
