"""The search while the house lives: how soon what was said is found, and how long the web's loop stands still while a hundred people search."""
import http.client
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from urllib.parse import quote, urlencode
from uuid import uuid4

from benchmarks.live.fanout import ROOT
from benchmarks.product.city import SECRET
from benchmarks.product.figures import Product
from benchmarks.search.quality import judged

A_SECOND, PROBES = 20, 60       # messages that arrive all the while; of these so many are waited for
SECONDS, PAUSE = 20, 5.0        # a hundred people, each with a question every five seconds
PATIENCE, LONG = 60, 600


def measured(folder: Path) -> dict[str, float]:
    with _helped(folder), _running(folder) as product:
        _until(lambda: "見つかりました" in _page(product, 0, "窓口"), LONG)
        return {"fresh_p95_ms": _fresh(product), "loop_stall_ms": _stall(product)}


def _fresh(product: Product) -> float:
    """From the answer to who said it, to the page that shows it."""
    stop = threading.Event()
    threading.Thread(target=_talk, args=(product, stop), daemon=True).start()
    waits = sorted(_until_found(product) for _ in range(PROBES))
    stop.set()
    return round(quantiles(waits, n=20)[18] * 1000, 1)


def _stall(product: Product) -> float:
    """The most work at a stretch; the better of two turns, for this machine has others to serve."""
    return min(_stalled(product) for _ in range(2))


def _stalled(product: Product) -> float:
    product.stall()
    threads = [threading.Thread(target=_search, args=(product, number)) for number in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return product.stall()


def _search(product: Product, number: int) -> None:
    dice, end = random.Random(number), time.monotonic() + SECONDS       # noqa: S311 (whom they ask for)
    typed = [each.typed for each in judged()]
    time.sleep(dice.random() * PAUSE)
    while time.monotonic() < end:
        began = time.monotonic()
        _page(product, number, dice.choice(typed))
        time.sleep(max(0.0, PAUSE - (time.monotonic() - began)))


def _talk(product: Product, stop: threading.Event) -> None:
    began, sent = time.monotonic(), 0
    while not stop.is_set():
        sent += 1
        _say(product, sent % 99 + 1, f"補正予算案の{sent}番目の確認です。")
        stop.wait(max(0.0, began + sent / A_SECOND - time.monotonic()))


def _until_found(product: Product) -> float:
    word = f"印{uuid4().hex[:12]}"
    _say(product, 0, f"{word}を置きます。")
    began = time.perf_counter()
    _until(lambda: "見つかりました" in _page(product, 0, word), PATIENCE)
    return time.perf_counter() - began


def _say(product: Product, who: int, text: str) -> None:
    _ask(product, who, "POST", f"/chat/rooms/{product.known['room']}/messages", {"text": text, "key": uuid4().hex})


def _page(product: Product, who: int, typed: str) -> str:
    return _ask(product, who, "GET", f"/search?q={quote(typed)}", {})


def _ask(product: Product, who: int, method: str, path: str, form: dict[str, str]) -> str:
    line = http.client.HTTPConnection("127.0.0.1", product.port, timeout=PATIENCE)
    headers = {"Cookie": product.known["cookies"][who], "Accept": "text/html", "Sec-Fetch-Site": "same-origin",
               "Content-Type": "application/x-www-form-urlencoded"}
    line.request(method, path, urlencode(form) if form else None, headers)
    answer = line.getresponse()
    text = answer.read().decode()
    line.close()
    if answer.status >= 400:
        raise RuntimeError(f"{path} {answer.status}")
    return text


def _until(holds: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)


@contextmanager
def _running(folder: Path) -> Iterator[Product]:
    product = Product(folder)
    try:
        yield product
    finally:
        product.end()


@contextmanager
def _helped(folder: Path) -> Iterator[None]:
    environment = {**os.environ, "DATA": str(folder), "SECRET": SECRET, "DEMO": "0"}
    helper = subprocess.Popen([sys.executable, "-m", "flask", "worker"], cwd=ROOT, env=environment)
    try:
        yield
    finally:
        helper.terminate()
        helper.wait()
