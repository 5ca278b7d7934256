"""Rooms as their people make, find, leave and close them; in real browsers, each act by the keyboard where a person would."""
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.doors import FUJIKURA, HASUMI, INOUE, KASHIWAGI, SAEGUSA, enter, in_room, open_room
from tests.support.browser import OpenWindow, guard_of
from tests.support.people import Visitor, look_up
from tests.support.servers import Served

pytestmark = pytest.mark.browser
TEAM = "窓口DX推進チーム"
LOSES_A_WORD = """window.WebSocket = class extends WebSocket { set onmessage(hear) {
  super.onmessage = (event) => /^42."chat.change".*途中で消えた一言/.test(event.data) || hear(event) } }"""
IS_BUSY_ONCE = """async () => { const { live } = await import('live'), ask = live.request.bind(live)
  live.request = (event, data) => { live.request = ask; return Promise.resolve({ ok: false, status: 503 }) } }"""
DROP = """(box) => { const moved = new DataTransfer(); moved.items.add(new File(['窓口,数\\n転入,5\\n'], '置いた表.csv', { type: 'text/csv' }))
  for (const type of ['dragover', 'drop']) box.dispatchEvent(new DragEvent(type, { dataTransfer: moved, bubbles: true, cancelable: true })) }"""
PASTE = """(box) => { const copied = new DataTransfer(); copied.items.add(new File(['写し'], '貼った文.txt', { type: 'text/plain' }))
  box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: copied, bubbles: true, cancelable: true })) }"""


def write(page: Page, text: str) -> None:
    page.locator("#compose").fill(text)
    page.keyboard.press("Control+Enter")


def said(page: Page, text: str) -> Locator:
    return page.locator("article[data-seq]", has_text=text).last


def make_room(page: Page, name: str, *, kind: str = "招かれた人の部屋", invite: str = "") -> None:
    """By the keyboard alone."""
    page.goto("/chat/rooms/new")
    page.get_by_label("部屋の名前").focus()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.get_by_label(kind).focus()
    page.keyboard.press("Space")
    if invite:
        page.get_by_role("combobox", name="招く人").focus()
        page.keyboard.type(invite)
        page.get_by_role("option").first.wait_for()
        page.keyboard.press("Enter")
    page.get_by_role("button", name="部屋をつくる").focus()
    page.keyboard.press("Enter")
    in_room(page, name)


def test_a_room_is_made_with_a_colleague_who_finds_it_at_once_and_is_put_away_for_both(open_window: OpenWindow, shared_city: Served) -> None:
    colleague = enter(open_window(shared_city), FUJIKURA)
    owner = enter(open_window(shared_city), KASHIWAGI)
    make_room(owner, "様式の打合せ", invite="ふじくら")
    room = colleague.locator(".rm", has_text="様式の打合せ")
    expect(room).to_be_visible()
    open_room(colleague, "様式の打合せ")
    write(colleague, "つくってくださって、ありがとうございます。")
    expect(said(owner, "ありがとうございます。")).to_be_visible()
    expect(owner.locator(".unreadline")).to_have_count(0)
    expect(owner.locator(".dateline")).to_have_count(1)
    owner.get_by_role("link", name="この部屋の設定").press("Enter")
    owner.get_by_role("button", name="保管する").focus()
    owner.locator("#panel").dispatch_event("turbo:frame-load")      # told late, when somebody is already further
    owner.keyboard.press("Enter")
    owner.get_by_role("alertdialog").get_by_role("button", name="保管する").press("Enter")
    for page in (owner, colleague):
        expect(page.get_by_text("この部屋は保管されています。")).to_be_visible()
        expect(page.locator("#compose")).to_have_count(0)
    expect(said(colleague, "ありがとうございます。")).to_have_class(re.compile("mine"))        # what was there stays in sight
    expect(colleague.locator(".undressed")).to_have_count(0)


