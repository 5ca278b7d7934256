"""The administrator takes in a newcomer, and stops somebody, with nothing but a keyboard."""
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.doors import HASUMI, enter, ready
from tests.support.browser import OpenWindow, check_accessibility
from tests.support.people import look_up
from tests.support.servers import Served

pytestmark = pytest.mark.browser
FURTHEST = 60           # stops of the Tab key to anything on a page


def tab_to(page: Page, wanted: Locator) -> None:
    """As a person would: forward, from where they are."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        if wanted.evaluate("there => there === document.activeElement"):
            return
    raise AssertionError(f"not reached: {wanted}")


def test_somebody_is_taken_in_and_stopped_by_keyboard_alone(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city), HASUMI, "/admin")
    tab_to(page, page.locator("#main a[href='/admin/people']"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/people")
    tab_to(ready(page), page.get_by_role("link", name="職員を登録する"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/people/new")
    ready(page)
    for field, typed in (("staff_number", "004711"), ("family", "水口"), ("given", "絵里"), ("family_kana", "みなくち"), ("given_kana", "えり")):
        tab_to(page, page.locator(f"[name={field}]"))
        page.keyboard.type(typed)
    for field in ("kind", "unit_code"):
        tab_to(page, page.locator(f"[name={field}]"))
        page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_role("button", name="登録する"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="水口 絵里", level=1)).to_be_visible()
    check_accessibility(ready(page))
    tab_to(page, page.get_by_role("button", name="利用を止める"))
    page.keyboard.press("Enter")
    asked = page.get_by_role("alertdialog")
    tab_to(page, asked.get_by_role("button", name="止める"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="もう一度使えるようにする")).to_be_visible()
    assert look_up(shared_city, "select state from directory_user where staff_number = '004711'") == [("disabled",)]
