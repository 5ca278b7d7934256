"""At the door as people stand there: with and without JavaScript, by keyboard, at three widths."""
from playwright.sync_api import Page

from tests.browser.doors import ready
from tests.support.browser import OpenWindow, check_accessibility, check_no_sideways_scroll, guard_of
from tests.support.servers import Serve, Served

REFUSED = "status of 422"


def test_the_door_is_fit_for_everybody_at_every_width(each_width: Page) -> None:
    each_width.goto("/sign-in")
    check_accessibility(each_width)
    check_no_sideways_scroll(each_width)
    guard_of(each_width).expect(REFUSED)
    each_width.get_by_role("textbox", name="職員番号").fill("000000")
    each_width.get_by_label("パスワード").fill("a wrong guess")
    each_width.keyboard.press("Enter")
    each_width.get_by_role("alert").get_by_text("職員番号かパスワードが違います。").wait_for()
    check_accessibility(each_width)


def test_the_pages_behind_it_too(each_width: Page) -> None:
    each_width.goto("/sign-in")
    each_width.get_by_role("button", name="蓮見 亮介").click()
    each_width.wait_for_url("**/")
    for path in ("/me", "/me/password", "/auth/people/5", "/auth/initial-passwords"):
        each_width.goto(path)
        check_accessibility(each_width)
        check_no_sideways_scroll(each_width)


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
