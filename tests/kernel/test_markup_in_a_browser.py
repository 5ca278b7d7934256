"""The whole corpus in a real browser, with no policy to help: nothing runs, nothing is fetched, no link leads to a program."""
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Dialog, Page

from groupware.kernel.markup import render
from tests.kernel.hostile_markup import ATTACKS

AT_ONCE = 100
STRANGE = """() => [...document.querySelectorAll('main *')].flatMap(each => [
    ...[...each.attributes].map(a => a.name).filter(a => a.startsWith('on') || ['style', 'src', 'srcdoc', 'id', 'name'].includes(a)),
    ...(each.href && !/^https?:$/.test(new URL(each.getAttribute('href'), 'https://house.example').protocol) ? [each.href] : [])])"""
NAMES = {1: "<img src=x onerror=alert(1)>"}


class Watched:
    """A page that is told what to show, and notes what it does by itself."""

    def __init__(self, page: Page) -> None:
        self.page, self.done = page, []     # type: tuple[Page, list[str]]
        page.on("dialog", self._note)
        page.on("request", lambda request: self.done.append(f"request: {request.url}"))

    def _note(self, dialog: Dialog) -> None:
        self.done.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def show(self, html: str) -> list[str]:
        """What it did, and the schemes and handlers it found in itself."""
        self.page.set_content(f"<!doctype html><meta charset=utf-8><main>{html}</main>")
        self.page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        return self.done + list(self.page.evaluate(STRANGE))


@pytest.fixture
def watched(chromium: Browser) -> Iterator[Watched]:
    page = chromium.new_page()
    page.route("**/*", lambda route: route.abort())
    yield Watched(page)
    page.close()


@pytest.mark.parametrize("planted", [
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "<a href='javascript:alert(1)'>x</a>", "<p style='color:red'>x</p>"])
def test_the_watch_sees_what_runs(watched: Watched, planted: str) -> None:
    assert watched.show(planted)


def test_nothing_of_the_corpus_runs_in_a_browser(watched: Watched) -> None:
    pages = [render(attack, NAMES).html for attack in ATTACKS]
    for start in range(0, len(pages), AT_ONCE):
        assert watched.show("\n".join(f"<article>{page}</article>" for page in pages[start:start + AT_ONCE])) == []
