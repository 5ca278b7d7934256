"""A meeting in real browsers: papers are leafed through together, by keyboard, with notes for oneself, over a cut line."""
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doors import FUJIKURA, INOUE, KASHIWAGI, enter, ready
from tests.meetings.test_stories import SITTING, address
from tests.support.browser import OpenWindow, check_accessibility, check_no_sideways_scroll, guard_of, keep_screenshot
from tests.support.servers import Served

pytestmark = pytest.mark.browser
PATIENCE = 20_000


def on_page(page: Page, number: int) -> None:
    expect(page.locator("#vw-page")).to_have_value(str(number), timeout=PATIENCE)


def sharp(page: Page) -> None:
    """The large picture of the page is there, drawn."""
    picture = page.locator(".sheet:not(.beside) img")
    expect(picture).to_have_attribute("src", re.compile("-1200$"), timeout=PATIENCE)
    page.wait_for_function("document.querySelector('.sheet img').naturalWidth >= 1199", timeout=PATIENCE)


def draw(page: Page) -> None:
    box = page.locator(".leaf").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.3)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + box["width"] * (0.2 + step * 0.04), box["y"] + box["height"] * (0.3 + step % 3 * 0.02))
    page.mouse.up()


def write_without_a_line(page: Page) -> None:
    page.get_by_role("button", name="ペン", exact=True).click()
    guard_of(page).expect("ERR_INTERNET|ERR_CONNECTION|ERR_NETWORK|WebSocket connection|Failed to fetch")
    page.context.set_offline(True)            # the line is cut: what is written stays
    draw(page)
    expect(page.locator(".sheet:not(.beside) .inks path")).to_have_count(1)
    page.context.set_offline(False)
    expect(page.locator(".priv")).to_have_text("自分だけに見えます", timeout=PATIENCE)
    keep_screenshot(page, "meeting-viewer-member")
    page.keyboard.press("Escape")


def test_a_meeting_is_held_on_three_screens_together_by_keyboard_and_with_private_notes(
        city: Served, open_window: OpenWindow) -> None:
    where = f"{address(city, SITTING, '/meetings')}/viewing"
    presenter, member = enter(open_window(city), INOUE, where), enter(open_window(city, 820), FUJIKURA, where)
    sharp(presenter)
    sharp(member)
    for page in (presenter, member):
        check_accessibility(page)
        check_no_sideways_scroll(page)
    presenter.get_by_role("button", name="発表者になる").click()
    expect(member.locator(".vw-p")).to_contain_text("井上 慎一さん", timeout=PATIENCE)
    presenter.keyboard.press("ArrowRight")
    on_page(member, 2)
    member.keyboard.press("Home")               # everybody leafs freely
    on_page(member, 1)
    presenter.keyboard.press("End")
    expect(member.locator(".chipf .btn")).to_contain_text("発表者は p.3", timeout=PATIENCE)
    on_page(member, 1)
    write_without_a_line(member)
    member.keyboard.press("f")
    on_page(member, 3)
    late = enter(open_window(city, 375), KASHIWAGI, where)
    on_page(late, 3)                            # right at once
    sharp(late)
    check_no_sideways_scroll(late)
    expect(late.locator(".inks path")).to_have_count(0)
    late.keyboard.press("n")
    expect(late.locator("[data-viewer-target=title]")).to_have_text("資料1-2")
    presenter.get_by_role("button", name="全員こちらへ").click()
    expect(late.locator("[data-viewer-target=title]")).to_have_text("資料1-1", timeout=PATIENCE)
    on_page(late, 3)
    keep_screenshot(late, "meeting-viewer-late")
    presenter.get_by_role("button", name="二つの資料を並べる").click()
    expect(presenter.locator(".beside img")).to_be_visible()
    keep_screenshot(presenter, "meeting-viewer-presenter")
    presenter.get_by_role("button", name="発表者を替える").click()
    presenter.locator("#vw-to").select_option(label=presenter.locator("#vw-to option", has_text=FUJIKURA).inner_text())
    presenter.get_by_role("button", name="替える", exact=True).click()
    expect(member.locator(".vw-p")).to_have_text("あなたが発表しています", timeout=PATIENCE)
    member.keyboard.press("Home")
    on_page(presenter, 1)
    late.locator(".chipf .btn").click()         # who had leafed away was called once, and is free until they wish
    on_page(late, 1)
    member.reload()
    ready(member)
    expect(member.locator(".sheet:not(.beside) .inks path")).to_have_count(1, timeout=PATIENCE)
