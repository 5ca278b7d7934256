"""What one delivery costs the server, and what one open socket weighs: ``python -m benchmarks.live.fanout``.

The last line is one JSON object. All servers hear the same bytes from the same client in the same run, one after another, several times
round; the cheapest of each one's rounds counts, because other work on the machine can only add. CPU is user and system time of the
server process, the kernel's work for TCP included. One message is in flight at a time, so that no two frames can be joined.
"""
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from groupware.kernel import json

ROOT = Path(__file__).parents[2]
KINDS = ("raw", "house", "driver", "stock")
TICK = os.sysconf("SC_CLK_TCK")
PATIENCE = 60


class Server:
    def __init__(self, kind: str) -> None:
        self.port = free_port()
        self.process = subprocess.Popen([sys.executable, "-m", "benchmarks.live.servers", kind, str(self.port)], cwd=ROOT,
                                        preexec_fn=lambda: pin(0))      # noqa: PLW1509 (no threads here)
        wait_for(self.port)

    @property
    def cpu(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    @property
    def kilobytes(self) -> int:
        return self._status("VmRSS")

    @property
    def highest_kilobytes(self) -> int:
        return self._status("VmHWM")

    def _status(self, name: str) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith(name)))

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


class Client:
    """Many browsers; here when all of them are inside."""

    def __init__(self, program: Path, port: int, browsers: int) -> None:
        self.process = subprocess.Popen([program, "127.0.0.1", str(port), str(browsers), "100"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, preexec_fn=lambda: pin(-1))      # noqa: PLW1509
        came = self._hear()
        if came["inside"] != browsers:
            raise RuntimeError(f"only {came['inside']} of {browsers} came in")

    def ask(self, command: str) -> dict[str, Any]:
        assert self.process.stdin       # noqa: S101 (for the type checker)
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        return self._hear()

    def end(self) -> None:
        self.process.communicate()

    def _hear(self) -> dict[str, Any]:
        assert self.process.stdout      # noqa: S101
        return dict(json.loads(self.process.stdout.readline()))


def main() -> None:
    click.echo(json.dumps(measured()))


def measured() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        program = compiled(Path(folder))
        costs = {(kind, room): min(figures) for (kind, room), figures in fan_out(program, (500, 3000), rounds=3).items()}
        idle = idle_kilobytes(program, 5000)
    for (kind, room), cost in sorted(costs.items()):
        click.echo(f"{kind:7} room of {room:5}: {cost:6.2f} us of CPU a delivery")
    over = {f"fanout_{room}_over_{kind}": round(costs["house", room] / costs[kind, room], 2)
            for room in (500, 3000) for kind in ("raw", "stock", "driver") if (kind, room) in costs}
    return {**over, "idle_kb_per_socket": round(idle, 1)}


def fan_out(program: Path, rooms: tuple[int, ...], rounds: int) -> dict[tuple[str, int], list[float]]:
    """Microseconds of CPU for one delivery, of each kind of server, room and round."""
    figures: dict[tuple[str, int], list[float]] = {}
    for _ in range(rounds):
        for room in rooms:
            for kind in KINDS:
                figures.setdefault((kind, room), []).append(one_fan_out(program, kind, room))
    return figures


def one_fan_out(program: Path, kind: str, room: int, seconds: float = 3) -> float:
    with running(kind) as server, connected(program, server.port, room) as client:
        client.ask("fan 0.7 1")
        before = server.cpu
        told = client.ask(f"fan {seconds} 1")
        click.echo(f"  {kind:7} {room:5} {told}", err=True)
        if told["delivered"] != told["posted"] * room:
            raise RuntimeError(f"{kind} lost messages: {told}")
        return float((server.cpu - before) * 1e6 / told["delivered"])


def idle_kilobytes(program: Path, browsers: int) -> float:
    with running("house") as server:
        with connected(program, server.port, 10):
            before = server.kilobytes
        with connected(program, server.port, browsers) as client:
            client.ask("idle 3")
            return (server.kilobytes - before) / browsers


@contextmanager
def running(kind: str) -> Iterator[Server]:
    server = Server(kind)
    try:
        yield server
    finally:
        server.end()


@contextmanager
def connected(program: Path, port: int, browsers: int) -> Iterator[Client]:
    client = Client(program, port, browsers)
    try:
        yield client
    finally:
        client.end()


def compiled(folder: Path) -> Path:
    """The client. Without a C compiler there is no benchmark."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler:
        raise SystemExit("needs a C compiler: apt-get install gcc libc6-dev")
    program = folder / "client"
    subprocess.run([compiler, "-O2", "-o", program, Path(__file__).with_name("client.c")], check=True)
    return program


def pin(which: int) -> None:
    """Server and client on cores of their own, where there are two."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        os.sched_setaffinity(0, {cores[which]})


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not start")


if __name__ == "__main__":
    main()
