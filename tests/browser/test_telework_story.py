"""A week of telework as two people live it, from Monday on, in a city whose clock is moved."""
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from groupware.kernel import clock
from groupware.kernel.holidays import is_closed
from tests.browser.doors import FUJIKURA, INOUE, KASHIWAGI, become, enter, pressed, ready
from tests.support.browser import OpenWindow, check_at_every_width, guard_of
from tests.support.in_time import CityInTime, city_in_time
from tests.support.servers import copy_of

pytestmark = pytest.mark.browser
STAGES = ("申請", "承認", "実施", "未確認")


@pytest.fixture(scope="module")
def city(demo_city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CityInTime]:
    with city_in_time(copy_of(demo_city, tmp_path_factory.mktemp("week") / "city")) as served:
        yield served


def quiet_week() -> list[date]:
    """Monday to Friday of one month, without a holiday, after all that the demo city has asked for."""
    monday = clock.today() + timedelta(days=28 - clock.today().weekday())
    weeks = ([monday + timedelta(days=7 * number + day) for day in range(5)] for number in range(8))
    return next(week for week in weeks if not any(map(is_closed, week)) and week[0].month == week[4].month)


def tally(page: Page, name: str) -> list[float]:
    row = page.get_by_role("row", name=name)
    return [float(row.locator(f"[data-l={stage}] b").inner_text().removesuffix("日")) if row.count() else 0 for stage in STAGES]


def test_a_week_is_asked_for_granted_reported_and_counted(open_window: OpenWindow, city: CityInTime) -> None:
    week = quiet_week()
    city.move_to(week[0])
    month = f"/telework/months?of=units&month={week[0]:%Y-%m}"
    head = enter(open_window(city, 375), FUJIKURA, month)
    before = tally(head, KASHIWAGI)
    clerk = open_window(city)
    guard_of(clerk).expect("status of 422")
    enter(clerk, KASHIWAGI, "/telework/applications/new")
    clerk.get_by_role("textbox", name="勤務する日").fill(week[0].isoformat())
    clerk.get_by_role("textbox", name="いつまで").fill(week[4].isoformat())
    clerk.get_by_label("理由").select_option(index=1)
    clerk.get_by_label("行う業務").fill("様式の見直し")
    clerk.get_by_label("連絡のつく番号").fill("080-0000-0000")
    clerk.get_by_label("個人情報を扱う業務はしません").check()
    check_at_every_width(clerk)
    clerk.get_by_role("button", name="所属長に出す").click()
    clerk.get_by_text(f"{week[3].month}月{week[3].day}日（木）：この週のテレワークは、3日までです（すでに 3日）。").first.wait_for()
    for day in "月火木":
        clerk.get_by_role("checkbox", name=day, exact=True).check()
    pressed(clerk, "所属長に出す")
    address = clerk.url
    head.goto(address)
    check_at_every_width(ready(head))
    pressed(head, "選んだ日を承認する")
    assert head.get_by_role("table").get_by_text("承認済み").count() == 3
    clerk.get_by_role("link", name="様式の見直し").first.click()
    clerk.get_by_role("heading", name=f"{clock.wareki(week[0])}のテレワーク").wait_for()
    monday = ready(clerk).url
    clerk.reload()
    for act in ("始業を報告する", "中断する", "再開する"):
        pressed(ready(clerk), act)
    clerk.get_by_label("今日の成果").fill("たたき台ができた")
    check_at_every_width(clerk)
    pressed(clerk, "終業を報告する")
    head.goto("/directory?q=柏木")
    ready(head).locator("main").get_by_text("在宅").first.wait_for()
    become(head, FUJIKURA, monday)
    head.get_by_text("たたき台ができた").first.wait_for()
    pressed(head, "確認する")
    city.move_to(week[1])
    become(clerk, KASHIWAGI, address).get_by_role("link", name="様式の見直し").last.click()
    clerk.get_by_role("heading", name=f"{clock.wareki(week[3])}のテレワーク").wait_for()
    pressed(ready(clerk), "取り消す")
    clerk.goto(f"/telework?week={week[0]}")
    days = ready(clerk).get_by_role("row", name=KASHIWAGI).locator("td").all_inner_texts()
    assert ["在宅" in said for said in days[:5]] == [True, True, False, False, False]
    check_at_every_width(clerk)
    become(head, FUJIKURA, month)
    assert [after - had for after, had in zip(tally(head, KASHIWAGI), before, strict=True)] == [2, 2, 1, 0]
    check_at_every_width(head)
    check_at_every_width(become(head, INOUE, "/telework/rules"))
