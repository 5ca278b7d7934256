"""A sitting as people live with it: prepared, called, read by those it is for; in real browsers."""
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doors import FUJIKURA, INOUE, enter, ready
from tests.support.browser import OpenWindow, check_at_every_width, check_no_sideways_scroll, walk_to
from tests.support.people import look_up
from tests.support.servers import Served

pytestmark = pytest.mark.browser
PATIENCE = 20_000
CLOSED = "デジタルリーダーの空席"
BODY = "select id from meetings_body where name = 'DX連絡会議'"
FIRST = "select s.id from meetings_sitting s join meetings_body b on b.id = s.body_id where b.name = 'DX連絡会議' and s.number = 1"
SITTING = "select s.id from meetings_sitting s join meetings_body b on b.id = s.body_id where b.name = 'DX連絡会議' order by s.number desc limit 1"

ASKED = "select id from meetings_inquiry order by id limit 1"
ASKED_UNIT = "select 'inquiries/' || inquiry_id || '/units/' || unit_id from meetings_asked_unit order by inquiry_id, position limit 1"


def address(served: Served, query: str, under: str) -> str:
    return f"{under}/{look_up(served, query)[0][0]}"


def plan(page: Page, body: str) -> None:
    page.goto(f"{body}/sittings/new")
    fill(page, {"#f-starts_on": "2099/10/20", "#f-starts_time": "0130PM", "#f-place": "本庁3階 大会議室"})
    walk_to(page, page.get_by_role("button", name="計画する"), "Enter")
    expect(page.get_by_role("heading", name="第3回 DX連絡会議")).to_be_visible(timeout=PATIENCE)
    ready(page)


def fill(page: Page, fields: dict[str, str]) -> None:
    """By the keyboard, one after another."""
    page.locator(next(iter(fields))).wait_for()
    ready(page)
    for field, words in fields.items():
        walk_to(page, page.locator(field))
        page.keyboard.press("Control+A")
        page.keyboard.type(words)


def test_a_secretary_prepares_and_calls_a_sitting_by_keyboard_and_a_member_reads_it_on_a_phone(
        city_of_file: Served, open_window: OpenWindow, tmp_path: Path) -> None:
    secretary = enter(open_window(city_of_file), INOUE, "/meetings")
    plan(secretary, address(city_of_file, BODY, "/meetings/bodies"))
    expect(secretary.locator(".ag")).to_have_count(9)       # like the last one, after what is still to be done
    walk_to(secretary, secretary.get_by_role("link", name="議題を加える"), "Enter")
    fill(secretary, {"#f-title": "電子申請の進み具合", "#f-minutes": "15"})
    walk_to(secretary, secretary.get_by_role("button", name="加える", exact=True), "Enter")
    added = secretary.locator(".ag", has_text="電子申請の進み具合")
    expect(added).to_contain_text("15:00", timeout=PATIENCE)
    ready(secretary)
    walk_to(secretary, added.get_by_role("link", name="資料を付ける"), "Enter")
    secretary.get_by_label("資料のファイル").wait_for()
    ready(secretary)
    sheet = tmp_path / "進捗.pdf"
    sheet.write_bytes(b"%PDF-1.5\n1 0 obj<<>>endobj\n%%EOF\n")
    secretary.get_by_label("資料のファイル").set_input_files(sheet)
    expect(secretary.locator(".attaching [data-state=kept]")).to_contain_text("進捗.pdf", timeout=PATIENCE)
    expect(secretary.locator(".attaching input:enabled")).to_have_count(1, timeout=PATIENCE)
    walk_to(secretary, secretary.get_by_role("button", name="付ける", exact=True), "Enter")
    expect(added).to_contain_text("資料1 進捗", timeout=PATIENCE)
    ready(secretary)
    walk_to(secretary, secretary.get_by_role("button", name="開催を知らせる"), "Enter")
    walk_to(secretary, secretary.get_by_role("alertdialog").get_by_role("button", name="開催を知らせる"), "Enter")
    expect(secretary.get_by_role("button", name="開催を知らせる")).to_have_count(0, timeout=PATIENCE)
    expect(secretary.get_by_text("準備中です")).to_have_count(0)

    member = enter(open_window(city_of_file, 375), FUJIKURA, "/meetings")
    member.get_by_role("link", name="第3回 DX連絡会議").click()
    expect(member.locator(".ag", has_text=CLOSED)).to_be_visible(timeout=PATIENCE)
    check_no_sideways_scroll(member)
    member.get_by_role("link", name="資料1 進捗", exact=True).click()
    expect(member.locator(".leaf-s").first).to_contain_text("壊れていて開けません", timeout=PATIENCE)
    check_no_sideways_scroll(member)
    member.get_by_role("link", name="版と保存").click()
    expect(member.locator(".file")).to_contain_text("進捗.pdf", timeout=PATIENCE)
    check_no_sideways_scroll(member)


def test_the_pages_of_meetings_read_well_at_each_width(desk: Page, shared_city: Served) -> None:
    body, sitting = address(shared_city, BODY, "/meetings/bodies"), address(shared_city, SITTING, "/meetings")
    inquiry, reply = address(shared_city, ASKED, "/meetings/inquiries"), address(shared_city, ASKED_UNIT, "/meetings")
    enter(desk, INOUE, "/meetings")
    for name, path in (("list", "/meetings"), ("body", body), ("settings", f"{body}/settings"), ("sitting", sitting),
                       ("planning", f"{body}/sittings/new"), ("series", f"{body}/series/new?first_on=R8.12.15&rhythm=week&times=6"),
                       ("item", f"{sitting}/items/new"), ("minutes", f"{sitting}/minutes"),
                       ("locked", f"{address(shared_city, FIRST, '/meetings')}/minutes"), ("prints", f"{sitting}/prints"),
                       ("composer", f"{sitting}/minutes/composer"), ("inquiry", inquiry), ("asking", f"{sitting}/inquiry/new"),
                       ("replying", reply), ("actions", "/meetings/actions"), ("feed", "/meetings/feed")):
        desk.goto(path)
        ready(desk)
        check_at_every_width(desk, f"meetings-{name}")
