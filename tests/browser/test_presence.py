"""Who else is looking, and who is writing: seen quietly, by those in the room and by nobody else."""
import pytest
from playwright.sync_api import Page, expect

from tests.browser.doors import FUJIKURA, KASHIWAGI, SAEGUSA, enter, open_room
from tests.support.browser import ENDS, HEIGHTS, WIDTHS, OpenWindow, check_accessibility, check_no_sideways_scroll
from tests.support.servers import Served

pytestmark = pytest.mark.browser
TEAM = "窓口DX推進チーム"
HIDDEN = """(hidden) => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })
  document.dispatchEvent(new Event('visibilitychange')) }"""


def here(page: Page) -> str:
    return page.locator(".here").inner_text()


def test_whoever_opens_the_room_is_seen_and_gone_with_the_page(open_window: OpenWindow, shared_city: Served) -> None:
    one = open_room(enter(open_window(shared_city), FUJIKURA), TEAM)
    expect(one.locator(".here")).to_be_hidden()
    other = open_room(enter(open_window(shared_city), KASHIWAGI), TEAM)
    expect(one.locator(".here")).to_contain_text("柏木")
    expect(other.locator(".here")).to_contain_text("藤倉")
    other.evaluate(HIDDEN, True)
    expect(one.locator(".here .away")).to_have_text("柏木離席")
    other.evaluate(HIDDEN, False)
    expect(one.locator(".here .away")).to_have_count(0)
    other.goto("/directory")
    expect(one.locator(".here")).to_be_hidden()


def test_writing_is_seen_by_the_other_until_it_is_said_or_given_up(open_window: OpenWindow, shared_city: Served) -> None:
    reader = open_room(enter(open_window(shared_city), FUJIKURA), TEAM)
    writer = open_room(enter(open_window(shared_city), KASHIWAGI), TEAM)
    expect(reader.locator(".here")).to_contain_text("柏木")
    writer.locator("#compose").press_sequentially("いま書いて")
    expect(reader.locator(".writing")).to_have_text("柏木さんが書いています…")
    expect(writer.locator(".writing")).to_be_hidden()
    writer.locator("#compose").fill("")
    expect(reader.locator(".writing")).to_be_hidden()
    writer.locator("#compose").press_sequentially("いま送ります")
    expect(reader.locator(".writing")).to_be_visible()
    writer.keyboard.press("Control+Enter")
    expect(reader.locator("article.msg", has_text="いま送ります")).to_be_visible()
    expect(reader.locator(".writing")).to_be_hidden()


def test_a_reader_with_a_screen_reader_is_not_interrupted(open_window: OpenWindow, shared_city: Served) -> None:
    reader = open_room(enter(open_window(shared_city), FUJIKURA), TEAM)
    for shown in (reader.locator(".writing"), reader.locator(".here")):
        assert shown.evaluate("shown => !shown.closest('[aria-live]:not([aria-live=off]), [role=status], [role=alert]')")


def test_somebody_from_outside_sees_nobody_and_is_not_seen(open_window: OpenWindow, shared_city: Served) -> None:
    adviser = open_room(enter(open_window(shared_city), SAEGUSA), TEAM)
    member = open_room(enter(open_window(shared_city), FUJIKURA), TEAM)
    colleague = open_room(enter(open_window(shared_city), KASHIWAGI), TEAM)
    adviser.locator("#compose").press_sequentially("外から書いています")
    colleague.locator("#compose").press_sequentially("中から書いています")
    expect(member.locator(".writing")).to_have_text("柏木さんが書いています…")
    assert here(member).split("：")[-1].strip() == "柏木"
    assert adviser.locator(".here, .writing").count() == 0


def test_it_finds_its_place_at_every_width(open_window: OpenWindow, shared_city: Served) -> None:
    colleague = open_room(enter(open_window(shared_city), KASHIWAGI), TEAM)
    page = enter(open_window(shared_city), FUJIKURA)
    open_room(page, TEAM)
    for name, width in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        expect(page.locator(".here")).to_contain_text("柏木")
        colleague.locator("#compose").press_sequentially("書いています")
        expect(page.locator(".writing")).to_be_visible()
        check_no_sideways_scroll(page)
        if name in ENDS:
            check_accessibility(page)
