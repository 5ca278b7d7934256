"""A meeting of fourteen people, three of them in real browsers: papers are leafed through together, by keyboard, with notes for oneself,
over a cut line; minutes grow and are confirmed.
"""
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from groupware.auth.commands.demo import list_demo_person
from groupware.auth.demo import demo_people
from groupware.directory.queries import actor_for, ids_by_staff_number
from groupware.kernel.actor import SYSTEM
from meetings.commands.bodies import change_body
from meetings.forms import BodyDraft
from meetings.queries.bodies import members_of, seats
from tests.browser.doors import FUJIKURA, INOUE, KASHIWAGI, enter, ready
from tests.conftest import build_house
from tests.meetings.test_stories import SITTING, address
from tests.support.browser import OpenWindow, check_accessibility, check_no_sideways_scroll, guard_of, take_picture, until_on, walk_to
from tests.support.people import Visitor, look_up
from tests.support.servers import Serve, Served, copy_of

pytestmark = pytest.mark.browser
PATIENCE = 20_000
MEMBERS = """select u.staff_number from meetings_member m join meetings_body b on b.id = m.body_id join directory_user u on u.id = m.user_id
where b.name = 'DX連絡会議' order by m.position"""
NEW = ("002977", "002105", "003003")
AT_WINDOWS = {"002662", "002079", "002977"}     # INOUE, FUJIKURA, KASHIWAGI
CHAIR, SECRETARY = "000033", "002662"
POINTS = 15                 # of the pointer, that are told in a second


def at_sockets(city: Served) -> list[str]:
    """Fourteen people, each once: three come with a browser, these with a socket."""
    members = [number for (number,) in look_up(city, MEMBERS)]
    assert (len(members), len(set(members)), set(members) >= AT_WINDOWS) == (14, 14, True)
    return [number for number in members if number not in AT_WINDOWS]


def on_page(page: Page, number: int) -> None:
    expect(page.locator("#vw-page")).to_have_value(str(number), timeout=PATIENCE)


def sharp(page: Page) -> None:
    """The large picture of the page is there, drawn."""
    picture = page.locator(".sheet:not(.beside) img")
    expect(picture).to_have_attribute("src", re.compile("-1200$"), timeout=PATIENCE)
    page.wait_for_function("document.querySelector('.sheet img').naturalWidth >= 1199", timeout=PATIENCE)


def draw(page: Page) -> None:
    box = page.locator(".leaf").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * 0.3)
    page.mouse.down()
    for step in range(1, 12):
        page.mouse.move(box["x"] + box["width"] * (0.2 + step * 0.04), box["y"] + box["height"] * (0.3 + step % 3 * 0.02))
    page.mouse.up()


def write_without_a_line(page: Page) -> None:
    page.get_by_role("button", name="ペン", exact=True).click()
    guard_of(page).expect("ERR_INTERNET|ERR_CONNECTION|ERR_NETWORK|WebSocket connection|Failed to fetch")
    page.context.set_offline(True)            # the line is cut: what is written stays
    draw(page)
    expect(page.locator(".sheet:not(.beside) .inks path")).to_have_count(1)
    page.context.set_offline(False)
    expect(page.locator(".priv")).to_have_text("自分だけに見えます", timeout=PATIENCE)
    take_picture(page, "meeting-viewer-member")
    page.keyboard.press("Escape")


@pytest.fixture
def full_city(demo_city: Path, tmp_path: Path, serve: Serve) -> Served:
    """The demo city; its DX連絡会議 has fourteen members, and each of them may come in."""
    folder = copy_of(demo_city, tmp_path / "city")
    for _ in build_house(folder, f"sqlite:///{folder / 'tsunagaru.db'}"):
        seat_fourteen()
    return serve(folder, helper=True)


