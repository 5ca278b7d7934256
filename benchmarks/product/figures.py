"""What the product costs: ``python -m benchmarks.product.figures``, or some of it: ``... figures acceptance flood``.

The last line is one JSON object.

CPU is user and system time of the web process, the kernel's work for TCP and the disc included; it is pinned to one core, the browsers to
another. What is compared is compared in the same run.
"""
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from uuid import uuid4

import click

from benchmarks.live.fanout import ROOT, TICK, free_port, pin, wait_for
from benchmarks.product.swarm import Browser, Swarm
from groupware.kernel import json

PEOPLE = 3000
TEXT = "明日の会議は10時から第二会議室に変わりました。**資料**は共有フォルダーにあります。よろしくお願いします。"
_numbers = count(1)


class Product:
    """``writes``: "pen" as it is, "alone" with a commit for each command by itself."""

    def __init__(self, folder: Path, writes: str = "pen") -> None:
        self.folder, self.port = folder, free_port()
        self.known = json.loads((folder / "people.json").read_text())
        self.process = subprocess.Popen([sys.executable, "-m", "benchmarks.product.server", folder, str(self.port), writes], cwd=ROOT,
                                        preexec_fn=lambda: pin(0))      # noqa: PLW1509 (no threads here)
        wait_for(self.port)

    @property
    def cpu(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def stall(self) -> float:
        """ms, since it was asked for last."""
        kept = self.folder / "stall.json"
        kept.unlink(missing_ok=True)
        self.process.send_signal(signal.SIGUSR1)
        while not kept.exists() or not kept.read_text():
            time.sleep(0.01)
        return float(kept.read_text())

    def get(self, path: str) -> bytes:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers={"Cookie": self.known["cookies"][0], "Accept": "text/html"})
        with urllib.request.urlopen(request) as answer:      # noqa: S310 (our own server)
            return bytes(answer.read())

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


def main() -> None:
    click.echo(json.dumps(measured(sys.argv[1:])))


def measured(names: Sequence[str] = ()) -> dict[str, float]:
    """All figures, or those of the functions which are named."""
    pin(-1)
    with tempfile.TemporaryDirectory() as kept:
        city = Path(kept) / "city"
        city.mkdir()
        subprocess.run([sys.executable, "-m", "benchmarks.product.city", city, str(PEOPLE)], cwd=ROOT, check=True)
        figures: dict[str, float] = {}
        for measure in (acceptance, fan_out, group_commit, through_sockets, read_storm, flood, return_storm, opening):
            if names and measure.__name__ not in names:
                continue
            figures |= measure(city)
            click.echo(f"  {measure.__name__}: {figures}", err=True)
    return figures


def acceptance(city: Path) -> dict[str, float]:
    """One message after another into a room of 500 of whom only the senders are on line: three, for who says more than 50 a second is cut off."""
    with running(city) as product, gathered(product, 3) as swarm:
        room, rounds = product.known["rooms"]["middle"], []
        _talk(swarm, swarm.all[0], room, 30)
        for sender in swarm.all:
            before = product.cpu
            _talk(swarm, sender, room, 300)
            rounds.append((product.cpu - before) / 300 * 1000)
        return {"accept_cpu_ms": round(min(rounds), 2)}


def fan_out(city: Path) -> dict[str, float]:
    """Ten messages a second to 500 on line."""
    with running(city) as product, gathered(product, 500) as swarm:
        _rate(swarm, product, "middle", 10, 2)
        rounds = []
        for _ in range(3):
            before, heard = product.cpu, swarm.deliveries
            _rate(swarm, product, "middle", 10, 5)
            rounds.append((product.cpu - before) * 1e6 / (swarm.deliveries - heard))
        return {"product_us_per_delivery": round(min(rounds), 1)}


