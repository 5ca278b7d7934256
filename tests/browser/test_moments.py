"""What comes at the worst moment: an answer that was on its way, a word of somebody else's while a hand is busy; in a real browser."""
import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.doors import FUJIKURA, enter, open_room, ready
from tests.support.browser import OpenWindow, guard_of, until_on
from tests.support.people import Visitor, look_up
from tests.support.servers import Served

pytestmark = pytest.mark.browser
TEAM, INOUE = "窓口DX推進チーム", "002662"
ANSWERS_LATE = """async () => { const { live } = await import('live'), ask = live.request.bind(live)
  live.request = (event, data) => event === 'chat.changes' ? new Promise((answer) => { window.answer = answer }) : ask(event, data) }"""
IS_TOLD = """async () => { const { live } = await import('live')
  window.told = window.visits = 0
  addEventListener('turbo:visit', () => { window.visits += 1 })
  live.on('notifications.new', () => setTimeout(() => { window.told += 1 }, 500)) }"""
LOOK_ANEW = """async () => { const { lookAnew } = await import('ui/anew')
  await new Promise((then) => { addEventListener('turbo:morph', then, { once: true }); lookAnew() }) }"""
VISITS = """async () => { let visits = 0
  addEventListener('turbo:visit', () => visits += 1)
  window.answer({ ok: true, more: true })
  await new Promise((then) => setTimeout(then))
  return visits }"""


def hold(page: Page, address: str) -> list[Route]:
    """Requests there are on their way until the test lets them go."""
    held: list[Route] = []
    page.route(address, lambda route: held.append(route))      # noqa: PLW0108 (Playwright wants a function of its own)
    return held


def let_go(page: Page, held: list[Route]) -> None:
    until_on(page, lambda: held, what="the request to be under way")
    for route in held:
        route.continue_()


def test_what_others_do_to_a_message_leaves_the_hand_that_is_on_it_alone(open_window: OpenWindow, shared_city: Served) -> None:
    page = open_room(enter(open_window(shared_city), FUJIKURA), TEAM)
    page.locator("#compose").fill("だれかの手が重なる投稿")
    page.keyboard.press("Control+Enter")
    mine = page.locator("article[data-seq]", has_text="だれかの手が重なる投稿").last
    mine.wait_for()
    with Visitor(shared_city, "002977") as other:
        def stamp(word: str) -> None:
            other.post(f"/chat/messages/{mine.get_attribute('data-id')}/stamps", {"stamp": word, "pressed": True})
        held = hold(page, "**/source")
        mine.press("e")
        mine.press("e")                             # once more, for nothing was to be seen yet
        stamp("承知")
        expect(mine.locator("[data-stamp=承知]")).to_be_visible()
        let_go(page, held)
        words = page.get_by_label("投稿を直す")      # one, on the message as it is by now
        words.fill("長い直しの途中")
        before = mine.get_attribute("data-change")
        stamp("感謝")
        page.locator(f"article[data-change='{before}']").evaluate("async (each) => { while (!each.newer) await new Promise(requestAnimationFrame) }")
        expect(words).to_have_value("長い直しの途中")
        words.press("Escape")
        expect(mine.locator("[data-stamp=感謝]")).to_be_visible()
        expect(mine).to_be_focused()
        mine.get_by_role("button", name="印を押す").press("Enter")
        stamp("完了")
        page.get_by_role("menuitem", name="承知").press("Enter")
    expect(mine.locator("[data-stamp=承知]")).to_have_attribute("aria-pressed", "true")
    expect(mine.locator("[data-stamp=完了]")).to_be_visible()
    expect(mine.get_by_role("button", name="印を押す")).to_be_focused()


def test_a_room_that_is_pressed_opens_though_the_list_is_made_anew_meanwhile(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city), FUJIKURA)
    page.wait_for_function("async () => (await import('live')).live.state === 'online'")
    page.locator(".rm", has_text=TEAM).hover()
    page.mouse.down()
    _invited(shared_city, "押している間にできた部屋")
    expect(page.locator(".rm", has_text="押している間にできた部屋")).to_be_visible()
    page.mouse.up()
    expect(page.get_by_role("heading", name=TEAM, level=1)).to_be_visible()


def test_the_room_one_has_walked_to_stays_under_the_hand_while_the_list_changes(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city), FUJIKURA)
    page.wait_for_function("async () => (await import('live')).live.state === 'online'")
    first, _ = _invited(shared_city, "下にある部屋"), _invited(shared_city, "上にある部屋")
    expect(page.locator(".rm", has_text="上にある部屋")).to_be_visible()
    row = page.locator(f".rm[data-room='{first}']")
    row.focus()
    _invited(shared_city, "途中でできた部屋")
    expect(page.locator(".rm", has_text="途中でできた部屋")).to_be_visible()
    expect(row).to_be_focused()
    with Visitor(shared_city, INOUE) as colleague:
        colleague.connect().say(first, "上へ上がる一言")
    expect(row).to_contain_text("上へ上がる一言")
    expect(row).to_be_focused()


def _invited(city: Served, name: str) -> int:
    """By a colleague, into a room that is new."""
    with Visitor(city, INOUE) as colleague:
        [(person,)] = look_up(city, "select id from directory_user where family_name || ' ' || given_name = ?", FUJIKURA)
        made = colleague.http.post(f"{city.url}/chat/rooms", data={"name": name, "kind": "closed", "people": [str(person)]}, allow_redirects=False)
    return int(made.headers["Location"].rsplit("/", 1)[1])


