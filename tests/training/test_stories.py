"""Trainings as people live with them, in real browsers: one for all with chasing; a digital leader from the nomination to the renewal."""
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doors import FUJIKURA, INOUE, KASHIWAGI, enter
from tests.support.browser import OpenWindow, check_at_every_width, keep_screenshot
from tests.support.servers import Served

pytestmark = pytest.mark.browser
PATIENCE = 20_000
SAFETY = "情報セキュリティの基礎"


def test_a_security_training_for_all_with_those_missing_reminded(shared_city: Served, open_window: OpenWindow) -> None:
    keeper = enter(open_window(shared_city), INOUE, "/training/courses")
    look(keeper, "courses")
    keeper.get_by_role("link", name=SAFETY).click()
    look(keeper, "course")
    keeper.get_by_role("link", name="だれがまだか").click()
    missing = keeper.locator(".roster > li")
    expect(missing.first).to_be_visible(timeout=PATIENCE)
    look(keeper, "standing")
    before = missing.count()
    learner = enter(open_window(shared_city), KASHIWAGI, "/training")
    look(learner, "mine")
    learner.get_by_role("link", name="教材を開く").first.click()
    learner.once("dialog", lambda dialog: dialog.accept())
    press(learner, "学び終えた")
    expect(learner.locator(".mine")).to_contain_text("修了", timeout=PATIENCE)
    keeper.reload()
    expect(missing).to_have_count(before - 1, timeout=PATIENCE)
    head = enter(open_window(shared_city, 375), FUJIKURA, "/training/section")
    look(head, "section")
    row = head.locator("tr", has_text="柏木 真帆")
    expect(row).to_contain_text("修了")
    press(keeper, "選んだ人に知らせる")
    said = keeper.get_by_text(re.compile("に知らせました|勤務時間|少し前に知らせたばかり")).first
    expect(said).to_be_visible(timeout=PATIENCE)


def test_a_digital_leader_from_the_nomination_to_the_renewal(shared_city: Served, open_window: OpenWindow) -> None:
    head = enter(open_window(shared_city), FUJIKURA, "/training/leaders/new?way=recommended")
    head.get_by_role("combobox", name="人").fill("長谷部")
    head.get_by_role("option").first.click()
    head.get_by_label("わけ").fill("窓口の様式を見直し、周りに伝えている")
    press(head, "推薦する")
    expect(head.locator("h1")).to_contain_text("長谷部", timeout=PATIENCE)
    way = head.url.removeprefix(shared_city.url)
    keeper = enter(open_window(shared_city), INOUE, way)
    for box in keeper.get_by_role("checkbox").all():
        box.check()
    for act, after in (("要件を確かめた", "選定する"), ("選定する", "前提の研修を修了した"), ("前提の研修を修了した", "任命する")):
        press(keeper, act)
        expect(keeper.get_by_role("button", name=after)).to_be_visible(timeout=PATIENCE)
    keeper.get_by_label("発令の番号").fill("行管第200号")
    look(keeper, "appointing")
    press(keeper, "任命する")
    press(keeper, "更新の審査を始める")
    mine = enter(open_window(shared_city, 375), "長谷部 悠", way)
    press(mine, "続けたい")
    expect(mine.get_by_text("続けたい").first).to_be_visible(timeout=PATIENCE)
    head.reload()
    head.get_by_label("わけ・所見").fill("続けてほしい")
    press(head, "所属長の所見を書く")
    expect(head.get_by_text("続けてほしい").first).to_be_visible(timeout=PATIENCE)
    keeper.reload()
    press(keeper, "再任する")
    expect(keeper.locator(".train-h .tag")).to_have_text("再任", timeout=PATIENCE)
    look(keeper, "renewed")


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


def look(page: Page, name: str) -> None:
    check_at_every_width(page)
    keep_screenshot(page, f"training-{name}")
