"""Chromium as a person uses it, and what no page may ever do: ask another host for something, break the CSP, or log an error.

`open_window(served, width)` opens a window of its own (own cookies); `desk`, `tablet` and `phone` are windows on `shared_city`;
`each_width` runs a test in all three. `check_accessibility(page)` is axe; `check_at_every_width(page)` makes one window narrower and narrower.
"""
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect, sync_playwright

from tests.support.needs import need
from tests.support.processes import ROOT
from tests.support.servers import Serve, Served
from tests.support.waiting import until
from tests.support.windows import PATIENCE, Guard, Window, guards, window_on

WIDTHS = {"phone": 375, "tablet": 820, "desk": 1440}
ENDS = ("phone", "desk")
HEIGHTS = {375: 812, 820: 1180, 1440: 900}
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"       # there is no other host than those of the tests
QUIET = (NOWHERE, "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")      # no call of Chromium's own leaves this machine
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SYSTEM_FONTS = "--disable-remote-fonts"     # a third of the work of a page is its fonts, and the system's Japanese one is as wide
MOST_STEPS = 200            # of Tab, on the way through a page


expect.set_options(timeout=PATIENCE)
FAILED = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", action="store_true", help="every window as it is at the end of its test goes to shots/; after a failure always")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report: pytest.TestReport = yield       # type: ignore[assignment]
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report                           # type: ignore[return-value]


class OpenWindow(Protocol):
    def __call__(self, served: Served, width: int = 1440, **options: Any) -> Page: ...


@pytest.fixture(scope="session")
def chromium(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """With the city's own fonts only where somebody will look at it."""
    whole = pytestconfig.getoption("--screenshots") or pytestconfig.getoption("--long")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need("chromium"), args=[*QUIET, *([] if whole else [SYSTEM_FONTS])])
        thorough.update({browser} if whole else ())
        yield browser
        browser.close()


@pytest.fixture
def open_window(chromium: Browser, request: pytest.FixtureRequest, serve: Serve) -> Iterator[OpenWindow]:
    """``open_window(city)``, ``open_window(city, 375, reduced_motion="reduce")``. Guarded; all are closed after the test.

    Asks for ``serve`` in order to be ended before it: a window that outlives its server complains.
    """
    opened: list[Window] = []

    def open_one(served: Served, width: int = 1440, **options: Any) -> Page:
        window = window_on(chromium, served, options)
        opened.append(window)
        return window.begin(ViewportSize(width=width, height=HEIGHTS.get(width, 900)))
    yield open_one
    pages = [window.page for window in opened]
    if request.config.getoption("--screenshots") or request.node.stash.get(FAILED, False):
        for number, page in enumerate((page for page in pages if not page.is_closed()), 1):
            keep_screenshot(page, f"{request.node.name}-{number}")
    for window in opened:
        window.end()
    for window in opened:           # every one is put away before the first complaint is raised
        window.guard.check()


thorough: set[Browser] = set()      # those in which the middle width is read too


def guard_of(page: Page) -> Guard:
    """``guard_of(page).expect("status of 422")`` before a refusal that the test wants to see."""
    return guards[page]


@pytest.fixture
def desk(open_window: OpenWindow, shared_city: Served) -> Page:
    return open_window(shared_city, WIDTHS["desk"])


@pytest.fixture
def tablet(open_window: OpenWindow, shared_city: Served) -> Page:
    return open_window(shared_city, WIDTHS["tablet"])


@pytest.fixture
def phone(open_window: OpenWindow, shared_city: Served) -> Page:
    return open_window(shared_city, WIDTHS["phone"])


@pytest.fixture(params=WIDTHS)
def each_width(request: pytest.FixtureRequest, open_window: OpenWindow, shared_city: Served) -> Page:
    """The test runs on a phone, on a tablet and at the desk."""
    return open_window(shared_city, WIDTHS[request.param])


FRAME = """async () => {
  for (let left = 500; left-- && document.querySelector('[aria-busy=true]');) await new Promise((then) => setTimeout(then, 20))
  return ['.rail', '.top'].map((name) => document.querySelector(name)?.outerHTML.replace(/ aria-current="page"|\\d+/g, '')
    + [innerWidth, ...['prefers-color-scheme: dark', 'forced-colors: active'].map((each) => matchMedia(`(${each})`).matches)]) }"""
