"""The viewer when the page turns under the pen, when an answer comes late or not at all, and when the line was cut; in a real browser."""
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.doors import HASUMI, INOUE, KASHIWAGI, enter, ready
from tests.meetings.test_stories import SITTING, address
from tests.support.browser import OpenWindow, guard_of, until_on
from tests.support.servers import Served

pytestmark = pytest.mark.browser
MANIFESTS = re.compile("/files/pages/[^/]+$")
ADDRESS_BY_AND_BY = "async () => { await fetch(location.pathname); return location.href }"
INK = ".sheet:not(.beside) .inks path"
IS_KEPT = "() => !Object.keys(localStorage).some((name) => name.startsWith('notes:'))"      # nothing waits on this device


def hold(page: Page, address: str | re.Pattern[str]) -> list[Route]:
    """Requests there are on their way until the test answers them."""
    held: list[Route] = []
    page.route(address, lambda route: held.append(route))       # noqa: PLW0108 (Playwright wants a function of its own)
    return held


def open_viewer(page: Page, name: str, city: Served) -> Page:
    enter(page, name, f"{address(city, SITTING, '/meetings')}/viewing")
    expect(page.locator(".sheet:not(.beside) img")).to_have_attribute("src", re.compile("-1200$"))
    return page


def begin_line(page: Page, high: float) -> None:
    box = page.locator(".leaf").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * high)
    page.mouse.down()
    for step in range(1, 4):
        page.mouse.move(box["x"] + box["width"] * (0.2 + step * 0.05), box["y"] + box["height"] * high)


def turn(page: Page) -> None:
    """As a presenter does for whoever follows: whatever is being done at that moment."""
    page.get_by_role("button", name="次の頁", exact=True).dispatch_event("click")


def test_what_is_written_stays_on_the_page_on_which_it_was_begun(open_window: OpenWindow, shared_city: Served) -> None:
    page = open_viewer(open_window(shared_city), HASUMI, shared_city)
    number = page.locator("#vw-page")
    page.get_by_role("button", name="ペン", exact=True).click()
    begin_line(page, 0.3)
    turn(page)
    page.mouse.up()
    expect(number).to_have_value("2")
    expect(page.locator(INK)).to_have_count(0)
    page.keyboard.press("Home")
    expect(page.locator(INK)).to_have_count(1)
    page.get_by_role("button", name="文字", exact=True).click()
    begin_line(page, 0.6)
    page.mouse.up()
    page.locator("#vw-words").fill("一頁への一言")
    turn(page)
    page.get_by_role("button", name="書き込む").click()
    expect(number).to_have_value("2")
    expect(page.locator(".inks text")).to_have_count(0)
    page.keyboard.press("Home")
    expect(page.locator(".inks text")).to_have_text("一頁への一言")
    page.keyboard.press("g")
    page.keyboard.type("3")
    turn(page)
    page.keyboard.press("Enter")
    expect(number).to_have_value("3")
    expect(page).to_have_url(re.compile("page=3"))


def test_a_line_stays_in_sight_while_others_are_kept_and_when_the_first_answer_comes_late(open_window: OpenWindow, shared_city: Served) -> None:
    held: list[Route] = []
    page = open_window(shared_city)
    page.route("**/papers/*/notes", lambda route: held.append(route) if route.request.method == "GET" else route.continue_())
    ink = open_viewer(page, KASHIWAGI, shared_city).locator(INK)
    [route] = until_on(page, lambda: held)
    older = route.fetch()
    page.get_by_role("button", name="ペン", exact=True).click()
    begin_line(page, 0.3)
    page.mouse.up()
    page.wait_for_function(IS_KEPT)
    expect(ink).to_have_count(1)
    with page.expect_response("**/papers/*/notes"):
        route.fulfill(response=older)
    begin_line(page, 0.5)
    page.mouse.up()
    begin_line(page, 0.7)
    page.wait_for_function(IS_KEPT)
    expect(ink).to_have_count(3)
    page.mouse.up()


