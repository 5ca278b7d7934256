"""The viewer: how soon pages are there, how heavy the first one is, how soon everybody has turned.

``python -m benchmarks.sittings.viewer [papers] [turns] [link]`` measures it alone.
"""
import functools
import http.client
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Self

from werkzeug.datastructures import MultiDict

from benchmarks.product.city import SECRET, cookie_of, enter, make_people
from benchmarks.product.swarm import Browser, Swarm
from benchmarks.sittings.alone import alone, wanted
from features import FEATURES
from groupware.app import create_app
from groupware.config import Config
from groupware.files.queries import file_for
from groupware.kernel import clock, db, json, reactions
from groupware.running.migrations import migrate
from meetings.commands.bodies import found_body
from meetings.commands.floor import take_floor
from meetings.commands.items import add_item
from meetings.commands.papers import hang_papers
from meetings.commands.sittings import call_sitting, plan_sitting
from meetings.forms import BodyDraft, ItemDraft, PapersDraft, SittingDraft
from tests.files import pdfs
from tests.support.processes import free_port
from tests.support.waiting import until

FOLLOWERS, TURNS, PAGES, FETCHES = 300, 60, 100, 7
LINK = ("delay", "15ms", "rate", "20mbit", "limit", "10000")        # each way: 30 ms there and back
SCAN_DPI, SCAN_QUALITY = 200, 93
JSON, PIECE = {"Content-Type": "application/json"}, 1024 * 1024        # as the browser sends them
PROGRAMS = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class Viewer:
    PARTS = ("papers", "turns", "link")

    def __init__(self, folder: Path) -> None:
        self.folder, self.running = folder, ExitStack()
        config = Config(data=folder, secret=SECRET, demo=False, log_level="WARNING")
        migrate(config.database_url)
        self.app = create_app(FEATURES, config)
        with self.app.app_context(), reactions.quietly():
            self.people = db.write(lambda: make_people(FOLLOWERS + 1))
            self.cookies = [cookie_of(self.app, token) for token in db.write(lambda: [enter(actor) for actor in self.people])]
        self.port = free_port()

    def __enter__(self) -> Self:
        self._run("-m", "benchmarks.product.server", str(self.folder), str(self.port), "pen")
        self._run("-m", "flask", "worker")
        until(lambda: _answers(self.port), 60, "the server answers")
        return self

    def __exit__(self, *_: object) -> None:
        self.running.close()

    def measured(self, *parts: str) -> dict[str, Any]:
        """All, or of its PARTS those that are named."""
        dense, found = pdfs.long(PAGES), dict[str, Any]()
        text, found["upload_first_pages_s"], found["upload_100_pages_s"] = self._upload("密な資料.pdf", dense)
        if wanted(parts, "papers"):
            found |= {"dense_mb": round(len(dense) / 2**20, 1), "first_page_kb": self._first_page(text),
                      "manifest_kb": self._kilobytes(f"/files/pages/{text}"), **self._scanned()}
        if wanted(parts, "turns"):
            found["turn_300_p95_ms"], found["turn_300_median_ms"] = self._turns(text)
        return found | (self._over_slow_link(text) if wanted(parts, "link") else {})

    def _scanned(self) -> dict[str, Any]:
        content = pdfs.scan(PAGES, SCAN_DPI, SCAN_QUALITY)
        scan, first, every = self._upload("読み取り.pdf", content)
        return {"scan_mb": round(len(content) / 2**20, 1), "scan_first_pages_s": first, "scan_100_pages_s": every,
                "first_page_scan_kb": self._first_page(scan)}

    def _upload(self, name: str, content: bytes) -> tuple[str, float, float]:
        """Its id; the seconds from the last byte sent until its first pages, until all pages are there."""
        file_id = self._said("POST", "/files/uploads", json.dumps({"size": len(content)}).encode(), JSON)["id"]
        for at in range(0, len(content), PIECE):
            self._said("PATCH", f"/files/uploads/{file_id}", content[at:at + PIECE], {"Upload-Offset": str(at)})
        began = time.perf_counter()
        self._said("POST", f"/files/uploads/{file_id}/completion", json.dumps({"name": name}).encode(), JSON)
        manifest = f"/files/pages/{file_id}"
        until(lambda: self._said("GET", manifest)["ready"] >= 3, 120, "the first pages are there")
        first = time.perf_counter() - began
        until(lambda: self._said("GET", manifest)["state"] == "done", 300, "all pages are there")
        return file_id, round(first, 2), round(time.perf_counter() - began, 2)

    def _first_page(self, file_id: str) -> float:
        """The manifest and the picture: all that is fetched until the first page is sharp."""
        return round(sum(self._kilobytes(address) for address in self._first(file_id)), 1)

    def _first(self, file_id: str) -> list[str]:
        manifest = self._said("GET", f"/files/pages/{file_id}")
        return [f"/files/pages/{file_id}", f"/files/pages/{file_id}/{manifest['key']}/1-1200"]

    def _turns(self, file_id: str) -> tuple[float, float]:
        """From the presenter's turn until the last of 300 has heard of it; with what it costs to write it down."""
        sitting_id, paper_id = self._sitting(file_id)
        swarm = Swarm(self.port, self.cookies)
        presenter, *_ = swarm.all
        try:
            for browser in swarm.all:
                browser.counts = b'42["meetings.place"'
                browser.ask("meetings.enter", {"sitting": sitting_id})
            swarm.until(lambda: all(browser.answers for browser in swarm.all), 120)
            times = [_turn(swarm, presenter, {"sitting": sitting_id, "paper": paper_id, "page": page % PAGES + 1}) for page in range(TURNS)]
        finally:
            swarm.close()
        return round(quantiles(times, n=20)[-1] * 1000, 1), round(median(times) * 1000, 1)

    def _sitting(self, file_id: str) -> tuple[int, int]:
        secretary = self.people[0]
        members = tuple((actor.user_id, "secretary" if actor is secretary else "member") for actor in self.people)
        with self.app.app_context(), reactions.quietly():
            body_id = found_body(secretary, BodyDraft("測りの会議", "members", members))
            sitting_id: int = plan_sitting(secretary, body_id, SittingDraft(clock.now(), "大会議室"))
            form = MultiDict({"title": "議題", "kind": "report", "minutes": "10"})
            item_id = add_item(secretary, sitting_id, ItemDraft.parse(form))
            paper_id = hang_papers(secretary, item_id, PapersDraft(((file_id, file_for(secretary, file_id).name),)))[0]
            call_sitting(secretary, sitting_id)
            take_floor(secretary, sitting_id)
        return sitting_id, paper_id

    def _over_slow_link(self, file_id: str) -> dict[str, Any]:
        """Page 1 of the viewer beside a static file with as many bytes, each over a fresh connection."""
        addresses, still = self._first(file_id), self.folder / "static" / "page"
        still.parent.mkdir()
        still.write_bytes(secrets.token_bytes(round(sum(self._kilobytes(address) for address in addresses) * 1024)))
        try:
            with slow_network() as name:
                return {"link": "a network of its own", **self._beside(addresses, still, ("ip", "netns", "exec", name))}
        except (OSError, subprocess.CalledProcessError):
            return {"link": "a relay: no slow network of its own here", **self._beside(addresses, still, ())}

    def _beside(self, addresses: list[str], still: Path, there: tuple[str, ...]) -> dict[str, Any]:
        page_port, static_port = free_port(), free_port()
        self._run("-m", "benchmarks.product.server", str(self.folder), str(page_port), "alone", under=there)
        self._run("-m", "http.server", str(static_port), "--bind", "127.0.0.1", "--directory", str(still.parent), under=there)
        if not there:
            page_port, static_port = self._line_to(page_port), self._line_to(static_port)
        fetch = functools.partial(_fetched, there, cookie=self.cookies[0])
        until(lambda: fetch(page_port, ["/healthz"]) and fetch(static_port, ["/page"]), 60, "both answer over the slow link")
        page = median(_only(fetch(page_port, addresses)) for _ in range(FETCHES))
        beside = median(_only(fetch(static_port, ["/page"])) for _ in range(FETCHES))
        return {"first_page_over_static": round(page / beside, 2), "first_page_slow_ms": round(page * 1000), "static_slow_ms": round(beside * 1000)}

    def _line_to(self, to: int) -> int:
        port = free_port()
        self._run("-m", "benchmarks.sittings.line", str(port), str(to))
        return port

    def _kilobytes(self, address: str) -> float:
        return len(self._asked("GET", address)) / 1024

    def _said(self, method: str, address: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self._asked(method, address, body, headers))
        return found

    def _asked(self, method: str, address: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        own = {"Cookie": self.cookies[0], "Origin": f"http://127.0.0.1:{self.port}", "Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
        connection.request(method, address, body, own | (headers or {}))
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if answer.status >= 300:
            raise ConnectionError(f"{method} {address}: {answer.status} {content[:300]!r}")
        return content

    def _run(self, *arguments: str, under: tuple[str, ...] = ()) -> None:
        environment = {"PATH": PROGRAMS, "DATA": str(self.folder), "SECRET": SECRET, "DEMO": "0", "LOG_LEVEL": "WARNING",
                       "PYTHONPATH": str(Path(__file__).parents[2])}
        process = subprocess.Popen([*under, sys.executable, *arguments], env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.running.callback(_end, process)


@contextmanager
def slow_network() -> Iterator[str]:
    """A network of its own whose loopback takes 30 ms there and back and carries 20 Mbit/s; only where that is allowed."""
    name = f"bench-{secrets.token_hex(3)}"
    subprocess.run(["ip", "netns", "add", name], check=True, capture_output=True)
    try:
        for command in (("ip", "link", "set", "lo", "mtu", "1500", "up"), ("tc", "qdisc", "add", "dev", "lo", "root", "netem", *LINK)):
            subprocess.run(["ip", "netns", "exec", name, *command], check=True, capture_output=True)
        yield name
    finally:
        subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)


def _turn(swarm: Swarm, presenter: Browser, place: dict[str, Any]) -> float:
    before, began = swarm.deliveries, time.perf_counter()
    presenter.ask("meetings.present", place)
    swarm.until(lambda: swarm.deliveries >= before + len(swarm.all))
    return time.perf_counter() - began


def _fetched(there: tuple[str, ...], port: int, addresses: list[str], cookie: str) -> tuple[float, int] | None:
    done = subprocess.run([*there, sys.executable, "-m", "benchmarks.sittings.slow_link", str(port), cookie, *addresses],
                          check=False, capture_output=True, timeout=120)
    return None if done.returncode else json.loads(done.stdout)


def _only(fetched: tuple[float, int] | None) -> float:
    if fetched is None:
        raise OSError("a fetch over the slow link failed")
    return fetched[0]


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


if __name__ == "__main__":
    alone(Viewer)
