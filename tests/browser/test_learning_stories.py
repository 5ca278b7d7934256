"""Training as people live it: a compulsory course that somebody sees to, and the years of a digital leader; in a city whose clock is moved."""
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doors import FUJIKURA, HASEBE, HASUMI, INOUE, agreed, become, enter, pressed, ready
from tests.support.browser import OpenWindow, check_at_every_width, guard_of
from tests.support.in_time import CityInTime, city_in_time
from tests.support.people import look_up
from tests.support.servers import copy_of
from tests.support.waiting import until

pytestmark = pytest.mark.browser
COURSE = "個人情報の扱い"
OFFICE, ELSEWHERE = "東部出張所", "契約管財課"
TERM = "select state from training_term where id = ?"


@pytest.fixture(scope="module")
def moved(demo_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CityInTime]:
    with city_in_time(copy_of(demo_city, tmp_path_factory.mktemp("moved") / "city")) as served:
        served.start_helper()
        yield served


def opened(page: Page, path: str) -> str:
    page.goto(path)
    return ready(page).locator("main").inner_text()


def share_of(page: Page) -> tuple[int, int]:
    """(how many are done, of how many): what the page says."""
    done, needed = re.findall(r"(\d+)／(\d+)", ready(page).locator(".meter").first.inner_text())[0]
    return int(done), int(needed)


def test_a_compulsory_course_is_set_chased_and_taken_and_the_rate_rises(moved: CityInTime, open_window: OpenWindow) -> None:
    keeper = enter(open_window(moved), INOUE, "/training/courses/new")
    keeper.get_by_label("研修の名前").fill(COURSE)
    keeper.get_by_label("学ぶこと").fill("窓口と電話で、だれに何を話してよいか。")
    keeper.get_by_role("radio", name="教材で学ぶ").check()
    keeper.get_by_label("全職員").check()
    keeper.locator("#f-due_on").fill("R12.3.31")
    check_at_every_width(keeper, "course-form")
    pressed(keeper, "研修を設ける")
    here = keeper.url

    head = enter(open_window(moved, 820), FUJIKURA, "/training/section")
    check_at_every_width(head, "course-section")
    head.get_by_role("link", name=COURSE).first.click()
    head.get_by_role("heading", name="受講の状況").wait_for()
    done, needed = share_of(head)
    listed = head.locator(".roster li").count()
    assert (done, needed, listed) == (0, needed, needed)
    check_at_every_width(head, "course-standing")
    pressed(head, "選んだ人に知らせる")
    expect(head.locator(".roster")).to_contain_text("に知らせました")
    guard_of(head).expect("status of 429")
    head.get_by_role("button", name="選んだ人に知らせる").click()
    expect(head.locator("body")).to_contain_text("知らせる相手がいません")

    phone = enter(open_window(moved, 375), HASEBE, "/")
    expect(phone.locator("main")).to_contain_text(COURSE)
    until(lambda: COURSE in opened(phone, "/notifications"), 30, "the reminder has come")
    phone.goto("/training")
    ready(phone).locator(".dues li", has_text=COURSE).get_by_role("link", name="教材を開く").click()
    agreed(ready(phone), "学び終えた")
    expect(phone.locator("main")).to_contain_text("私の修了")
    check_at_every_width(phone, "course-done")

    head.goto(f"{here}/standing")
    assert share_of(head) == (1, needed)
    assert head.locator(".roster li", has_text=HASEBE).count() == 0
    keeper.goto(f"{here}/standing")
    everybody = share_of(keeper)
    assert everybody[0] == 1
    assert everybody[1] > needed


def moved_to(keeper: Page, moved: CityInTime, person: str, unit: str) -> None:
    """By the one who keeps the directory: another section, from today."""
    number = look_up(moved, "select id from directory_user where family_name || ' ' || given_name = ?", person)[0][0]
    become(keeper, HASUMI, f"/admin/people/{number}")
    keeper.get_by_text("発令する（異動・兼務）").click()
    places = keeper.locator("#f-unit_code")
    places.select_option(label=places.locator("option", has_text=unit).first.inner_text())
    keeper.locator("#f-post").fill("主任")
    pressed(keeper, "発令する")


def cover_of(page: Page, section: str) -> str:
    page.goto("/training/leaders")
    return ready(page).locator(".cover-r", has=page.get_by_text(section, exact=True)).inner_text()


def test_a_leader_from_the_recommendation_through_a_transfer_to_the_next_term(moved: CityInTime, open_window: OpenWindow) -> None:
    keeper, head, own = open_window(moved), open_window(moved, 820), open_window(moved, 375)
    enter(head, FUJIKURA, "/training/leaders")
    assert "欠員" in cover_of(head, OFFICE)
    head.get_by_role("link", name="課の人を推薦する").click()
    ready(head).get_by_role("combobox", name="人").fill(HASEBE)
    head.get_by_role("option", name=HASEBE).click()
    head.get_by_label("わけ").fill("出張所の仕事をよく知り、新しいやり方を周りに伝えている。")
    check_at_every_width(head, "leader-recommending")
    pressed(head, "推薦する")
    here = head.url
    assert "後任を調整中" in cover_of(head, OFFICE)

    become(keeper, INOUE, here)
    for requirement in keeper.get_by_role("group", name="要件").get_by_role("checkbox").all():
        requirement.check()
    check_at_every_width(keeper, "leader-checking")
    for act in ("要件を確かめた", "選定する", "前提の研修を修了した"):
        pressed(keeper, act)
    keeper.get_by_label("発令の番号").fill("行管第900号")
    pressed(keeper, "任命する")
    assert "充足" in cover_of(head, OFFICE)
    moved_to(keeper, moved, HASEBE, ELSEWHERE)
    assert "欠員" in cover_of(head, OFFICE)
    assert "充足" in cover_of(head, ELSEWHERE)
    check_at_every_width(head, "leaders-cover")

    number = int(here.rsplit("/", 1)[1])
    ends = look_up(moved, "select ends_on from training_term where id = ?", number)[0][0]
    for page in (keeper, head):         # nobody sits at them until then: they would ask what waits for whom nobody signed in again
        page.goto("about:blank")
    moved.move_to(date.fromisoformat(str(ends)) - timedelta(days=60))
    until(lambda: look_up(moved, TERM, number)[0][0] == "review", 60, "the review has begun by itself")
    enter(own, HASEBE, "/")
    expect(own.locator("main")).to_contain_text("デジタルリーダーを続けたいかどうか")
    own.goto(here)
    pressed(ready(own), "続けたい")
    check_at_every_width(own, "leader-wish")
    become(keeper, INOUE, here)
    keeper.get_by_label("発令の番号").fill("行管第901号")
    check_at_every_width(keeper, "leader-renewing")
    pressed(keeper, "再任する")
    keeper.locator("dt", has_text="ほかの任期").wait_for()
    own.goto("/training/leaders")
    ready(own).get_by_role("link", name="自分の任期").click()
    expect(own.locator("main")).to_contain_text("デジタルリーダー・再任")
