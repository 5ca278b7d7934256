"""A file is refused and says why, nothing that was written is lost; what goes instead is found from anywhere and opens at its page."""
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doors import FUJIKURA, KASHIWAGI, enter, open_room
from tests.files import pdfs
from tests.files.scanners import EICAR, scanner
from tests.support.browser import OpenWindow, check_accessibility, check_at_every_width, take_picture, until_on
from tests.support.servers import Served, copy_of, running

TEAM, WORDS = "窓口DX推進チーム", "雨量計を取り替えます"
WRITTEN = "見積りの控えです。"


@pytest.fixture(scope="module")
def scanned_city(demo_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Whose scanner knows one signature."""
    folder = copy_of(demo_city, tmp_path_factory.mktemp("scanned") / "city")
    with scanner() as clamd, running(folder, {"CLAMD": clamd.address}, helper=True) as served:
        yield served


def attach(page: Page, name: str, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})
    page.locator(".attaching [data-state=kept]", has_text=name).wait_for()


def judged(page: Page) -> bool:
    """The scanner has said what it thinks of the file that is attached."""
    file_id = page.locator(".attaching [data-part=id]").input_value()
    return "問題" in page.request.get(f"/files/{file_id}/x", headers={"Accept": "application/json"}).json()["message"]


def test_a_refused_file_keeps_what_was_written_and_the_next_is_found_at_its_page(open_window: OpenWindow, scanned_city: Served) -> None:
    page = open_room(enter(open_window(scanned_city), KASHIWAGI), TEAM)
    attach(page, "請求書.txt", EICAR)
    page.locator("#compose").fill(WRITTEN)
    until_on(page, lambda: judged(page), 20, "the scanner has looked")
    page.keyboard.press("Control+Enter")
    told = page.locator(".pending .refused")
    expect(told).to_contain_text("「請求書.txt」は、ウイルス検査で問題（Eicar-Test-Signature）が見つかったため、付けられません。")
    check_accessibility(page)
    take_picture(page, "file-refused")
    told.get_by_role("button", name="書き直す").click()
    expect(page.locator("#compose")).to_have_value(WRITTEN)
    attach(page, "補正予算書.pdf", pdfs.portrait("表紙", "歳入", WORDS))
    page.keyboard.press("Control+Enter")
    expect(page.locator("article[data-seq]", has_text="補正予算書.pdf")).to_contain_text(WRITTEN)

    reader = enter(open_window(scanned_city), FUJIKURA, "/directory")
    until_on(reader, lambda: is_found(reader), 40, "the page is found")
    reader.goto("/directory")
    reader.keyboard.press("Control+k")
    reader.get_by_role("combobox", name="行き先").fill(WORDS)
    reader.get_by_role("option", name=f"「{WORDS}」をすべてからさがす").click()
    hit = reader.locator(".hits .hit", has_text="補正予算書.pdf")
    expect(hit).to_contain_text("3頁")
    expect(hit.locator("mark")).to_have_text(WORDS)
    check_at_every_width(reader)
    take_picture(reader, "page-found")
    address = hit.get_attribute("href") or ""
    opened = reader.request.get(address)
    assert address.endswith(".pdf#page=3")          # what a browser does with it is the browser's own: it shows the third page
    assert (opened.headers["content-type"], opened.headers["content-disposition"][:6]) == ("application/pdf", "inline")


def is_found(page: Page) -> bool:
    return "補正予算書.pdf" in page.request.get(f"/search?q={WORDS}").text()
