"""The DX side as people live it: a quarter's reporting round from a section to the CIO, and what is printed of it."""
from collections import Counter
from unicodedata import normalize

from playwright.sync_api import Page
from pypdfium2 import PdfDocument

from tests.browser.doors import FUJIKURA, INOUE, KASHIWAGI, SUWA, become, enter, pressed, ready
from tests.support.browser import OpenWindow, check_at_every_width
from tests.support.servers import Served

LINE = "窓口の聞き取りを終え、書かない窓口の様式を一つに決めた"
SHOWN = """() => {
  const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), found = []
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement
    if (at.checkVisibility() && !at.closest('.vh, title, datalist, option')) found.push(walk.currentNode.data)
  }
  return found.join('')
}"""
A4, A3, MARGIN = (595, 842), (1191, 842), 50       # points


def test_a_report_of_a_quarter_goes_from_its_section_to_the_cio_and_stands(open_window: OpenWindow, city_of_file: Served) -> None:
    page = open_window(city_of_file)
    enter(page, KASHIWAGI, "/governance/reports")
    page.get_by_role("row", name="M02").filter(has_text="未提出").get_by_role("link", name="M02").click()
    page.get_by_role("link", name="書く", exact=True).wait_for()
    address = page.url
    page.get_by_role("link", name="書く", exact=True).click()
    page.get_by_label("いまの様子を一行で").fill(LINE)
    check_at_every_width(page)
    pressed(page, "課長に出す")
    assert "課長の承認待ち" in page.get_by_role("list", name="進み方").locator("[aria-current]").inner_text()
    for who, act in ((FUJIKURA, "承認して行政管理課へ送る"), (INOUE, "連絡会議に出す")):
        become(page, who, address)
        pressed(page, act)
    become(page, SUWA, "/governance/survey")
    check_at_every_width(page)
    assert_sheets(page, A4, 1)
    page.get_by_role("region", name="判断がいるもの").get_by_role("link", name="M02").first.click()
    page.get_by_text(LINE).first.wait_for()
    check_at_every_width(page)
    pressed(page, "報告を受けた")
    become(page, INOUE, address)
    pressed(page, "凍結する")
    page.get_by_role("region", name="これまでの手続").get_by_text("報告を受けた").wait_for()
    become(page, KASHIWAGI, "/governance/measures/M02")
    page.get_by_role("region", name="この施策の歩み").get_by_text(LINE).wait_for()
    page.goto("/governance/roadmap")
    assert_sheets(ready(page), A3, 2)


def test_what_is_printed_of_a_team_and_of_a_measure_is_whole(open_window: OpenWindow, city_of_file: Served) -> None:
    page = enter(open_window(city_of_file), INOUE, "/teams")
    page.get_by_role("link", name="書かない窓口", exact=True).click()
    page.get_by_role("heading", name="書かない窓口", level=1).wait_for()
    here = page.url
    for more, most in (("", 2), ("/members", 1), ("/plans", 1), ("/tasks", 2)):
        page.goto(here + more)
        assert_sheets(ready(page), A4, most, MARGIN)
    page.goto("/governance/measures/M03")
    assert_sheets(ready(page), A4, 6, MARGIN)


def assert_sheets(page: Page, size: tuple[int, int], most: int, edge: int = 36) -> None:
    """Printed, it is on so many sheets of that size at most; all that is shown stands on them, nothing of it nearer to a side than ``edge``."""
    page.emulate_media(media="print")
    shown = page.evaluate(SHOWN)
    with PdfDocument(page.pdf(prefer_css_page_size=True)) as printed:
        texts = [each.get_textpage() for each in printed]
        assert 1 <= len(printed) <= most, len(printed)
        assert {tuple(map(round, each.get_size())) for each in printed} == {size}
        assert not Counter(plain(shown)) - Counter(plain("".join(each.get_text_range() for each in texts))), page.url
        for text in texts:
            places = [text.get_rect(number) for number in range(text.count_rects())]
            assert places
            assert all(left >= edge and bottom >= 0 and right <= size[0] - edge and top <= size[1] for left, bottom, right, top in places), page.url
    page.emulate_media(media="null")


def plain(text: str) -> str:
    return "".join(normalize("NFKC", text).split())
