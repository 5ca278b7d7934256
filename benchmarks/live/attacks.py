"""What attackers on the socket door cost everybody else: ``python -m benchmarks.live.attacks``. The last line is one JSON object.

Twenty browsers talk in a quiet room, forty messages a second, in calm and under each attack, turn by turn; the attackers come back as soon
as they are cut off. ``p99``: the slowest hundredth of deliveries as the browsers see them; of the turns the best one counts. On a machine
that does other things as well it says little: attackers and browsers share a core. ``stall``: the most work that the server did at a
stretch before it looked at the next browser, in CPU time, which nobody else's work can change. Memory is the highest during all of it.
"""
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median

import click

from benchmarks.live.fanout import Client, Server, compiled, connected, pin
from groupware.kernel import json
from groupware.live.driver import frames
from tests.live.driver.wire import Browser, frame_head

TURNS, SECONDS, A_SECOND, BROWSERS = 5, 5, 40, 20


def long_frame(port: int) -> None:
    with Browser(port) as browser:
        browser.say(frame_head(0x81, 300 << 20))
        while True:
            browser.say(b"x" * 65536)


def event_flood(port: int) -> None:
    with Browser(port) as browser:
        browser.enter("elsewhere")
        while True:
            browser.emit("post", {"room": "nobody"})


def ping_flood(port: int) -> None:
    with Browser(port) as browser:
        browser.enter("elsewhere")
        while True:
            browser.frame(frames.PING, b"x" * 100)


def attachment_bomb(port: int) -> None:
    with Browser(port) as browser:
        browser.enter("elsewhere")
        browser.text('45999999999-["post"]')
        while True:
            browser.frame(frames.BINARY, b"x" * 90_000)


def strange_origin(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port)) as sock:
        sock.sendall(b"GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nOrigin: null\r\n\r\n")
        sock.recv(4096)


ATTACKS = (long_frame, event_flood, ping_flood, attachment_bomb, strange_origin)


def main() -> None:
    if len(sys.argv) > 1:
        attack(globals()[sys.argv[1]], int(sys.argv[2]))
    with tempfile.TemporaryDirectory() as folder, running() as server, connected(compiled(Path(folder)), server.port, BROWSERS) as client:
        told(client, server.port)
        before = server.kilobytes
        figures: dict[str, list[tuple[float, float]]] = {}
        for _ in range(TURNS):
            figures.setdefault("calm", []).append(told(client, server.port))
            for kind in ATTACKS:
                with attacking(kind.__name__, server.port):
                    figures.setdefault(kind.__name__, []).append(told(client, server.port))
        grown = server.highest_kilobytes - before
    p99 = {name: min(turn[0] for turn in turns) for name, turns in figures.items()}
    stall = {name: median(turn[1] for turn in turns) for name, turns in figures.items()}
    for name in figures:
        click.echo(f"{name:16} p99 {p99[name]:6.2f} ms   stall {stall[name]:6.2f} ms of CPU")
    over = {f"{name}_p99_over_calm": round(p99[name] / p99["calm"], 2) for name in p99 if name != "calm"}
    click.echo(json.dumps({**over, "attack_stall_ms": max(stall.values()), "grown_mb": round(grown / 1024, 1)}))


def told(client: Client, port: int) -> tuple[float, float]:
    """The slowest hundredth of the deliveries of one turn, and the longest stretch of work during it."""
    beats_of(port)
    p99 = float(client.ask(f"rate {SECONDS} {A_SECOND}")["p99_ms"])
    return p99, max(beats_of(port))


def beats_of(port: int) -> list[float]:
    """Since they were asked for last."""
    with Browser(port) as browser:
        browser.enter("nowhere")
        browser.emit("beats", number=1)
        return list(json.loads(browser.hear().removeprefix("431"))[0])


def attack(kind: Callable[[int], None], port: int) -> None:
    while True:
        with suppress(OSError):
            kind(port)


@contextmanager
def running() -> Iterator[Server]:
    server = Server("strict")
    try:
        yield server
    finally:
        server.end()


@contextmanager
def attacking(name: str, port: int) -> Iterator[None]:
    """From the client's core and behind it, so that only the server's own work can slow the others down."""
    attacker = subprocess.Popen([sys.executable, "-m", "benchmarks.live.attacks", name, str(port)], preexec_fn=stand_back)      # noqa: PLW1509
    try:
        yield
    finally:
        attacker.kill()
        attacker.wait()


def stand_back() -> None:
    pin(-1)
    os.nice(10)


if __name__ == "__main__":
    main()
