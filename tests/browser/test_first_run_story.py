"""An empty house becomes a city hall: its name, its administrator, 60 units and 800 people from Excel, and a word to all of them."""
import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doors import in_room, ready
from tests.support.browser import OpenWindow, check_accessibility
from tests.support.people import look_up
from tests.support.servers import Serve

pytestmark = pytest.mark.browser
PASSWORD = "nagagutsu to kasa"
UNITS, PEOPLE = 60, 800
NEWCOMER = f"{PEOPLE + 1:06}"
FAMILIES, KANA = ("髙橋", "渡邉", "山﨑", "齋藤", "阿部"), ("たかはし", "わたなべ", "やまざき", "さいとう", "あべ")


def test_a_city_hall_of_eight_hundred_begins_and_all_of_them_are_written_to(serve: Serve, open_window: OpenWindow, tmp_path: Path) -> None:
    served = serve(helper=True, DEMO="0", SECRET="known to this test alone")
    desk = open_window(served)
    _found_city(desk)
    _bring(desk, "組織", _file(tmp_path / "組織.csv", _units()), f"新しく登録 {UNITS}件")
    _bring(desk, "職員", _file(tmp_path / "職員.csv", _people()), f"新しく登録 {PEOPLE}件")
    assert look_up(served, "select count(*) from directory_user where id > 0")[0][0] == PEOPLE + 1
    _write_to_all(desk, "全庁のみなさんへ。つながるを始めます。")
    reader = open_window(served, 375)
    _come_in(reader, _initial_password(desk))
    reader.goto("/chat")
    reader.locator(".rm", has_text="全庁連絡").click()
    in_room(reader, "全庁連絡")
    expect(reader.locator("article", has_text="つながるを始めます。")).to_be_visible()
    expect(reader.locator("#compose")).to_be_disabled()
    members = look_up(served, "select count(*) from chat_member where left_at is null and by_rule")[0][0]
    assert members == PEOPLE


def _found_city(page: Page) -> None:
    page.goto("/")
    page.wait_for_url("**/first-run")
    page.get_by_label("市の名前").focus()
    for typed in ("かりの市", "000001", "石動", "和志", "いするぎ", "かずし", PASSWORD, PASSWORD):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/imports")


def _bring(page: Page, what: str, file: Path, told: str) -> None:
    """A dry run that is looked at, then the whole list."""
    page.goto("/admin/imports")
    page.get_by_label("何の一覧ですか").select_option(what)
    page.get_by_label("CSVファイル").set_input_files(file)
    page.get_by_role("button", name="差分を確かめる").click()
    expect(page.locator(".lead")).to_contain_text(told, timeout=60_000)
    if what == "組織":          # the other list is the same page, ten times as long
        check_accessibility(ready(page))
    page.get_by_role("button", name="この内容で登録する").click()
    expect(page.get_by_text("取り込みました")).to_be_visible(timeout=60_000)


def _write_to_all(page: Page, words: str) -> None:
    page.goto("/chat/rooms/new")
    page.get_by_label("部屋の名前").fill("全庁連絡")
    page.get_by_label("知らせの部屋").check()
    ready(page).get_by_role("checkbox", name="かりの市").check()
    page.get_by_role("button", name="部屋をつくる").click()
    in_room(page, "全庁連絡")
    page.locator("#compose").fill(words)
    page.keyboard.press("Control+Enter")
    expect(page.locator("article[data-seq]", has_text=words)).to_be_visible()


def _initial_password(page: Page) -> str:
    """Looked up on the desk, as the administrator hands it over."""
    page.goto(f"/admin/people?q={NEWCOMER}")
    page.locator("table a").click()
    page.get_by_role("link", name="サインインとパスワード").click()
    page.get_by_role("button", name="初めのパスワードを発行する").click()
    return page.locator(".auth-issued code").inner_text()


def _come_in(page: Page, initial: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("職員番号").fill(NEWCOMER)
    page.get_by_label("パスワード").fill(initial)
    page.keyboard.press("Enter")
    page.wait_for_url("**/password**")
    fields = page.locator("input[type=password]")
    for field, typed in zip(fields.all(), (initial, "umi no miero machi", "umi no miero machi"), strict=True):
        field.fill(typed)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "password" not in url)


def _file(path: Path, rows: Iterator[list[str]]) -> Path:
    """As Excel in a city hall saves it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode("cp932"))
    return path


def _units() -> Iterator[list[str]]:
    yield ["所属コード", "名称", "種別", "上位コード", "任命権者", "並び順"]
    for part in range(1, 11):
        yield [f"{part:02}00", f"第{part}部", "部", "0000", "市長", str(part)]
        for section in range(1, 6):
            yield [f"{part:02}{section}0", f"第{part}部 第{section}課", "課", f"{part:02}00", "市長", str(section)]


def _people() -> Iterator[list[str]]:
    yield ["職員番号", "姓", "名", "姓かな", "名かな", "区分", "所属コード", "職名"]
    for number in range(2, PEOPLE + 2):
        which = number % len(FAMILIES)
        code = f"{number % 10 + 1:02}{number // 10 % 5 + 1}0"
        yield [f"{number:06}", FAMILIES[which], f"{number}郎", KANA[which], "いちろう", "正職員", code, "主事"]
