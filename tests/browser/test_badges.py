"""Numbers of what is unread: the same in every window, whatever was told at whatever moment."""
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doors import INOUE, KASHIWAGI, enter, open_room
from tests.browser.test_rooms import make_room, said, write
from tests.support.browser import OpenWindow, until_on
from tests.support.people import look_up
from tests.support.servers import Served

pytestmark = pytest.mark.browser


def test_what_is_set_back_to_unread_counts_again_in_every_window_and_no_badge_sticks(open_window: OpenWindow, shared_city: Served) -> None:
    make_room(owner := enter(open_window(shared_city), INOUE), "未読の数", invite="かしわぎ")
    for number in range(3):
        write(owner, f"数える投稿 {number}")
        expect(said(owner, f"数える投稿 {number}")).to_be_visible()
    page = open_room(enter(open_window(shared_city), KASHIWAGI), "未読の数")
    other = page.context.new_page()
    other.goto("/chat")
    row = other.locator(".rm", has_text="未読の数")
    expect(row.locator(".count")).to_be_hidden()
    second = said(page, "数える投稿 1")
    second.hover()
    second.get_by_role("button", name="ほかの操作").click()
    page.get_by_role("menuitem", name="ここから未読にする").click()
    expect(row.locator(".count")).to_have_text(re.compile("^2"))
    _badge_is_the_sum(other)
    open_room(other, "未読の数")
    expect(other.locator(".rm", has_text="未読の数").locator(".count")).to_be_hidden()
    _badge_is_the_sum(other)


def test_a_badge_told_while_a_page_was_still_loading_does_not_stick(open_window: OpenWindow, shared_city: Served) -> None:
    _unread_room(open_window(shared_city), "遅れて開く", "先に読まれる投稿")
    page = enter(open_window(shared_city), KASHIWAGI, "/")
    late, held = page.context.new_page(), []
    late.route("**/rooms_controller.js*", lambda route: held.append(route))     # noqa: PLW0108 (Playwright wants a function of its own)
    late.goto("/chat")
    late.wait_for_function("async () => (await import('live')).live.state === 'online'")
    expect(late.locator(".rm", has_text="遅れて開く").locator(".count")).to_be_visible()
    page.goto("/chat")
    open_room(page, "遅れて開く")
    expect(page.locator(".rm", has_text="遅れて開く").locator(".count")).to_be_hidden()
    read = """select 1 from chat_member m join chat_room r on r.id = m.room_id join directory_user u on u.id = m.user_id
        where r.name = '遅れて開く' and u.family_name = '柏木' and m.read_seq = 1"""
    until_on(page, lambda: look_up(shared_city, read), what="the cursor is kept")
    held[0].continue_()
    expect(late.locator(".rm", has_text="遅れて開く").locator(".count")).to_be_hidden()


def test_a_badge_told_while_the_list_was_under_way_does_not_stick(open_window: OpenWindow, shared_city: Served) -> None:
    _unread_room(open_window(shared_city), "途中で読む", "一覧の途中で読まれる投稿")
    page = enter(open_window(shared_city), KASHIWAGI, "/")
    late, held = page.context.new_page(), []
    late.route("**/chat/list*", lambda route: held.append((route, route.fetch())))
    late.goto("/chat")
    badge = late.locator(".rm", has_text="途中で読む").locator(".count")
    expect(badge).to_be_visible()
    until_on(late, lambda: held, what="the list is under way")
    page.goto("/chat")
    open_room(page, "途中で読む")
    expect(badge).to_be_hidden()
    badge.evaluate("badge => badge.setAttribute('data-before', '')")
    for route, answer in held:
        route.fulfill(response=answer)
    late.wait_for_function("() => !document.querySelector('[data-before]')")
    expect(badge).to_be_hidden()


def test_a_list_gone_back_to_shows_what_was_told_on_another_page(open_window: OpenWindow, shared_city: Served) -> None:
    owner = _unread_room(open_window(shared_city), "戻って見る", "離れる前の投稿")
    page = open_room(enter(open_window(shared_city), KASHIWAGI), "戻って見る")
    row = page.locator(".rm", has_text="戻って見る")
    expect(row.locator(".count")).to_be_hidden()
    page.get_by_role("navigation", name="主な機能").get_by_role("link", name="掲示板").click()
    page.locator("#list-h").wait_for()
    write(owner, "離れた間の投稿")
    make_room(owner, "離れた間の部屋", invite="かしわぎ")
    room = look_up(shared_city, "select id from chat_room where name = ?", "戻って見る")[0][0]
    page.wait_for_function("async (room) => (await import('chat/told')).told.of(room).line?.includes('離れた間の投稿')", arg=room)
    page.go_back()
    expect(row.locator("[data-line]")).to_have_text(re.compile("離れた間の投稿"))
    expect(page.locator(".rm", has_text="離れた間の部屋")).to_be_visible()


def test_the_rail_counts_what_is_said_while_one_reads_another_page(open_window: OpenWindow, shared_city: Served) -> None:
    make_room(owner := enter(open_window(shared_city), INOUE), "よそにいる間", invite="かしわぎ")
    page = enter(open_window(shared_city), KASHIWAGI, "/boards")
    page.wait_for_function("async () => (await import('live')).live.state === 'online'")
    number = page.get_by_role("navigation", name="主な機能").locator("[data-endpoint='chat.index'] .count span").first
    before = int(number.text_content() or 0)
    for text in ("よそで読めない一言", "もう一言"):
        write(owner, text)
        expect(said(owner, text)).to_be_visible()
    expect(number).not_to_have_text(str(before))
    expect(number).to_be_visible()


def _badge_is_the_sum(page: Page) -> None:
    page.wait_for_function("""() => { const shown = (element) => element && !element.hidden ? parseInt(element.textContent) || 0 : 0
      const rail = shown([...document.querySelectorAll('.rail a')].find((a) => a.textContent.includes('チャット')).querySelector('.count'))
      return rail === [...document.querySelectorAll('.rm .count')].reduce((sum, each) => sum + shown(each), 0) }""")


def _unread_room(owner: Page, name: str, text: str) -> Page:
    """With one message, unread by the colleague who was invited; the window of its owner."""
    make_room(enter(owner, INOUE), name, invite="かしわぎ")
    write(owner, text)
    expect(said(owner, text)).to_be_visible()
    return owner