def seat_fourteen() -> None:
    ids = ids_by_staff_number()
    secretary = actor_for(ids[SECRETARY])
    assert secretary
    [body] = [seat.body for seat in seats(secretary) if seat.body.name == "DX連絡会議"]
    here = [(card.id, role) for role, cards in members_of(body) for card in cards]
    change_body(secretary, body.id, BodyDraft(body.name, body.level, (*here, *((ids[each], "member") for each in NEW)), body.purpose))
    known = {each.user_id for each in demo_people()}
    for number in [number for number, user_id in ids.items() if user_id in {*dict(here), *(ids[each] for each in NEW)} - known]:
        list_demo_person(SYSTEM, number, 100, "会議に出る")


@pytest.fixture
def come(full_city: Served) -> Iterator[Callable[[str], tuple[Visitor, dict[str, Any]]]]:
    """Somebody comes with a socket alone; and where the presenter is, as it was answered."""
    with ExitStack() as last:
        def sit(staff_number: str) -> tuple[Visitor, dict[str, Any]]:
            visitor = last.enter_context(Visitor(full_city, staff_number)).connect()
            return visitor, visitor.ask("meetings.enter", sitting=look_up(full_city, SITTING)[0][0])["place"]
        yield sit


def places_on(visitor: Visitor, page: int) -> list[Any]:
    return [place for place in visitor.heard_of("meetings.place") if place["page"] == page]


def saw_it_go(visitor: Visitor) -> bool:
    points = visitor.heard_of("meetings.point")
    return bool(points) and "x" not in points[-1]


def ends_at(visitor: Visitor, place: dict[str, Any]) -> bool:
    return bool(visitor.heard_of("meetings.place")[-1] == place)


def point(presenter: Page, late: Page, company: list[Visitor]) -> None:
    """The pointer is seen on that page by who looks at it, a few times a second, and is kept nowhere."""
    for each in company:
        place = until_on(presenter, partial(places_on, each, 3))[-1]
        assert each.socket
        each.socket.emit("meetings.look", {"paper": place["paper"], "page": 3})
    walk_to(presenter, presenter.get_by_role("button", name="指し示す"), "Enter")
    box = presenter.locator(".leaf").first.bounding_box()
    assert box
    began = time.monotonic()
    for step in range(60):
        presenter.mouse.move(box["x"] + box["width"] * (0.2 + step * 0.01), box["y"] + box["height"] * 0.3)
    expect(late.locator(".sheet:not(.beside) .dot")).to_be_visible()
    presenter.mouse.move(box["x"] - 5, box["y"] - 5)
    for each in company:
        until_on(presenter, partial(saw_it_go, each), what="the pointer is gone")
        assert 1 < len(each.heard_of("meetings.point")) <= POINTS * (time.monotonic() - began) + 1


def hand_over(presenter: Page, to: str) -> None:
    walk_to(presenter, presenter.get_by_role("button", name="発表者を替える"), "Enter")
    presenter.locator("#vw-to").select_option(label=presenter.locator("#vw-to option", has_text=to).inner_text())
    walk_to(presenter, presenter.get_by_role("button", name="替える", exact=True), "Enter")


def all_are_there(city: Served, page: Page, company: list[Visitor], place: dict[str, Any]) -> None:
    for each in company:
        until_on(page, partial(ends_at, each, place), what="every socket ends where the presenter is")
    assert look_up(city, "select count(*) from live_relay where effect = 'Broadcast' and body like '%meetings.point%'") == [(0,)]