def test_an_open_room_is_looked_into_joined_and_left_and_no_outsider_finds_it(open_window: OpenWindow, shared_city: Served) -> None:
    make_room(owner := enter(open_window(shared_city), INOUE), "休憩室の本棚", kind="だれでも入れる部屋")
    write(owner, "読み終えた本を置いてください。")
    expect(said(owner, "読み終えた本")).to_be_visible()
    page = enter(open_window(shared_city), KASHIWAGI, "/chat/rooms/joinable")
    page.get_by_role("link", name="休憩室の本棚").press("Enter")
    expect(said(page, "読み終えた本")).to_be_visible()
    page.get_by_role("button", name="部屋に入る").press("Enter")
    write(page, "一冊置きました。")
    expect(said(owner, "一冊置きました。")).to_be_visible()
    page.get_by_role("link", name="この部屋の設定").press("Enter")
    page.get_by_role("button", name="部屋を出る").press("Enter")
    page.get_by_role("alertdialog").get_by_role("button", name="部屋を出る").press("Enter")
    page.wait_for_url("**/chat")
    expect(page.locator(".rm", has_text="休憩室の本棚")).to_have_count(0)
    outsider = enter(open_window(shared_city), SAEGUSA, "/chat/rooms/joinable")
    assert "休憩室の本棚" not in outsider.content()
    room = look_up(shared_city, "select id from chat_room where name = '休憩室の本棚'")[0][0]
    assert outsider.request.get(f"/chat/rooms/{room}").status == 404


def test_in_a_room_of_announcements_few_post_and_all_answer(open_window: OpenWindow, shared_city: Served) -> None:
    make_room(owner := enter(open_window(shared_city), INOUE), "停電のお知らせ", kind="知らせの部屋", invite="かしわぎ")
    write(owner, "土曜日の朝に電気が止まります。")
    reader = open_room(enter(open_window(shared_city), KASHIWAGI), "停電のお知らせ")
    expect(reader.locator("#compose")).to_be_disabled()
    notice = said(reader, "電気が止まります。")
    notice.focus()
    reader.keyboard.press("r")
    expect(reader.locator("#compose")).to_be_focused()
    reader.keyboard.type("冷蔵庫は空けておきます。")
    reader.keyboard.press("Control+Enter")
    expect(said(owner, "冷蔵庫は空けておきます。")).to_contain_text("電気が止まります。")


def test_two_talk_alone_and_nobody_can_be_brought_in(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city), KASHIWAGI, "/chat/rooms/new")
    page.get_by_role("combobox", name="相手").focus()
    page.keyboard.type("いのうえ")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="この人と話す").focus()
    page.keyboard.press("Enter")
    in_room(page, INOUE)
    write(page, "二人だけの相談です。")
    expect(said(page, "二人だけの相談です。")).to_be_visible()
    page.get_by_role("link", name="この部屋の人").press("Enter")
    expect(page.get_by_text("ほかの人を招くことはできません。")).to_be_visible()
    expect(page.get_by_role("combobox", name="人を招く")).to_have_count(0)
    address = page.url
    other = open_room(enter(open_window(shared_city), INOUE), KASHIWAGI)
    expect(said(other, "二人だけの相談です。")).to_be_visible()
    assert enter(open_window(shared_city), HASUMI).request.get(address).status == 404


def test_who_is_taken_out_is_led_away_at_once_and_hears_no_more(open_window: OpenWindow, shared_city: Served) -> None:
    make_room(owner := enter(open_window(shared_city), INOUE), "人選の相談", invite="かしわぎ")
    page = open_room(enter(open_window(shared_city), KASHIWAGI), "人選の相談")
    guard_of(page).expect("status of 404")
    owner.get_by_role("link", name="この部屋の人").click()
    owner.locator(".people li", has_text=KASHIWAGI).get_by_role("button", name="外す").click()
    owner.get_by_role("alertdialog").get_by_role("button", name="外す").click()
    page.wait_for_url("**/chat")
    expect(page.locator(".rm", has_text="人選の相談")).to_have_count(0)
    write(owner, "ここからは内密です。")
    expect(said(owner, "ここからは内密です。")).to_be_visible()
    open_room(page, TEAM)
    assert "ここからは内密です。" not in page.content()