LOOK = """async ([within, read, options]) => {
  const exclude = ['.rail', '.top'].filter((_, place) => read[place]).flatMap((name) => [...document.querySelectorAll(`${name} > *`)])
  return (await axe.run(within || (exclude.length ? {exclude} : document), options)).violations }"""
sound: set[tuple[int, str]] = set()         # frames that axe had nothing to complain of


def check_accessibility(page: Page, *, within: str | None = None, except_rules: tuple[str, ...] = ()) -> None:
    """Raises with each of axe's findings: the rule, what it asks for, and the first places that break it. What was sent is answered first:
    meanwhile its button is dim. The frame around the page, a quarter of the work, is not read again as long as it is the same.
    """
    if not page.evaluate("'axe' in window"):
        _bring_axe(page)
    around = frames(page)
    options = {"rules": {rule: {"enabled": False} for rule in except_rules}, "resultTypes": ["violations"],
               "preload": False}         # no film and no style that turns with the screen: nothing to fetch before
    found = page.evaluate(LOOK, [within, [each in sound for each in sorted(around)], options])
    if found:
        raise AssertionError(f"axe on {page.url}:\n" + "\n".join(map(_finding, found)))
    sound.update(set() if within or except_rules else around)


def frames(page: Page) -> set[tuple[int, str]]:
    """What stands around the page, how wide and how dark it is; which entry is the current one and how much waits make no other frame."""
    return set(enumerate(page.evaluate(FRAME)))


def _bring_axe(page: Page) -> None:
    """As a script, not as a word to Playwright: what the browser has compiled for one page it still has for the next, a third of the cost."""
    line = page.context.new_cdp_session(page)
    brought = line.send("Runtime.evaluate", {"expression": AXE.read_text()})
    line.detach()
    if "exceptionDetails" in brought:
        raise AssertionError(f"axe on {page.url}: {brought['exceptionDetails']}")


def check_at_every_width(page: Page, picture: str = "", read: tuple[str, ...] = ()) -> None:
    """No sideways scroll in a window of each width, one after another, and nothing to complain of in those named by ``read``, or in one of
    them: for half of the pages in the narrow one, for the others in the wide one; --long reads all three. Back to the first one at the end.
    ``picture``: the name of one of each, where pictures are asked for."""
    first, whole = page.viewport_size, page.context.browser in thorough
    read = read or ("phone" if sum(urlsplit(page.url).path.encode()) % 2 else "desk",)
    for name, width in WIDTHS.items():
        page.set_viewport_size(ViewportSize(width=width, height=HEIGHTS[width]))
        check_no_sideways_scroll(page)
        if whole or name in read:
            check_accessibility(page)
        if picture:
            take_picture(page, picture)
    if first:
        page.set_viewport_size(first)


def walk_to(page: Page, wanted: Locator, key: str = "") -> None:
    """With Tab alone, as somebody without a mouse does; then ``key`` is pressed there."""
    wanted.wait_for()
    for _ in range(MOST_STEPS):
        if wanted.evaluate("each => each === document.activeElement"):
            return page.keyboard.press(key) if key else None
        page.keyboard.press("Tab")
    raise AssertionError(f"no way with Tab to {wanted}")


def until_on(page: Page, condition: Callable[[], Any], seconds: float = 20, what: str = "") -> Any:
    """Like ``until``, while the page goes on living: only then do its events (requests, console) reach the test."""
    def once() -> Any:
        page.evaluate("0")
        return condition()
    return until(once, seconds, what)


def check_no_sideways_scroll(page: Page) -> None:
    """At no width does the page as a whole scroll to the side."""
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room, f"{page.url} is {wide} px wide in a window of {room} px"


def take_picture(page: Page, name: str) -> None:
    """With --screenshots or --long."""
    if page.context.browser in thorough:
        keep_screenshot(page, name)


def keep_screenshot(page: Page, name: str) -> Path:
    """Into ``shots/`` (not committed), to be looked at beside the mock."""
    width = page.viewport_size["width"] if page.viewport_size else 0
    path = ROOT / "shots" / f"{re.sub(r'[^a-z0-9_-]+', '-', name)}-{width}.png"
    page.screenshot(path=path)
    return path


def _finding(violation: dict[str, Any]) -> str:
    places = [f"      {' '.join(map(str, node['target']))}\n        {node['html'][:160]}" for node in violation["nodes"][:5]]
    more = f"\n      … and {len(violation['nodes']) - 5} more" if len(violation["nodes"]) > 5 else ""
    return f"  [{violation['impact']}] {violation['id']}: {violation['help']}\n" + "\n".join(places) + more
