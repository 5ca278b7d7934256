"""The bell as people live with it: a line comes, is opened, is read in every window; the browser's own notification; in real browsers."""
import re
from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import Page, WebSocket, expect

from tests.browser.doors import FUJIKURA, HASUMI, KASHIWAGI, enter, open_room, ready
from tests.support.browser import OpenWindow, check_accessibility, check_no_sideways_scroll, guard_of, until_on
from tests.support.servers import Served

pytestmark = pytest.mark.browser
PATIENCE = 20_000
BELL = "お知らせ"
SHOWN = """window.shown = []; window.Notification = class {
  constructor(title, options) { window.shown.push({ title, ...options, click: () => this.onclick() }) }
  close() {} static permission = 'default'; static async requestPermission() { return (window.Notification.permission = 'granted') } }"""

# How often a screen reader was told: what is said next takes its place.
HEARD = """window.heard = 0; new MutationObserver(() => {
  if (document.getElementById('announcer')?.textContent.startsWith('お知らせが届きました。')) window.heard++
}).observe(document, { childList: true, subtree: true, characterData: true })"""


def call_out(page: Page, room: str, words: str) -> None:
    open_room(page, room)
    page.locator("#compose").focus()
    page.keyboard.type("@かしわぎ")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    expect(page.locator("article[data-seq]", has_text=words.strip()).last).to_be_visible(timeout=PATIENCE)


def count_of(page: Page) -> int:
    return int(page.locator(".bell .count").inner_text() or 0)


def test_the_bell_opens_by_the_keyboard_and_what_is_read_in_one_window_is_read_in_the_other(city: Served, open_window: OpenWindow) -> None:
    desk, phone = enter(open_window(city), FUJIKURA, "/"), enter(open_window(city, 375), FUJIKURA, "/notifications")
    check_no_sideways_scroll(phone)
    check_accessibility(phone)
    before, shown = count_of(desk), phone.locator("#stream li.new").count()
    assert before >= shown > 3          # a page of them
    desk.locator(".bell > a").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#bell-panel .talk").first).to_be_visible(timeout=PATIENCE)
    check_accessibility(desk)
    desk.keyboard.press("Escape")
    expect(desk.locator("#bell")).to_be_hidden()
    expect(desk.locator(".bell > a")).to_be_focused()
    phone.get_by_role("button", name=re.compile("^読んだことにする")).first.click()
    expect(phone.locator("#stream li.new")).to_have_count(shown - 1, timeout=PATIENCE)
    expect(desk.locator(".bell .count")).to_have_text(str(before - 1), timeout=PATIENCE)
    desk.goto("/notifications")
    ready(desk)
    desk.locator("[data-told]").first.focus()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("r")
    expect(desk.locator("#stream li.new")).to_have_count(shown - 2, timeout=PATIENCE)
    desk.locator("#stream li.new [data-told]").first.focus()
    desk.keyboard.press("Enter")
    expect(desk.locator("#stream")).to_have_count(0, timeout=PATIENCE)
    expect(desk.locator(".bell .count")).to_have_text(str(before - 3), timeout=PATIENCE)


def test_the_bell_knows_what_was_read_elsewhere_while_the_line_was_cut(city: Served, open_window: OpenWindow) -> None:
    desk, phone = enter(open_window(city), FUJIKURA, "/directory"), enter(open_window(city, 375), FUJIKURA, "/notifications")
    desk.wait_for_function("async () => (await import('live')).live.state === 'online'")
    before, shown = count_of(desk), phone.locator("#stream li.new").count()
    guard_of(desk).expect("ERR_INTERNET_DISCONNECTED|WebSocket")
    desk.context.set_offline(True)
    desk.wait_for_function("async () => (await import('live')).live.state !== 'online'")
    phone.get_by_role("button", name=re.compile("^読んだことにする")).first.click()
    expect(phone.locator("#stream li.new")).to_have_count(shown - 1, timeout=PATIENCE)
    assert count_of(desk) == before
    desk.context.set_offline(False)
    expect(desk.locator(".bell .count")).to_have_text(str(before - 1), timeout=PATIENCE)


