"""The frame and the components in Chromium: by keyboard, at each width, light and dark, and when the server is away."""
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.doors import ready
from tests.support.browser import ENDS, OpenWindow, check_accessibility, check_at_every_width, guard_of, until_on
from tests.support.servers import Served

ONE_REQUEST = 1
STOPS_IN_THE_MIDDLE = """() => {
  const kept = window.fetch
  window.fetch = (url, options) => {
    if (!String(url).includes('stops-here')) return kept(url, options)
    window.cameHalf = true
    const answer = new Response('', { headers: { 'Content-Type': 'text/html' } })
    const text = () => new Promise((_, fail) => options.signal.addEventListener('abort', () => fail(options.signal.reason)))
    return Promise.resolve(Object.assign(answer, { clone: () => ({ text }) }))
  }
}"""


def enter(page: Page) -> Page:
    """As the first person of the list."""
    return ready(walk_in(page))


def walk_in(page: Page) -> Page:
    page.goto("/sign-in")
    page.locator(".auth-person").first.click()
    page.wait_for_url(re.compile(r"/$"))
    return page


def focused(page: Page, what: str = "e => e.id") -> str:
    found: str = page.evaluate(f"({what})(document.activeElement)")
    return found


def test_the_gallery_is_open_to_everybody_at_every_width(desk: Page) -> None:
    enter(desk).goto("/ui/")
    expect(desk.locator("h1")).to_have_text("部品と状態の見本")
    check_at_every_width(desk, read=ENDS)


def test_the_gallery_is_open_to_everybody_in_the_dark(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city, color_scheme="dark"))
    page.goto("/ui/")
    check_accessibility(page)


def test_fingers_find_every_control(phone: Page) -> None:
    """44 px; links inside of running text are as tall as the text."""
    enter(phone).goto("/ui/")
    small = phone.evaluate("""() => [...document.querySelectorAll("button, summary, select, textarea, input, .btn")]
        .filter((e) => e.checkVisibility({ opacityProperty: true }) && !e.matches("[type=checkbox], [type=radio]"))
        .filter((e) => e.getBoundingClientRect().height < 44).map((e) => e.outerHTML.slice(0, 120))""")
    assert small == []


def test_the_first_key_leads_past_the_rail(desk: Page) -> None:
    enter(desk).goto("/ui/")
    desk.keyboard.press("Tab")
    assert focused(desk, "e => e.textContent") == "本文へ進む"
    desk.keyboard.press("Enter")
    assert focused(desk) == "main"


def test_ctrl_k_finds_a_person_and_goes_there(desk: Page) -> None:
    enter(desk)
    desk.keyboard.press("Control+k")
    box = desk.get_by_role("combobox", name="行き先")
    expect(box).to_be_focused()
    expect(desk.get_by_role("option", name="チャット")).to_be_visible()
    box.fill("みやうち")
    expect(desk.get_by_role("option", name=re.compile("宮内"))).to_be_visible()
    check_accessibility(desk, within="#jump")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("宮内")


@pytest.mark.parametrize("late", ["js/loading.js", "controllers/shortcut_controller.js"])
def test_a_shortcut_pressed_before_the_page_is_ready_is_answered_when_it_is(desk: Page, late: str) -> None:
    held: list[Route] = []
    enter(desk)
    desk.route(f"**/{late}*", lambda route: held.append(route))      # noqa: PLW0108 (Playwright wants a function of its own)
    desk.goto("/directory", wait_until="commit")
    until_on(desk, lambda: held, what="the script to be asked for")
    desk.locator("body:not(:empty)").wait_for(state="attached")
    expect(desk.locator("html:not([data-ready])")).to_be_attached()
    desk.keyboard.press("Control+k")
    for route in held:
        route.continue_()
    expect(desk.locator("#jump")).to_be_visible()


def test_escape_closes_what_was_opened_and_gives_the_focus_back(desk: Page) -> None:
    enter(desk)
    opener = desk.locator(".me > summary")
    opener.focus()
    desk.keyboard.press("Enter")
    desk.keyboard.press("ArrowDown")
    assert focused(desk, "e => e.tagName") == "A"
    desk.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(desk.locator(".me .menu-l")).to_be_hidden()


def test_a_name_typed_before_the_script_is_here_is_asked_for_when_it_is(desk: Page) -> None:
    held: list[Route] = []
    enter(desk)
    desk.route("**/person_picker_controller.js*", lambda route: held.append(route))      # noqa: PLW0108 (Playwright wants a function of its own)
    desk.goto("/ui/", wait_until="commit")
    desk.get_by_role("combobox", name="招く人").press_sequentially("みやうち")
    until_on(desk, lambda: held, what="the script to be asked for")
    for route in held:
        route.continue_()
    expect(desk.get_by_role("option", name=re.compile("宮内"))).to_be_visible()


def test_people_are_chosen_and_taken_back_by_keyboard(desk: Page) -> None:
    enter(desk).goto("/ui/")
    field = desk.get_by_role("combobox", name="招く人")
    chosen = desk.locator(".picker", has=field).locator(".chosen li")
    field.press_sequentially("みやうち")
    expect(desk.get_by_role("option", name=re.compile("宮内"))).to_be_visible()
    field.press("Enter")
    expect(chosen).to_have_count(3)
    field.press("Backspace")
    expect(chosen).to_have_count(2)


