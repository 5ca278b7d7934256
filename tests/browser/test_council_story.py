"""A sitting of the council in a real browser: its agenda gathered, called, held, its decisions back where they belong, told to everybody."""
import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser.doors import FUJIKURA, INOUE, KASHIWAGI, SUWA, agreed, become, enter, pressed, ready
from tests.meetings.test_stories import BODY, address, fill
from tests.support.browser import OpenWindow, check_at_every_width, until_on
from tests.support.servers import Served

MATTER, SETTLED = "タブレットの貸し借りの順番", "庁議の前の日は会議に、ほかの日は三月と四月の窓口に貸す"
TODO, NEXT = "貸し出しの表をつくって両方のチームに配る", "第4回 DX連絡会議"


def test_a_sitting_of_the_council_from_the_gathering_of_its_agenda_to_what_is_carried_over_to_the_next(
        open_window: OpenWindow, city_of_file: Served, tmp_path: Path) -> None:
    steering, member = open_window(city_of_file), open_window(city_of_file, 375)
    sitting = planned(enter(steering, INOUE, "/meetings"), city_of_file, "2099/10/20")
    gather(steering)
    item = steering.locator(".ag", has_text=MATTER)
    assert "欠員" in steering.locator(".agenda").inner_text()
    hang(steering, item, tmp_path)
    agreed(steering, "開催を知らせる")
    enter(member, FUJIKURA, sitting)
    member.get_by_role("link", name="資料1").first.wait_for()

    steering.goto(f"{sitting}/minutes")
    ready(steering)
    write(steering, MATTER, "決定", SETTLED)
    write(steering, MATTER, "対応", TODO, owner=KASHIWAGI)
    check_at_every_width(steering)
    agreed(steering, "出席者に確認を頼む")
    become(steering, SUWA, f"{sitting}/minutes")
    agreed(steering, "議事録を確定する")

    member.goto("/coordination?ended=1")
    until_there(member, member.get_by_role("link", name=MATTER))
    member.get_by_role("link", name=MATTER).click()
    member.get_by_role("region", name="決着").get_by_text(SETTLED).wait_for()
    check_at_every_width(ready(member))
    member.get_by_role("link", name="議事録（決定）・第3回 DX連絡会議").click()
    member.get_by_text(SETTLED).first.wait_for()
    for code in ("M03", "M07"):
        member.goto(f"/governance/measures/{code}?kind=meetings.entry")
        until_there(member, member.get_by_role("region", name="この施策の歩み").get_by_text(SETTLED))
    check_at_every_width(ready(member))

    become(steering, INOUE, f"{sitting}/minutes")
    pressed(steering, "お知らせの下書きをつくる")
    pressed(steering, "保存して、送る前に確かめる")
    check_at_every_width(steering)
    steering.get_by_role("button", name=re.compile("人に知らせる")).click()
    steering.get_by_role("heading", name="DX連絡会議 第3回のまとめ").wait_for()
    member.goto("/boards")
    until_there(member, member.get_by_role("link", name="DX連絡会議 第3回のまとめ").first)
    member.get_by_role("link", name="DX連絡会議 第3回のまとめ").first.click()
    member.get_by_text(TODO).first.wait_for()
    planned(steering, city_of_file, "2099/11/20")
    steering.get_by_role("heading", name=NEXT).wait_for()
    assert TODO in steering.locator(".ag").first.inner_text()
    expect(steering.locator(".ag", has_text=MATTER)).to_have_count(1)       # what is to be done of it alone


def planned(page: Page, city: Served, day: str) -> str:
    """A sitting of the council, like the last; its address."""
    page.goto(f"{address(city, BODY, '/meetings/bodies')}/sittings/new")
    fill(page, {"#f-starts_on": day, "#f-starts_time": "0130PM", "#f-place": "本庁3階 大会議室"})
    pressed(page, "計画する")
    return urlsplit(page.url).path


def gather(page: Page) -> None:
    """All that waits for the council, in one act."""
    page.goto("/teams/council")
    check_at_every_width(ready(page), "council")
    for each in page.get_by_role("checkbox").all():
        each.check()
    page.get_by_label("載せる会議").select_option(label=next(each for each in page.locator("#f-sitting option").all_inner_texts() if "第3回" in each))
    pressed(page, "選んだものを次第に載せる")


def hang(page: Page, item: Locator, folder: Path) -> None:
    sheet = folder / "台数.csv"
    sheet.write_text("曜日,台数\n月,4\n", encoding="utf-8")
    item.get_by_role("link", name="資料を付ける").click()
    page.get_by_label("資料のファイル").set_input_files(sheet)
    page.locator(".attaching [data-state=kept]").wait_for()
    expect(page.locator(".attaching input:enabled")).to_have_count(1)
    pressed(page, "付ける")


def write(page: Page, title: str, kind: str, words: str, owner: str = "") -> None:
    """Into the minutes of an item."""
    found = page.locator("#ci option", has_text=title)
    page.locator("#ci").select_option(value=found.get_attribute("value"))
    page.locator(".composer").get_by_text(kind, exact=True).click()
    page.locator("#cb").fill(words)
    if owner:
        page.locator("#pick-owner_id").press_sequentially(owner[:2])
        page.get_by_role("option", name=re.compile(owner)).click()
        page.locator("#cd").fill("R81.11.30")
    page.locator(".composer").get_by_role("button", name="記録する").click()
    page.locator(".say", has_text=words).wait_for()
    expect(page.locator("#composer #cb")).to_have_value("")       # the form for the next one stands


def until_there(page: Page, wanted: Locator) -> None:
    """What the helper does comes a little later."""
    def there() -> bool:
        if not wanted.count():
            page.reload()
        return bool(wanted.count())
    until_on(page, there, 30)