def test_the_settings_are_kept_and_the_browser_is_asked_by_a_press_only_and_says_no_content(city: Served, open_window: OpenWindow) -> None:
    city.start_helper()
    reader = open_window(city)
    reader.add_init_script(SHOWN)
    enter(reader, KASHIWAGI, "/notifications/settings")
    check_accessibility(reader)
    assert reader.evaluate("Notification.permission") == "default"
    reader.get_by_role("button", name="この端末で知らせる").click()
    expect(reader.get_by_role("button", name="この端末では知らせない")).to_be_visible()
    reader.get_by_label("夜間").uncheck()
    reader.get_by_label("土曜・日曜・祝日・年末年始").uncheck()
    reader.get_by_role("button", name="保存する").click()
    expect(reader.get_by_text("保存しました。")).to_be_visible(timeout=PATIENCE)
    expect(reader.get_by_label("夜間")).not_to_be_checked()
    reader.evaluate("Notification.permission = 'granted'; document.hasFocus = () => false")
    writer = enter(open_window(city), FUJIKURA)
    call_out(writer, "窓口DX推進チーム", " 様式の秘密")
    until_on(reader, lambda: reader.evaluate("window.shown.length"), 20, "the browser's notification")
    [shown] = reader.evaluate("window.shown.map(({ title, body }) => ({ title, body }))")
    assert shown == {"title": "つながる", "body": "あなた宛て"}
    reader.evaluate("window.shown[0].click()")
    reader.wait_for_url("**/chat/rooms/**", timeout=PATIENCE)


def test_of_several_tabs_one_alone_rings_though_another_was_first_and_is_closed(city: Served, open_window: OpenWindow) -> None:
    city.start_helper()
    first = enter(open_window(city), KASHIWAGI, "/notifications/settings")
    first.get_by_label("夜間").uncheck()
    first.get_by_label("土曜・日曜・祝日・年末年始").uncheck()
    first.get_by_role("button", name="保存する").click()
    expect(first.get_by_text("保存しました。")).to_be_visible(timeout=PATIENCE)
    tabs = [first.context.new_page() for _ in range(3)]
    first.close()
    joined: list[Page] = []
    for tab in tabs:
        tab.on("websocket", partial(_when_it_listens, partial(joined.append, tab)))
        tab.add_init_script(SHOWN)
        tab.add_init_script(HEARD)
        tab.goto(f"{city.url}/notifications")
        ready(tab)
        tab.evaluate("Notification.permission = 'granted'; document.hasFocus = () => false")
    writer = enter(open_window(city), FUJIKURA)
    until_on(writer, lambda: set(tabs) <= set(joined), PATIENCE / 1000, "every tab listens")
    call_out(writer, "窓口DX推進チーム", " ひとつめ")
    _all_have_heard(tabs)
    assert sum(map(shown_in, tabs)) == 1


def _when_it_listens(then: Callable[[], None], socket: WebSocket) -> None:
    """The server lets in with a packet 40, and tells from then on."""
    socket.on("framereceived", lambda said: then() if str(said).startswith("40") else None)


def shown_in(tab: Page) -> int:
    return int(tab.evaluate("window.shown.length"))


def _all_have_heard(tabs: list[Page]) -> None:
    """A screen reader is told in each of them, by the very message that rings."""
    for tab in tabs:
        until_on(tab, partial(tab.evaluate, "window.heard"), PATIENCE / 1000)


def test_the_administrator_sees_that_no_mail_goes_out(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city, 820), HASUMI, "/notifications/post")
    expect(page.get_by_text("メールは出ていません。")).to_be_visible()
    check_accessibility(page)
    check_no_sideways_scroll(page)
    page.goto("/notifications/alarms")
    check_accessibility(ready(page))
    page.goto("/notifications/code")
    check_accessibility(ready(page))
