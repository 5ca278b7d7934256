"""A window of Chromium for a test: own cookies, guarded. What opens one is the process behind it, not what is shown in it: so a window in which
nothing was done that stays is swept and kept for the next test on the same city, as a computer that somebody else sits down at.
"""
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, ViewportSize

from tests.support.servers import Served

PATIENCE = 20_000           # ms until what does not come has failed: on a busy machine a page may take some of them
INSIDE = {"data", "blob", "about", "chrome-error"}         # the last: what a window shows that was cut off
STAYS = ("on", "once", "route", "add_init_script", "emulate_media", "expose_function")      # of a page: no sweeping takes it back
AS_EVERYBODY = {"locale": "ja-JP", "timezone_id": "Asia/Tokyo"}


class Guard:
    """Watches one page. What a test provokes on purpose is named first, by ``expect`` (a pattern). That another host was asked, the console
    tells: this Chromium finds none (``NOWHERE``), and to be told of every request costs a tenth of a page."""

    def __init__(self, page: Page, host: str) -> None:
        self.host = host
        self.begin()
        page.on("framenavigated", lambda frame: self._look_at(frame.url))
        page.on("websocket", lambda socket: self._look_at(socket.url))
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self._see(f"error in the page: {error}"))

    def begin(self) -> None:
        """Of what was before, nothing is held against the page."""
        self.expected, self.seen = [], []       # type: tuple[list[str], list[str]]
        self.looks = True

    def end(self) -> None:
        """Nor what comes after."""
        self.looks = False

    def expect(self, pattern: str) -> None:
        self.expected.append(pattern)

    def check(self) -> None:
        """Raises with all that was seen and not expected."""
        bad = [line for line in self.seen if not any(re.search(pattern, line) for pattern in self.expected)]
        if bad:
            raise AssertionError("the page did what no page may do:\n  " + "\n  ".join(bad))

    def _look_at(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in INSIDE and parts.netloc not in {"", self.host}:
            self._see(f"asked another host: {url}")

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self._see(f"console: {message.text} ({message.location.get('url', '')})")
            self._look_at(message.location.get("url", ""))

    def _see(self, what: str) -> None:
        if self.looks:
            self.seen.append(what)


class Window:
    """``page`` shows what ``served`` serves. ``options`` of Playwright make it one that nobody else gets."""

    def __init__(self, browser: Browser, served: Served, options: Mapping[str, Any]) -> None:
        self.served, self.is_plain = served, not options
        self.context = browser.new_context(**{"base_url": served.url, **AS_EVERYBODY, **options})
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.guard = guards[self.page] = Guard(self.page, urlsplit(served.url).netloc)
        for name in STAYS:
            setattr(self.page, name, partial(self._do_what_stays, getattr(self.page, name)))

    def begin(self, size: ViewportSize) -> Page:
        self.guard.begin()
        self.page.set_viewport_size(size)
        return self.page

    def end(self) -> None:
        """Swept and kept, or closed; what the page breaks off then is no fault of it."""
        with suppress(Error):
            self.page.evaluate("0")         # what it still had to say is said
        self.guard.end()
        if self.is_plain and self.context.pages == [self.page] and self._is_swept():
            kept.append(self)
        else:
            self.close()

    def close(self) -> None:
        guards.pop(self.page)
        self.context.close()

    def _do_what_stays(self, act: Callable[..., Any], *args: Any, **more: Any) -> Any:
        self.is_plain = False
        return act(*args, **more)

    def _is_swept(self) -> bool:
        """On a page without a script, so that nothing is written behind the broom. Not when the city is gone."""
        try:
            self.context.set_offline(False)
            self.page.goto("/healthz")
            self.page.evaluate("[sessionStorage, localStorage].forEach((kept) => kept.clear())")
            broom = self.context.new_cdp_session(self.page)
            broom.send("Storage.clearDataForOrigin", {"origin": self.served.url, "storageTypes": "all"})
            broom.detach()
            self.context.clear_cookies()
        except Error:
            return False
        return True


guards: dict[Page, Guard] = {}
kept: list[Window] = []


def window_on(browser: Browser, served: Served, options: Mapping[str, Any]) -> Window:
    """One that was kept, or a new one. Those on cities that are gone are closed."""
    for window in [each for each in kept if not (each.served.web and each.served.web.runs)]:
        kept.remove(window)
        window.close()
    found = next((each for each in kept if each.served is served and not options), None)
    if found:
        kept.remove(found)
    return found or Window(browser, served, options)
