"""A team as people live with it, from the proposal through its work to the archive; and at each step somebody who is not in it."""
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doors import FUJIKURA, HASEBE, HASUMI, INOUE, KASHIWAGI, SAEGUSA, SUWA, agreed, become, enter, in_room, pressed, ready
from tests.support.browser import OpenWindow, check_at_every_width
from tests.support.people import look_up
from tests.support.servers import Served

pytestmark = pytest.mark.browser
NAME, WORDS = "おくやみの窓口を一つに", "三つの課の様式を並べて見比べる"
ASKING = "select id from approvals_asking where title = ? order by id desc limit 1"
INNER = ("/tasks", "/tasks/list", "/checkins", "/plans", "/pages")


def shut(stranger: Page, *paths: str) -> None:
    """None of them tells the stranger that there is anything."""
    assert {path: stranger.request.get(path).status for path in paths} == dict.fromkeys(paths, 404)


def proposed(head: Page) -> str:
    head.get_by_label("チームの名前").fill(NAME)
    head.get_by_label("目的").fill("身近な方を亡くされた方が、いくつもの課を回らずに済むようにする。")
    head.get_by_label("成果").fill("一つの机で、一度に済む。")
    head.locator("#f-measures").fill("M03")
    head.locator("#f-due_on").fill("R12.3.31")
    check_at_every_width(head, "team-proposing")
    pressed(head, "提案する")
    pressed(head, "認めて行政管理課へ送る")
    return head.url


def arranged(steering: Page, here: str) -> None:
    """Who has how many teams is seen before it is decided; then the CIO is asked."""
    for fold, person in (("デジタルリーダーの受け持ち", KASHIWAGI), ("DXアドバイザーの受け持ち", SAEGUSA)):
        steering.get_by_text(fold).click()
        load = steering.locator(".loads li", has_text=person)
        expect(load).to_have_text(re.compile(r"\dチーム"))
        if person == SAEGUSA:
            check_at_every_width(steering, "team-loads")
        with steering.expect_navigation():
            load.get_by_role("button").click()
        expect(ready(steering).locator(".crew li", has_text=person)).to_be_visible()
    steering.goto(here)
    pressed(ready(steering), "発足の承認をあおぐ")


def made_of_a_message(leader: Page) -> None:
    leader.locator(".door", has_text="チャット").click()
    in_room(leader, NAME).locator("#compose").fill(WORDS)
    leader.keyboard.press("Control+Enter")
    said = leader.locator("article.msg.mine[data-seq]", has_text=WORDS)
    said.hover()
    said.get_by_role("button", name="ほかの操作").click()
    leader.get_by_role("menuitem", name="チームのタスクにする").click()
    expect(leader.get_by_label("何をするか")).to_have_value(WORDS)
    ready(leader).get_by_label("小さな項目").fill("市民課\n福祉課")
    leader.get_by_label("担当").select_option(label=SAEGUSA)
    check_at_every_width(leader, "team-task-form")
    pressed(leader, "加える")
    pressed(leader, "市民課")
    expect(leader.locator("#checks")).to_contain_text("1／2")
    check_at_every_width(leader, "team-task")


def planned(leader: Page, here: str) -> None:
    """A milestone, a decision, the word of the week."""
    leader.goto(f"{here}/milestones/new")
    ready(leader).get_by_label("何に届けばよいか").fill("一つの机の試行")
    leader.locator("#f-due_on").fill("R12.1.31")
    pressed(leader, "加える")
    leader.goto(f"{here}/decisions/new")
    ready(leader).get_by_label("決まったこと").fill("机は一階に置く。")
    leader.get_by_label("だれが決めたか").fill("チームの会議")
    pressed(leader, "載せる")
    expect(leader.locator(".rulings")).to_contain_text("机は一階に置く。")
    check_at_every_width(leader, "team-plans")
    leader.goto(f"{here}/checkins")
    ready(leader).get_by_label("支援が必要").check()
    leader.get_by_role("textbox", name="一言").fill("福祉課の人手が足りない。")
    pressed(leader, "今週の一言を書く")
    check_at_every_width(leader, "team-checkins")


def moved_by_keyboard(adviser: Page, here: str) -> None:
    adviser.goto(f"{here}/tasks")
    ready(adviser).locator(".slip-t").focus()
    adviser.keyboard.press("Shift+ArrowRight")
    expect(adviser.locator('.lane[data-state="doing"]')).to_contain_text(WORDS)
    check_at_every_width(ready(adviser), "team-board")


def ended(steering: Page, head: Page, here: str) -> None:
    head.goto(here)
    ready(head).get_by_label("完了の報告").fill("一つの机で済むようになった。様式は市民課が引き継ぐ。")
    check_at_every_width(head, "team-at-work")
    pressed(head, "完了を報告する")
    steering.goto(here)
    agreed(ready(steering), "解散する")
    pressed(steering, "保存に移す")
    expect(steering.locator("main")).to_contain_text("保存の終わり")


def assert_kept(member: Page, here: str) -> None:
    """What was done there can be read, and nothing can be added: by no button, and not past the buttons."""
    for page, words in (("", "様式は市民課が引き継ぐ"), ("/tasks", WORDS), ("/plans", "机は一階に置く。"), ("/checkins", "福祉課の人手が足りない。")):
        member.goto(here + page)
        expect(ready(member).locator("main")).to_contain_text(words)
        assert not member.locator("main").get_by_role("link", name=re.compile("加える|載せる|書く")).count(), page
    check_at_every_width(member, "team-archived")
    late: dict[str, str | float | bool] = {"title": "後で", "pulse": "well", "line": "後で", "body": "文"}
    for door in ("tasks", "checkins", "pages"):
        assert member.request.post(f"{here}/{door}", form=late, headers={"Sec-Fetch-Site": "same-origin"}).status in {403, 409}, door


def test_a_team_from_its_proposal_to_its_archive(shared_city: Served, open_window: OpenWindow) -> None:
    head, stranger = enter(open_window(shared_city), FUJIKURA, "/teams/new"), enter(open_window(shared_city), HASUMI, "/")
    here = proposed(head)
    shut(stranger, here, f"{here}/members", f"{here}/steps", *(here + each for each in INNER))
    steering = enter(open_window(shared_city), INOUE, f"{here}/members")
    arranged(steering, here)
    shut(stranger, here)
    leader = enter(open_window(shared_city), SUWA, f"/approvals/{look_up(shared_city, ASKING, f'DX推進チーム「{NAME}」の発足')[0][0]}")
    pressed(leader, "決裁する")
    adviser = enter(open_window(shared_city, 820), SAEGUSA, here)
    places = [door.get_attribute("href") or "" for door in adviser.locator(".door").all()]
    assert {each.split("/")[1] for each in places} == {"chat", "boards", "meetings"}
    assert [adviser.request.get(each).status for each in places] == [200] * 3
    made_of_a_message(become(leader, KASHIWAGI, here))
    planned(leader, here)
    moved_by_keyboard(adviser, here)
    shut(stranger, *(here + each for each in INNER))
    become(stranger, HASEBE, here)      # of the same section: knows that there is the team
    shut(stranger, *places, *(here + each for each in INNER))
    ended(steering, head, here)
    assert_kept(leader, here)
    shut(stranger, *places, *(here + each for each in INNER))