def test_who_has_left_a_room_is_not_disturbed_by_its_late_answer(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city), FUJIKURA)
    page.evaluate(ANSWERS_LATE)
    open_room(page, TEAM)
    page.wait_for_function("() => window.answer")
    page.get_by_role("navigation", name="主な機能").get_by_role("link", name="職員名簿").click()
    page.wait_for_url("**/directory**")
    page.locator(".talkroom").wait_for(state="detached")
    assert page.evaluate(VISITS) == 0


def test_what_could_not_be_set_back_to_unread_is_not_said_to_be(open_window: OpenWindow, shared_city: Served) -> None:
    page = open_room(enter(open_window(shared_city), FUJIKURA), TEAM)
    guard_of(page).expect("status of 503")
    page.route("**/unread", lambda route: route.fulfill(status=503, json={}))
    last = page.locator("article[data-seq]").last
    last.hover()
    last.get_by_role("button", name="ほかの操作").click()
    page.get_by_role("menuitem", name="ここから未読にする").click()
    expect(page.locator(".toast")).to_contain_text("未読に戻せませんでした")


def test_a_form_that_is_under_way_is_not_sent_a_second_time(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city), FUJIKURA, "/chat/rooms/new")
    held = hold(page, "**/chat/rooms")
    page.evaluate("() => { window.sent = 0; addEventListener('turbo:submit-start', () => { window.sent += 1 }) }")
    page.get_by_label("部屋の名前").fill("一度だけ")
    form = page.locator("form", has=page.get_by_role("button", name="部屋をつくる"))
    form.evaluate("each => each.requestSubmit()")          # as Ctrl+Enter does: no button is dim meanwhile
    until_on(page, lambda: held, what="it to be under way")
    form.evaluate("each => each.requestSubmit()")
    page.evaluate("new Promise((then) => setTimeout(then))")
    assert page.evaluate("window.sent") == 1


def test_a_notice_neither_closes_a_dialog_nor_holds_up_a_visit(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city), FUJIKURA, "/notifications")
    page.evaluate(IS_TOLD)
    page.keyboard.press("Control+k")
    page.keyboard.type("会議")
    tell(page, shared_city, 1)
    expect(page.get_by_role("combobox", name="行き先")).to_have_value("会議")
    page.keyboard.press("Escape")
    page.wait_for_function("() => window.visits")
    ready(page)
    held = hold(page, "**/directory")
    page.get_by_role("navigation", name="主な機能").get_by_role("link", name="職員名簿").click()
    until_on(page, lambda: held, what="the visit to be under way")
    page.evaluate("document.activeElement.blur()")
    tell(page, shared_city, 2)
    let_go(page, held)
    page.wait_for_url("**/directory")


def test_what_stands_in_a_form_stays_when_its_page_is_looked_at_anew(open_window: OpenWindow, shared_city: Served) -> None:
    page = open_room(enter(open_window(shared_city), FUJIKURA), TEAM)
    page.locator("article[data-seq]").last.press("r")
    page.locator(".composer input[type=file]").set_input_files({"name": "残る表.csv", "mimeType": "text/csv", "buffer": "窓口,数".encode()})
    kept = page.locator(".attaching [data-state=kept]", has_text="残る表.csv")
    kept.wait_for()
    page.locator("#compose").fill("途中の文")
    page.evaluate(LOOK_ANEW)
    expect(page.locator("#compose")).to_have_value("途中の文")
    expect(kept).to_be_visible()
    expect(page.locator("[data-composer-target=replying]")).to_be_visible()
    expect(page.locator("#compose")).to_be_focused()


def test_the_bell_of_a_page_one_goes_back_to_counts_what_waits_by_now(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city), FUJIKURA, "/directory")
    bell, me = page.locator("[data-bell-target=count]"), int(page.evaluate("document.body.dataset.me"))
    before = bell.inner_text()
    rail = page.get_by_role("navigation", name="主な機能")
    rail.get_by_role("link", name="会議").click()
    page.wait_for_url("**/meetings")
    unread = look_up(shared_city, "select max(id) from notifications_notification where user_id = ? and read_at is null", me)[0][0]
    page.request.post(f"/notifications/{unread}/reading", headers={"Sec-Fetch-Site": "same-origin"})
    expect(bell).not_to_have_text(before)
    now = bell.inner_text()
    rail.get_by_role("link", name="在席").click()
    page.wait_for_url("**/telework**")
    for path in ("**/meetings", "**/directory"):
        page.go_back()
        page.wait_for_url(path)
        expect(bell).to_have_text(now)


@pytest.mark.parametrize("width", [375, 1440])
def test_the_menus_of_the_last_message_open_in_sight(open_window: OpenWindow, shared_city: Served, width: int) -> None:
    page = open_room(enter(open_window(shared_city, width), FUJIKURA), TEAM)
    last = page.locator("article[data-seq]").last
    for name in ("印を押す", "ほかの操作"):
        last.get_by_role("button", name=name).press("Enter")
        page.get_by_role("menuitem").first.click(trial=True)
        page.get_by_role("menuitem").last.click(trial=True)
        page.keyboard.press("Escape")


def tell(page: Page, city: Served, number: int) -> None:
    """Somebody is mentioned, and the page has had the time in which it looks anew."""
    room, before = look_up(city, "select id from chat_room where name = ?", TEAM)[0][0], page.evaluate("window.told")
    text = f"<@{page.evaluate('document.body.dataset.me')}> 見てください"
    with Visitor(city, "002977") as other:
        other.post(f"/chat/rooms/{room}/messages", {"text": text, "key": f"told-meanwhile-{number}"})
    page.wait_for_function("(before) => window.told > before", arg=before)