def test_a_paper_that_did_not_come_comes_when_it_is_chosen_again_and_disturbs_nobody_who_left(open_window: OpenWindow, shared_city: Served) -> None:
    page = open_viewer(open_window(shared_city), KASHIWAGI, shared_city)
    guard_of(page).expect("Failed to load resource|ERR_INTERNET|ERR_CONNECTION|ERR_NETWORK|WebSocket connection|Failed to fetch")
    second = page.locator("[data-viewer-target=papers] a").nth(1)
    page.route(MANIFESTS, lambda route: route.abort())
    with page.expect_event("requestfailed"):
        second.click()
    page.unroute_all()
    held = hold(page, MANIFESTS)
    second.click()
    until_on(page, lambda: held)
    page.get_by_role("link", name="次第と顔ぶれ").click()
    page.locator(".vw").wait_for(state="detached")
    where = page.url
    with page.expect_response(MANIFESTS):
        held[0].continue_()
    assert page.evaluate(ADDRESS_BY_AND_BY) == where
    page.unroute_all()
    page.go_back()
    second.click()
    expect(page.locator("[data-viewer-target=title]")).to_have_text("資料1-2")
    page.wait_for_function("async () => (await import('live')).live.state === 'online'")
    page.context.set_offline(True)
    page.wait_for_function("async () => (await import('live')).live.state === 'offline'")
    with page.expect_request("**/stack"):           # papers may have come meanwhile
        page.context.set_offline(False)


def test_minutes_that_grow_leave_alone_what_is_being_written_and_are_made_up_for(open_window: OpenWindow, shared_city: Served) -> None:
    sitting = address(shared_city, SITTING, "/meetings")
    page = enter(open_window(shared_city), INOUE, sitting)
    guard_of(page).expect("ERR_INTERNET|ERR_CONNECTION|ERR_NETWORK|WebSocket connection|Failed to fetch")
    page.wait_for_function("async () => (await import('live')).live.state === 'online'")
    page.get_by_role("link", name="議事録").first.click()         # a page that is newer than the connection
    block, held = page.locator(".rec").first, hold(page, "**/meetings/items/*/minutes")
    block.evaluate("each => { each.querySelector('h3').dataset.old = '' }")
    ready(page)
    page.context.set_offline(True)
    page.wait_for_function("async () => (await import('live')).live.state === 'offline'")
    page.context.set_offline(False)
    until_on(page, lambda: held, what="what was missed is asked for")
    block.locator("details summary").first.click()
    question = block.get_by_label("何について")
    question.fill("採決の途中の文")
    for route in held:
        route.continue_()
    page.unroute_all()
    expect(page.locator(".rec").last).to_have_attribute("complete", "")
    expect(question).to_have_value("採決の途中の文")
    question.fill(question.evaluate("each => each.defaultValue"))
    block.locator("details summary").first.click()
    page.get_by_role("heading", level=1).click()
    expect(block.locator("h3[data-old]")).to_have_count(0)


def test_what_is_written_while_an_entry_is_on_its_way_stands_in_the_next_one(open_window: OpenWindow, shared_city: Served) -> None:
    sitting = address(shared_city, SITTING, "/meetings")
    page = enter(open_window(shared_city), INOUE, f"{sitting}/minutes")
    fresh = page.request.get(f"{sitting}/minutes/composer?kind=remark").text()
    sent = hold(page, "**/entries")
    words = page.locator("#cb")
    words.fill("一つ目の発言。")
    words.press("Control+Enter")
    until_on(page, lambda: sent, what="the entry is on its way")
    words.press("End")
    page.keyboard.type("二つ目の途中")
    words.press("Control+Enter")
    sent[0].fulfill(status=200, content_type="text/html; charset=utf-8", body=fresh)
    expect(words).to_have_value("二つ目の途中")
    expect(words).to_be_focused()
    assert len(sent) == 1
    words.press("Control+Enter")
    until_on(page, lambda: len(sent) == 2, what="the next one too")
    page.locator(".rec details summary").first.focus()
    sent[1].fulfill(status=200, content_type="text/html; charset=utf-8", body=fresh)
    expect(words).to_have_value("")
    expect(page.locator(".rec details summary").first).to_be_focused()