def group_commit(city: Path) -> dict[str, float]:
    """200 commands in flight, acknowledged a second, over the same command with a commit for each."""
    rates: dict[str, list[float]] = {"pen": [], "alone": []}
    for writes in ("pen", "alone") * 3:
        with copied(city) as folder:
            said = subprocess.run([sys.executable, "-m", "benchmarks.product.commit", folder, writes], cwd=ROOT, check=True, capture_output=True,
                                  preexec_fn=lambda: pin(0))
            rates[writes].append(float(said.stdout.split()[-1]))
    return {"product_acks_over_single_commit": round(max(rates["pen"]) / max(rates["alone"]), 2), "commands_a_second": round(max(rates["pen"]))}


def through_sockets(city: Path) -> dict[str, float]:
    """The same from 20 browsers with 10 each in flight, everything that surrounds the command included, all 20 hearing of all."""
    rates: dict[str, list[float]] = {"pen": [], "alone": []}
    stalls, single = [], {"pen": 0.0, "alone": 0.0}
    for _ in range(2):
        for writes, found in rates.items():
            with running(city, writes) as product, gathered(product, 20) as swarm:
                _talk(swarm, swarm.all[0], product.known["rooms"]["small"], 20)
                single[writes] = median(_waits(swarm, swarm.all[0], product.known["rooms"]["small"], 50))
                product.stall()
                found.append(_in_flight(swarm, product.known["rooms"]["small"], 200, 4))
                if writes == "pen":
                    stalls.append(product.stall())
    return {"socket_acks_over_single_commit": round(max(rates["pen"]) / max(rates["alone"]), 2), "acks_a_second": round(max(rates["pen"])),
            "single_send_over_single_commit": round(single["pen"] / single["alone"], 2), "loop_stall_ms": min(stalls)}


def read_storm(city: Path) -> dict[str, float]:
    """500 on screen look at one message."""
    with running(city) as product, gathered(product, 500) as swarm:
        room = product.known["rooms"]["middle"]
        costs = []
        for _ in range(3):
            sent = _ask(swarm, swarm.all[0], "chat.post", _message(room))
            swarm.listen(2)
            quiet = _cost(product, swarm, 2)
            before = product.cpu
            for browser in swarm.all:
                browser.tell("chat.read", {"room": room, "seq": sent["seq"]})
            swarm.listen(2)
            costs.append((product.cpu - before - quiet) * 1000)
        return {"read_storm_cpu_ms": round(min(costs), 1)}


def flood(city: Path) -> dict[str, float]:
    """Ten messages a second to 3,000 on line, while 20 others send 50 a second elsewhere."""
    with running(city) as product, gathered(product, PEOPLE) as swarm:
        large, small = product.known["rooms"]["large"], product.known["rooms"]["small"]
        loud, others = swarm.all[100], swarm.all[:20]
        _both(swarm, loud, large, others, small, 3)
        for browser in others:
            browser.answers.clear()
        product.stall()
        heard = swarm.deliveries
        _both(swarm, loud, large, others, small, 10)
        waits = [wait for browser in others for _, wait in browser.answers]
        click.echo(f"  delivered {swarm.deliveries - heard}, stall {product.stall()} ms, median {median(waits) * 1000:.1f} ms", err=True)
        return {"ack_p99_ms_under_flood": round(quantiles(waits, n=100)[98] * 1000, 1)}


def return_storm(city: Path) -> dict[str, float]:
    """All 3,000 lose their connection at one moment, come back as the page does (live.js: by chance within a second) and ask what they missed."""
    with running(city) as product, gathered(product, PEOPLE) as swarm:
        room = product.known["rooms"]["large"]
        now = _ask(swarm, swarm.all[0], "chat.changes", {"room": room, "after": 0})["change"]
        before = product.cpu
        seconds = swarm.storm(1, "chat.changes", {"room": room, "after": now})
        return {"all_back_s": round(seconds, 1), "one_back_cpu_ms": round((product.cpu - before) / PEOPLE * 1000, 1)}


