"""From a message in a room to what came of the advice: four people, in real browsers."""
import pytest
from playwright.sync_api import Page, expect

from tests.browser.doors import FUJIKURA, INOUE, KASHIWAGI, SAEGUSA, enter, open_room, ready
from tests.support.browser import OpenWindow, check_at_every_width
from tests.support.servers import Served

pytestmark = pytest.mark.browser
TEAM, TITLE = "窓口DX推進チーム", "戸籍の写しの欄はどれから減らせますか"


def press(page: Page, name: str) -> Page:
    page.get_by_role("button", name=name, exact=True).click()
    return ready(page)


def test_asked_from_a_message_given_decided_carried_out_and_found_again(open_window: OpenWindow, shared_city: Served) -> None:
    clerk = open_room(enter(open_window(shared_city), KASHIWAGI), TEAM)
    clerk.locator("#compose").fill(TITLE)
    clerk.keyboard.press("Control+Enter")
    mine = clerk.locator("article.msg.mine", has_text=TITLE).last
    mine.hover()
    mine.get_by_role("button", name="ほかの操作").click()
    clerk.get_by_role("menuitem", name="助言を求める").click()
    expect(clerk.get_by_label("何についてか")).to_have_value(TITLE)
    clerk.get_by_label("だれに").select_option(label=next(each for each in clerk.locator("#f-author option").all_inner_texts() if SAEGUSA in each))
    check_at_every_width(clerk)
    press(clerk, "助言を求める")
    expect(clerk.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    where = clerk.url

    adviser = enter(open_window(shared_city), SAEGUSA, where)
    adviser.get_by_role("link", name="助言を記録する").click()
    adviser.get_by_label("中身").fill("写し取る人の多い欄から減らすとよいでしょう。")
    press(adviser, "記録する")
    expect(adviser.locator(".said")).to_contain_text("写し取る人の多い欄から")
    expect(adviser.get_by_role("button", name="決める")).to_have_count(0)

    head = enter(open_window(shared_city), FUJIKURA, where)
    head.get_by_label("採用する", exact=True).check()
    check_at_every_width(head)
    press(head, "決める")
    press(head, "実施した")
    head.get_by_label("何が変わったか").fill("写し取る欄が五つから二つになった。")
    press(head, "効果を確かめた")
    press(head, "完了にする")
    expect(head.locator(".stages [aria-current=step]")).to_have_text("完了")
    check_at_every_width(head)

    steering = enter(open_window(shared_city), INOUE, "/advice?q=戸籍の写し")
    expect(steering.get_by_role("link", name=TITLE)).to_be_visible()
    check_at_every_width(steering)
    steering.get_by_role("link", name="年度の集計").click()
    ready(steering)
    check_at_every_width(steering)

    steering.goto("/advice/commissions")
    check_at_every_width(ready(steering), "commissions")
    steering.get_by_role("link", name=SAEGUSA).click()
    expect(ready(steering).get_by_role("button", name="更新の伺いを立てる")).to_be_visible()
    check_at_every_width(steering, "commission")
    adviser.goto(steering.url)
    expect(ready(adviser).get_by_role("region", name="委嘱")).to_contain_text("に同意")
    expect(adviser.get_by_text("解嘱する")).to_have_count(0)
    check_at_every_width(adviser)
