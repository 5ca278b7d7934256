"""Finding something, as a person does it: from anywhere, by keyboard, at every width."""
import re

from playwright.sync_api import Page, expect

from tests.browser.doors import FUJIKURA, enter
from tests.support.browser import ENDS, check_at_every_width, until_on

WORDS = "呼出表示"       # stands in one post of the demo city


def test_from_ctrl_k_to_the_very_post(desk: Page) -> None:
    enter(desk, FUJIKURA, "/directory")
    _when_found(desk, WORDS)
    desk.goto("/directory")
    desk.keyboard.press("Control+k")
    desk.get_by_role("combobox", name="行き先").fill(WORDS)
    desk.get_by_role("option", name=f"「{WORDS}」をすべてからさがす").click()
    hit = desk.locator(".hits .hit").first
    expect(hit.locator("mark")).to_have_text(WORDS)
    hit.click()
    expect(desk.locator(".msg", has_text=WORDS).first).to_be_in_viewport()


def test_by_keyboard_alone_one_asks_chooses_a_kind_and_opens(desk: Page) -> None:
    enter(desk, FUJIKURA, "/search")
    _when_found(desk, "窓口")
    desk.goto("/search")
    expect(desk.get_by_role("searchbox", name="さがす言葉")).to_be_focused()
    desk.keyboard.type("窓口")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("status").filter(has_text="見つかりました")).to_be_visible()
    desk.get_by_role("navigation", name="種類").get_by_role("link", name="部屋").focus()
    desk.keyboard.press("Enter")
    desk.wait_for_url(re.compile("kind="))
    room = desk.get_by_role("link", name="窓口DX推進チーム チャット")
    room.focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="窓口DX推進チーム", level=1)).to_be_visible()


def test_twenty_are_shown_and_the_next_ones_follow(desk: Page) -> None:
    enter(desk, FUJIKURA, "/search")
    _when_found(desk, "窓口 種類:投稿")
    first = desk.locator(".hits .hit").all_inner_texts()
    desk.get_by_role("link", name="次の20件").click()
    expect(desk.locator(".lead", has_text="見つかりました")).to_have_count(0)
    assert len(first) == 20
    assert not set(first) & set(desk.locator(".hits .hit").all_inner_texts())


def test_the_form_is_filled_and_the_line_says_what_it_means(tablet: Page) -> None:
    enter(tablet, FUJIKURA, "/search")
    _when_found(tablet, "差出人:柏木 以後:昨年度")
    tablet.goto("/search")
    tablet.get_by_text("条件を選んでさがす").click()
    tablet.get_by_label("書いた人").fill("柏木")
    tablet.get_by_label("いつから").fill("昨年度")
    tablet.get_by_role("button", name="この条件でさがす").click()
    expect(tablet.get_by_role("searchbox", name="さがす言葉")).to_have_value("差出人:柏木 以後:昨年度")
    expect(tablet.get_by_role("status").filter(has_text="見つかりました")).to_be_visible()


def test_every_state_of_the_page_is_sound_at_every_width(desk: Page) -> None:
    enter(desk, FUJIKURA, "/search?q=")
    for typed in ("", "窓口", "ない言葉です", "差出人:いない人", "種類:職員 市民課"):
        desk.goto(f"/search?q={typed}")
        desk.get_by_text("条件を選んでさがす").click()
        check_at_every_width(desk, read=ENDS)


def _when_found(page: Page, typed: str) -> None:
    """The helper needs a moment for a city that has just begun."""
    def found() -> bool:
        page.goto(f"/search?q={typed}")
        return page.locator(".hits .hit").count() > 0
    until_on(page, found, 60, f"{typed} is found")