def write_down(city: Served, secretary: Page, member: Page, where: str) -> None:
    """Minutes that the others see grow; confirmed by the chair."""
    for page in (secretary, member):
        page.goto(f"{where}/minutes")
        ready(page)
    walk_to(secretary, secretary.get_by_role("radio", name="説明要旨"), "ArrowRight")
    secretary.keyboard.press("ArrowRight")
    walk_to(secretary, secretary.locator("#cb"))
    secretary.keyboard.type("十二月から全課で始める。")
    secretary.keyboard.press("Control+Enter")
    expect(member.locator(".say.decision")).to_contain_text("十二月から全課で始める。", timeout=PATIENCE)     # without a press
    walk_to(secretary, secretary.get_by_role("button", name="出席者に確認を頼む"), "Enter")
    walk_to(secretary, secretary.get_by_role("alertdialog").get_by_role("button", name="出席者に確認を頼む"), "Enter")
    expect(secretary.get_by_text("確認依頼中")).to_be_visible(timeout=PATIENCE)
    member.reload()
    walk_to(ready(member), member.get_by_role("button", name="読んで確認しました"), "Enter")
    expect(member.get_by_role("button", name="読んで確認しました")).to_have_count(0, timeout=PATIENCE)
    with Visitor(city, CHAIR) as chair:
        locked = chair.http.post(f"{city.url}{where}/minutes/step", data={"act": "lock"}, timeout=PATIENCE, allow_redirects=False)
        assert locked.status_code == 303, locked.text[:500]
    secretary.reload()
    expect(secretary.get_by_text("もう書き足したり直したりできません")).to_be_visible(timeout=PATIENCE)


def test_fourteen_members_at_three_windows_and_eleven_sockets_meet_by_keyboard_with_private_notes_and_confirm_the_minutes(
        full_city: Served, open_window: OpenWindow, come: Callable[[str], tuple[Visitor, dict[str, Any]]]) -> None:
    city, sitting = full_city, address(full_city, SITTING, "/meetings")
    where = f"{sitting}/viewing"
    presenter, member = enter(open_window(city), INOUE, where), enter(open_window(city, 820), FUJIKURA, where)
    sharp(presenter)
    sharp(member)
    for page in (presenter, member):
        check_accessibility(page)
        check_no_sideways_scroll(page)
    *others, last = at_sockets(city)
    company = [come(number)[0] for number in others]
    walk_to(presenter, presenter.get_by_role("button", name="発表者になる"), "Enter")
    expect(member.locator(".vw-p")).to_contain_text("井上 慎一さん", timeout=PATIENCE)
    presenter.keyboard.press("ArrowRight")
    on_page(member, 2)
    member.keyboard.press("Home")               # everybody leafs freely
    on_page(member, 1)
    presenter.keyboard.press("End")
    expect(member.locator(".chipf .btn")).to_contain_text("発表者は p.3", timeout=PATIENCE)
    on_page(member, 1)
    write_without_a_line(member)
    member.keyboard.press("f")
    on_page(member, 3)
    late = enter(open_window(city, 375), KASHIWAGI, where)
    on_page(late, 3)                            # right at once
    sharp(late)
    check_no_sideways_scroll(late)
    expect(late.locator(".inks path")).to_have_count(0)
    point(presenter, late, company)
    late.keyboard.press("n")
    expect(late.locator("[data-viewer-target=title]")).to_have_text("資料1-2")
    walk_to(presenter, presenter.get_by_role("button", name="全員こちらへ"), "Enter")
    expect(late.locator("[data-viewer-target=title]")).to_have_text("資料1-1", timeout=PATIENCE)
    on_page(late, 3)
    take_picture(late, "meeting-viewer-late")
    presenter.get_by_role("button", name="二つの資料を並べる").click()
    expect(presenter.locator(".beside img")).to_be_visible()
    take_picture(presenter, "meeting-viewer-presenter")
    hand_over(presenter, FUJIKURA)
    expect(member.locator(".vw-p")).to_have_text("あなたが発表しています", timeout=PATIENCE)
    member.keyboard.press("Home")
    on_page(presenter, 1)
    late.locator(".chipf .btn").click()         # who had leafed away was called once, and is free until they wish
    on_page(late, 1)
    member.reload()
    ready(member)
    expect(member.locator(".sheet:not(.beside) .inks path")).to_have_count(1, timeout=PATIENCE)
    _, there = come(last)                       # as late as one can be
    assert (there["page"], there["presenter"]["name"]) == (1, FUJIKURA)
    all_are_there(city, member, company, there)
    write_down(city, presenter, member, sitting)