def opening(city: Path) -> dict[str, float]:
    """A room of 100,000 messages over one of 100."""
    with running(city) as product:
        costs: dict[str, list[float]] = {"long": [], "short": []}
        for name in ("long", "short") * 4:
            path = f"/chat/rooms/{product.known['rooms'][name]}"
            product.get(path)
            before = product.cpu
            for _ in range(40):
                product.get(path)
            costs[name].append((product.cpu - before) / 40 * 1000)
        return {"open_100k_over_100": round(min(costs["long"]) / min(costs["short"]), 2), "open_room_cpu_ms": round(min(costs["long"]), 1)}


def _both(swarm: Swarm, loud: Browser, large: int, others: list[Browser], small: int, seconds: float) -> None:
    began = time.perf_counter()
    told = spoken = 0
    while (passed := time.perf_counter() - began) < seconds:
        if told < passed * 10:
            loud.ask("chat.post", _message(large))
            told += 1
        if spoken < passed * 50:
            others[spoken % len(others)].ask("chat.post", _message(small))
            spoken += 1
        swarm.turn(0.002)
    swarm.until(lambda: not any(browser.asked for browser in [loud, *others]))


def _rate(swarm: Swarm, product: Product, name: str, a_second: int, seconds: float) -> None:
    room, began, sent, heard = product.known["rooms"][name], time.perf_counter(), 0, swarm.deliveries
    while (passed := time.perf_counter() - began) < seconds:
        if sent < passed * a_second:
            swarm.all[sent % 10].ask("chat.post", _message(room))
            sent += 1
        swarm.turn(0.005)
    swarm.until(lambda: swarm.deliveries - heard == sent * len(swarm.all))


def _in_flight(swarm: Swarm, room: int, many: int, seconds: float) -> float:
    before = _answered(swarm)
    each, began = many // len(swarm.all), time.perf_counter()
    while time.perf_counter() - began < seconds:
        for browser in swarm.all:
            while len(browser.asked) < each:
                browser.ask("chat.post", _message(room))
        swarm.turn(0.01)
    rate = (_answered(swarm) - before) / (time.perf_counter() - began)
    swarm.until(lambda: not any(browser.asked for browser in swarm.all))
    return rate


def _answered(swarm: Swarm) -> int:
    return sum(len(browser.answers) for browser in swarm.all)


def _talk(swarm: Swarm, sender: Browser, room: int, many: int) -> None:
    for _ in range(many):
        _ask(swarm, sender, "chat.post", _message(room))


def _waits(swarm: Swarm, sender: Browser, room: int, many: int) -> list[float]:
    _talk(swarm, sender, room, many)
    return [wait for _, wait in sender.answers[-many:]]


def _ask(swarm: Swarm, browser: Browser, event: str, data: dict[str, Any]) -> dict[str, Any]:
    browser.ask(event, data)
    swarm.until(lambda: not browser.asked)
    answer = browser.answers[-1][0]
    if not answer.get("ok"):
        raise RuntimeError(answer)
    return answer


def _message(room: int) -> dict[str, Any]:
    return {"room": room, "text": f"{TEXT} {next(_numbers)}", "key": uuid4().hex}


def _cost(product: Product, swarm: Swarm, seconds: float) -> float:
    before = product.cpu
    swarm.listen(seconds)
    return product.cpu - before


@contextmanager
def copied(city: Path) -> Iterator[Path]:
    """Each on a city of its own, so that none is weighed down by what another has written."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copytree(city, Path(folder) / "city"))


@contextmanager
def running(city: Path, writes: str = "pen") -> Iterator[Product]:
    with copied(city) as folder:
        product = Product(folder, writes)
        try:
            yield product
        finally:
            product.end()


@contextmanager
def gathered(product: Product, many: int) -> Iterator[Swarm]:
    swarm = Swarm(product.port, product.known["cookies"][:many])
    try:
        yield swarm
    finally:
        swarm.close()


if __name__ == "__main__":
    main()