def test_a_file_may_be_dropped_or_pasted(open_window: OpenWindow, shared_city: Served) -> None:
    page = open_room(enter(open_window(shared_city), KASHIWAGI), TEAM)
    page.locator("form.composer").evaluate(DROP)
    page.locator("#compose").evaluate(PASTE)
    for name in ("置いた表.csv", "貼った文.txt"):
        expect(page.locator(".attaching [data-state=kept]", has_text=name)).to_be_visible()
    write(page, "二つ付けました")
    mine = said(page, "二つ付けました")
    for name in ("置いた表.csv", "貼った文.txt"):
        expect(mine.get_by_role("link", name=name, exact=True)).to_be_visible()


def test_a_new_message_is_told_politely_and_ones_own_is_not(open_window: OpenWindow, shared_city: Served) -> None:
    listener = open_room(enter(open_window(shared_city), FUJIKURA), TEAM)
    writer = open_room(enter(open_window(shared_city), KASHIWAGI), TEAM)
    write(writer, "耳でも分かる一言")
    polite = listener.locator("[aria-live=polite]", has_text="耳でも分かる一言")
    expect(polite).to_have_text(re.compile(rf"{KASHIWAGI}：耳でも分かる一言"))
    expect(said(writer, "耳でも分かる一言")).to_be_visible()
    expect(writer.locator("[aria-live=polite]", has_text="耳でも分かる一言")).to_have_count(0)


def test_what_was_missed_is_asked_for_again_when_the_server_was_too_busy(open_window: OpenWindow, shared_city: Served) -> None:
    page = open_window(shared_city)
    page.add_init_script(LOSES_A_WORD)
    open_room(enter(page, FUJIKURA), TEAM)
    page.evaluate(IS_BUSY_ONCE)
    room = look_up(shared_city, "select id from chat_room where name = ?", TEAM)[0][0]
    with Visitor(shared_city, "002977") as other:
        for number, text in enumerate(("途中で消えた一言", "届いた一言")):
            other.post(f"/chat/rooms/{room}/messages", {"text": text, "key": f"busy-once-{number}"})
    expect(said(page, "届いた一言")).to_be_visible()
    expect(said(page, "途中で消えた一言")).to_be_visible(timeout=20_000)


def test_a_page_that_was_away_shows_what_a_fresh_one_shows(city: Served, open_window: OpenWindow) -> None:
    """Edits, tombstones, replies that quote them, stamps, counts, the room's own words: state and changes, by the page's own program."""
    away = enter(open_window(city), FUJIKURA)
    guard_of(away).expect("ERR_INTERNET|ERR_CONNECTION|WebSocket connection|Failed to fetch")
    open_room(away, TEAM)
    with Visitor(city, "002977") as other:
        room = look_up(city, "select id from chat_room where name = ?", TEAM)[0][0]
        ids = [other.post(f"/chat/rooms/{room}/messages", {"text": f"切れる前 {n}", "key": f"before-{n}-away"}).json()["id"] for n in range(3)]
        for n, root in enumerate(ids):
            other.post(f"/chat/rooms/{room}/messages", {"text": f"それへの返信 {n}", "key": f"reply-{n}-away", "reply_to": root})
        expect(said(away, "それへの返信 2")).to_be_visible()
        city.end()
        expect(away.locator(".connection p")).to_contain_text("書いたものは残っています", timeout=20_000)
        city.start()
        other.post(f"/chat/messages/{ids[0]}/text", {"text": "直しました", "revision": 1})
        other.post(f"/chat/messages/{ids[1]}/removal")
        other.post(f"/chat/messages/{ids[2]}/stamps", {"stamp": "承知", "pressed": True})
        other.post(f"/chat/rooms/{room}/messages", {"text": "いない間の一言", "key": "while-away-1"})
    expect(said(away, "いない間の一言")).to_be_visible(timeout=40_000)
    fresh = open_room(enter(open_window(city), FUJIKURA), TEAM)
    expect(said(fresh, "いない間の一言")).to_be_visible()
    assert said_by(away) == said_by(fresh)


def said_by(page: Page) -> list[list[str]]:
    """Of the last ten messages, as they stand there."""
    shown: list[list[str]] = page.locator("article[data-seq]").evaluate_all(
        "all => all.slice(-10).map(one => [one.dataset.seq, one.dataset.change, one.innerText])")
    return shown
