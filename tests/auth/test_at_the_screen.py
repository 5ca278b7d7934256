"""At the door as people stand there: with and without JavaScript, by keyboard, at three widths."""
from playwright.sync_api import Page

from tests.browser.doors import ready
from tests.support.browser import ENDS, OpenWindow, check_accessibility, check_at_every_width, guard_of
from tests.support.servers import Serve, Served

REFUSED = "status of 422"


def test_the_door_and_the_pages_behind_it_are_fit_for_everybody_at_every_width(desk: Page) -> None:
    desk.goto("/sign-in")
    check_at_every_width(desk, read=ENDS)
    guard_of(desk).expect(REFUSED)
    desk.get_by_role("textbox", name="職員番号").fill("000000")
    desk.get_by_label("パスワード").fill("a wrong guess")
    desk.keyboard.press("Enter")
    desk.get_by_role("alert").get_by_text("職員番号かパスワードが違います。").wait_for()
    check_at_every_width(desk, read=ENDS)
    desk.get_by_role("button", name="蓮見 亮介").click()
    desk.wait_for_url("**/")
    for path in ("/me", "/me/password", "/auth/people/5", "/auth/initial-passwords"):
        desk.goto(path)
        check_at_every_width(desk, read=ENDS)


def test_without_javascript_one_signs_in_and_out(open_window: OpenWindow, shared_city: Served) -> None:
    page = open_window(shared_city, java_script_enabled=False)
    page.goto("/sign-in?next=/me")
    page.get_by_role("button", name="蓮見 亮介").click()
    page.get_by_role("heading", name="蓮見 亮介").wait_for()
    page.get_by_role("main").get_by_role("button", name="サインアウト").click()
    page.wait_for_url("**/sign-in")


def test_an_empty_house_gets_its_city_and_administrator_by_keyboard_alone(open_window: OpenWindow, serve: Serve) -> None:
    page = open_window(serve(DEMO="0", SECRET="known to this test alone"))
    guard_of(page).expect(REFUSED)
    page.goto("/")
    page.wait_for_url("**/first-run")
    check_accessibility(page)
    page.get_by_label("市の名前").focus()
    for typed in ("かりの市", "000001", "石動", "和志", "いするぎ", "かずし", "nagagutsu to kasa", "nagagutsu to kasa"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "first-run" not in url)
    ready(page)
    page.goto("/me")
    page.get_by_role("heading", name="石動 和志").wait_for()
