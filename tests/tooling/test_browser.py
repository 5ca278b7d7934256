"""The guard and the accessibility check, seen red on small bad pages."""
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.support.browser import OpenWindow, check_accessibility, check_no_sideways_scroll, frames, guard_of, sound, until_on
from tests.support.windows import Window, window_on

SMALL = ViewportSize(width=375, height=812)
CSP = "default-src 'self'"
PAGES = {
    "/good": "<main><h1>よい頁</h1><p>文</p></main>",
    "/outside": "<main><h1>外</h1><img alt='' src='http://outside.example/x.png'></main>",
    "/inline": "<main><h1>中</h1><script>document.title = 'x'</script></main>",
    "/gone": "<main><h1>無</h1><img alt='' src='/nothing.png'></main>",
    "/unnamed": "<main><h1>名</h1><button></button></main>",
    "/framed": "<nav class=rail><ul><li><a href='/good' aria-current=page>3</a></ul></nav><main><h1>枠</h1></main>",
    "/healthz": "<main><h1>健</h1></main>",
    "/wide": "<main><h1>広</h1><svg width='3000' height='10'></svg></main>",
}


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", f"{CSP}; img-src * data:")
        self.end_headers()
        self.wfile.write(f"<!doctype html><html lang=ja><link rel=icon href='data:,'><title>頁</title>{body or ''}".encode())

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def pages() -> Iterator[Any]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield SimpleNamespace(url=f"http://127.0.0.1:{server.server_port}", web=SimpleNamespace(runs=True))
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(open_window: OpenWindow, pages: Any) -> Page:
    return open_window(pages)


def test_a_good_page_passes_everything(page: Page) -> None:
    page.goto("/good")
    check_accessibility(page)
    check_no_sideways_scroll(page)
    guard_of(page).check()


@pytest.mark.parametrize(("path", "complaint"), [
    ("/outside", "asked another host: http://outside.example"), ("/inline", "Content Security Policy"), ("/gone", "status of 404")])
def test_the_guard_sees(page: Page, path: str, complaint: str) -> None:
    page.goto(path)
    until_on(page, lambda: any(complaint in line for line in guard_of(page).seen))
    with pytest.raises(AssertionError, match=complaint):
        guard_of(page).check()
    guard_of(page).expect(".")


def test_what_a_test_provokes_on_purpose_is_no_complaint(page: Page) -> None:
    guard_of(page).expect("status of 404")
    page.goto("/gone")
    guard_of(page).check()


def test_axe_names_the_rule_and_the_place(page: Page) -> None:
    page.goto("/unnamed")
    with pytest.raises(AssertionError, match=r"(?s)button-name.*<button>"):
        check_accessibility(page)


@pytest.mark.parametrize("place", ["nav", "main"])
def test_the_frame_that_axe_has_read_is_read_anew_when_it_changed_and_the_rest_always(page: Page, place: str) -> None:
    page.goto("/framed")
    check_accessibility(page)
    page.evaluate("document.querySelector('nav a').removeAttribute('aria-current')")
    assert frames(page) <= sound
    page.evaluate("(name) => document.querySelector(name).append(document.createElement('button'))", place)
    with pytest.raises(AssertionError, match="button-name"):
        check_accessibility(page)
    with pytest.raises(AssertionError, match="button-name"):
        check_accessibility(page)


def test_the_frame_is_another_one_in_a_narrower_window(page: Page) -> None:
    page.goto("/framed")
    check_accessibility(page)
    page.set_viewport_size(SMALL)
    assert not frames(page) <= sound


def test_a_page_wider_than_its_window_is_seen(page: Page) -> None:
    page.goto("/wide")
    with pytest.raises(AssertionError, match="wide in a window"):
        check_no_sideways_scroll(page)


def test_a_window_is_swept_before_somebody_else_sits_down_at_it(chromium: Browser, pages: Any) -> None:
    first = _left_behind(window_on(chromium, pages, {}), "localStorage.left = sessionStorage.left = document.cookie = 'left=1'")
    again = window_on(chromium, pages, {})
    assert again is first
    again.begin(SMALL).goto("/good")
    assert again.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    again.close()


def test_a_window_in_which_something_was_done_that_stays_is_closed(chromium: Browser, pages: Any) -> None:
    window = window_on(chromium, pages, {})
    window.page.add_init_script("window.stays = true")
    assert _left_behind(window, "0").page.is_closed()


def _left_behind(window: Window, what: str) -> Window:
    window.begin(SMALL).goto("/good")
    window.page.evaluate(what)
    window.end()
    return window
