"""Whoever types faster than the candidates come gets whom they have typed, not whom the list showed for fewer letters; in a real browser."""
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.doors import FUJIKURA, enter, open_room
from tests.support.browser import OpenWindow, guard_of, until_on
from tests.support.servers import Served

pytestmark = pytest.mark.browser
TEAM = "窓口DX推進チーム"


class Slow:
    """The answers to ``whole`` are on their way until ``arrive``; those to fewer letters come at once."""

    def __init__(self, page: Page, path: str, whole: str) -> None:
        self.page, self.whole = page, whole
        self.held: list[Route] = []
        page.route(lambda url: urlsplit(url).path.endswith(path), self._take)

    def arrive(self) -> None:
        for route in until_on(self.page, lambda: self.held):
            route.continue_()

    def fail(self) -> None:
        for route in until_on(self.page, lambda: self.held):
            route.abort()

    def _take(self, route: Route) -> None:
        if parse_qs(urlsplit(route.request.url).query).get("q") == [self.whole]:
            self.held.append(route)
        else:
            route.continue_()


def call_slowly(writer: Page) -> Slow:
    """「@かしわぎ」 is typed, and the candidates shown are those of 「@か」."""
    slow = Slow(writer, "/people.json", "かしわぎ")
    writer.locator("#compose").focus()
    writer.keyboard.type("@か")
    writer.get_by_role("option").first.wait_for()
    with writer.expect_request(lambda request: slow.whole in parse_qs(urlsplit(request.url).query).get("q", [])):
        writer.keyboard.type("しわぎ")
    return slow


def test_the_mention_is_of_whom_was_typed_and_what_is_sent_waits_for_it(open_window: OpenWindow, shared_city: Served) -> None:
    writer = enter(open_window(shared_city), FUJIKURA)
    open_room(writer, TEAM)
    slow = call_slowly(writer)
    writer.keyboard.press("Enter")
    writer.keyboard.type(" 急ぎの一言")
    writer.keyboard.press("Control+Enter")
    expect(writer.locator("#compose")).to_have_value("@かしわぎ 急ぎの一言")
    slow.arrive()
    expect(writer.locator("article[data-seq]", has_text="急ぎの一言").last.locator(".at")).to_have_text("＠柏木 真帆")
    expect(writer.locator("#compose")).to_have_value("")


@pytest.mark.parametrize("width", [375, 1440])
def test_the_people_who_may_be_meant_are_seen_above_the_words_and_taken_by_a_press(open_window: OpenWindow, shared_city: Served, width: int) -> None:
    writer = enter(open_window(shared_city, width), FUJIKURA)
    open_room(writer, TEAM)
    field = writer.locator("#compose")
    field.focus()
    writer.keyboard.type("@かしわぎ")
    found = writer.get_by_role("option", name="柏木 真帆")
    found.wait_for()
    place, below = writer.get_by_role("listbox", name="宛先の候補").bounding_box(), field.bounding_box()
    assert place
    assert below
    assert place["y"] > 0
    assert place["y"] + place["height"] <= below["y"]
    found.click()
    expect(field).to_have_value("＠柏木 真帆 ")


def test_when_nobody_says_who_is_meant_it_is_sent_as_it_was_typed(open_window: OpenWindow, shared_city: Served) -> None:
    writer = enter(open_window(shared_city), FUJIKURA)
    guard_of(writer).expect("Failed to load resource")
    open_room(writer, TEAM)
    slow = call_slowly(writer)
    with writer.expect_event("requestfailed"):
        slow.fail()
    writer.keyboard.press("Enter")
    writer.keyboard.type("だれかに")
    writer.keyboard.press("Control+Enter")
    expect(writer.locator("article[data-seq]", has_text="だれかに").last).to_contain_text("@かしわぎ")
    expect(writer.locator("#compose")).to_have_value("")


def test_the_room_one_goes_to_is_the_one_that_was_typed(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city), FUJIKURA, "/")
    slow = Slow(page, "/jump.json", "窓口DX")
    page.keyboard.press("Control+k")
    page.keyboard.type("課")
    page.locator("#jump [role=option]").first.wait_for()
    page.keyboard.press("Backspace")
    with page.expect_request(lambda request: slow.whole in parse_qs(urlsplit(request.url).query).get("q", [])):
        page.keyboard.type("窓口DX")
    page.keyboard.press("Enter")
    slow.arrive()
    page.get_by_role("heading", name=TEAM, level=1).wait_for()


def test_whoever_is_quicker_than_every_candidate_chooses_instead_of_sending(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city), FUJIKURA, "/chat/rooms/new")
    slow = Slow(page, "/people.json", "いのうえ")
    page.get_by_role("combobox", name="相手").focus()
    page.keyboard.type("いのうえ")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")                  # and is gone before anybody has answered
    slow.arrive()
    expect(page.locator(".chosen li", has_text="井上 慎一")).to_have_count(1)


def test_who_closed_the_dialog_meanwhile_goes_nowhere(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city), FUJIKURA, "/")
    slow = Slow(page, "/jump.json", "窓口DX")
    page.keyboard.press("Control+k")
    page.locator("#jump [role=option]").first.wait_for()
    with page.expect_request("**/jump.json?q=%E7%AA%93%E5%8F%A3DX"):
        page.keyboard.type("窓口DX")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.locator("#jump")).to_be_hidden()
    page.evaluate("addEventListener('turbo:visit', () => { window.gone = true })")
    with page.expect_response("**/jump.json?q=%E7%AA%93%E5%8F%A3DX"):
        slow.arrive()
    page.unroute_all()
    page.keyboard.press("Control+k")
    page.locator("#jump [role=option]").first.wait_for()
    assert not page.evaluate("window.gone")