def test_a_conversions_enter_chooses_nobody(desk: Page) -> None:
    enter(desk).goto("/ui/")
    field = desk.get_by_role("combobox", name="招く人")
    field.press_sequentially("みやうち")
    expect(desk.get_by_role("option", name=re.compile("宮内"))).to_be_visible()
    field.evaluate("e => e.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true }))")
    expect(desk.locator(".picker", has=field).locator(".chosen li")).to_have_count(2)


def test_a_unit_stands_for_all_below_it(desk: Page) -> None:
    enter(desk).goto("/ui/")
    boxes, said = desk.locator(".org input[type=checkbox]"), desk.locator(".org output")
    boxes.nth(1).focus()
    desk.keyboard.press("ArrowRight")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Space")
    expect(said).to_have_text("1か所を選んでいます")
    assert boxes.nth(1).evaluate("e => e.indeterminate")
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("Space")
    expect(said).to_have_text("1か所を選んでいます")
    assert boxes.nth(2).is_checked()


def test_a_date_is_read_back_in_wareki(desk: Page) -> None:
    enter(desk).goto("/ui/")
    field = desk.get_by_label("期限", exact=False).first
    field.fill("R8.12.1")
    expect(desk.locator("output[for=f-due]")).to_have_text("令和8年12月1日（火）")
    field.blur()
    expect(field).to_have_value("令和8年12月1日（火）")


def test_what_cannot_be_undone_asks_for_the_name(desk: Page) -> None:
    enter(desk).goto("/ui/")
    desk.get_by_role("button", name="名前を入れて確かめる").click()
    yes = desk.get_by_role("button", name="閉じる", exact=True).and_(desk.locator("#asking-y"))
    expect(yes).to_be_disabled()
    desk.get_by_label("確かめるため「市民課」と入れてください").fill("市民課")
    expect(yes).to_be_enabled()
    check_accessibility(desk, within="#asking")


def test_short_words_stay_as_long_as_one_looks_at_them(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city, reduced_motion="reduce"))
    page.goto("/ui/")
    ready(page)
    page.clock.install()
    page.evaluate("dispatchEvent(new CustomEvent('toast:show', { detail: { text: '試しの知らせ', undo: () => 0 } }))")
    toast = page.locator(".toast", has_text="試しの知らせ")
    toast.hover()
    toast.get_by_role("button").first.focus()
    page.evaluate("document.activeElement.blur()")
    page.clock.run_for(60_000)
    expect(toast).to_be_visible()
    page.mouse.move(2, 2)
    page.clock.run_for(60_000)
    expect(toast).to_have_count(0)


def test_a_refused_form_keeps_what_was_written(desk: Page) -> None:
    guard_of(desk).expect("status of 422")
    enter(desk).goto("/chat/rooms/new")
    form = desk.locator("form[action='/chat/rooms']")
    form.locator("[name=name]").fill("   ")
    form.locator("[name=purpose]").fill("窓口の様式を見直します。")
    form.get_by_role("button", name="部屋をつくる").click()
    summary = form.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("部屋の名前を書いてください。")
    expect(form.locator("[name=purpose]")).to_have_value("窓口の様式を見直します。")
    expect(form.locator("[name=name]")).to_have_attribute("aria-invalid", "true")
    form.locator("[name=name]").evaluate("each => each.removeAttribute('maxlength')")
    form.locator("[name=name]").fill("窓口" * 100)
    form.get_by_role("button", name="部屋をつくる").click()
    expect(summary).to_contain_text("部屋の名前：")        # of the sentences that do not name their field themselves


def test_one_connection_outlives_the_pages(desk: Page) -> None:
    sockets: list[str] = []
    desk.on("websocket", lambda socket: sockets.append(socket.url))
    enter(desk)
    until_on(desk, lambda: len(sockets) == 1)
    desk.evaluate("window.same = true")
    for name in ("チャット", "ホーム", "チャット"):
        desk.locator(".rail-a", has_text=name).click()
        expect(desk.locator(".rail-a[aria-current=page]").first).to_contain_text(name)
    assert desk.evaluate("window.same")
    assert len(sockets) == ONE_REQUEST


def test_a_page_that_is_overtaken_while_it_comes_gives_way_without_a_word(desk: Page) -> None:
    enter(desk)
    desk.evaluate(STOPS_IN_THE_MIDDLE)
    desk.evaluate("Turbo.visit('/boards?stops-here')")
    desk.wait_for_function("window.cameHalf")
    desk.locator(".rail-a", has_text="チャット").click()
    desk.wait_for_url("**/chat")


def test_a_cut_connection_is_said_and_mended_by_itself(open_window: OpenWindow, city: Served) -> None:
    page = open_window(city)
    guard_of(page).expect("ERR_CONNECTION|WebSocket connection|Failed to fetch")
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    enter(page)
    until_on(page, lambda: sockets)
    told = page.locator(".connection p")
    city.end()
    expect(told).to_contain_text("書いたものは残っています", timeout=15_000)
    page.locator(".rail-a").nth(1).click()
    expect(page.locator(".toast")).to_contain_text("つながってから")
    assert page.url.endswith("/")
    city.start()
    expect(told).to_be_hidden(timeout=30_000)


def test_without_javascript_one_can_still_go_everywhere(open_window: OpenWindow, shared_city: Served) -> None:
    page = open_window(shared_city, 375, java_script_enabled=False)
    walk_in(page)
    expect(page.locator(".search")).to_be_hidden()
    page.locator(".rail .menu > summary").click()
    page.locator(".rail .menu-l").get_by_role("link", name="わたしの設定").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
