"""Two people talk: in real browsers, through the real server."""
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doors import FUJIKURA, HASUMI, KASHIWAGI, SAEGUSA, enter, open_room, ready
from tests.support.browser import OpenWindow, check_at_every_width, guard_of
from tests.support.people import look_up
from tests.support.servers import Served

pytestmark = pytest.mark.browser
TEAM = "窓口DX推進チーム"


def write(page: Page, text: str) -> None:
    page.locator("#compose").fill(text)
    page.keyboard.press("Control+Enter")


def test_what_one_writes_the_other_reads_and_the_writer_sees_who_has_read(open_window: OpenWindow, shared_city: Served) -> None:
    writer = open_room(enter(open_window(shared_city), KASHIWAGI), TEAM)
    reader = open_room(enter(open_window(shared_city), FUJIKURA), TEAM)
    write(writer, "様式の表を**更新**しました。")
    arrived = reader.locator("article.msg", has_text="様式の表を更新しました。")
    expect(arrived).to_be_visible()
    arrived.scroll_into_view_if_needed()        # what is below the edge of the screen has not been read
    expect(arrived.locator("strong")).to_have_text("更新")
    mine = writer.locator("article.msg.mine", has_text="様式の表を更新しました。")
    expect(mine.locator("[data-reads]")).to_contain_text("既読 1")
    mine.locator("[data-reads]").click()
    panel = writer.locator("#panel")
    expect(panel.get_by_role("heading", name="読んだ人")).to_be_visible()
    expect(panel).to_contain_text("藤倉 美咲")


def test_a_reply_a_stamp_a_correction_and_a_taking_back_reach_the_other(open_window: OpenWindow, shared_city: Served) -> None:
    writer = open_room(enter(open_window(shared_city), KASHIWAGI), TEAM)
    reader = open_room(enter(open_window(shared_city), FUJIKURA), TEAM)
    write(writer, "三つのことを試します")
    there = reader.locator("article.msg", has_text="三つのことを試します").last
    there.hover()
    there.get_by_role("button", name="印を押す").click()
    reader.get_by_role("menuitem", name="承知").click()
    expect(writer.locator("article.msg", has_text="三つのことを試します").last.locator("[data-stamp=承知]")).to_contain_text("1")
    there.hover()
    there.get_by_role("button", name="返信する").click()
    write(reader, "返信いたします")
    expect(writer.locator("article.is-reply", has_text="返信いたします")).to_contain_text("三つのことを試します")
    mine = writer.locator("article.mine", has_text="三つのことを試します").first
    mine.hover()
    mine.get_by_role("button", name="ほかの操作").click()
    writer.get_by_role("menuitem", name="直す").click()
    writer.get_by_label("投稿を直す").fill("四つのことを試します")
    writer.keyboard.press("Control+Enter")
    expect(reader.locator("article.msg .said", has_text="四つのことを試します")).to_be_visible()
    mine = writer.locator("article.mine", has_text="四つのことを試します").first
    mine.hover()
    mine.get_by_role("button", name="ほかの操作").click()
    writer.get_by_role("menuitem", name="取り消す").click()
    writer.get_by_role("alertdialog").get_by_role("button", name="取り消す").click()
    expect(reader.locator("article.gone").last).to_contain_text("取り消されました")


def test_enter_during_a_conversion_never_sends(open_window: OpenWindow, shared_city: Served) -> None:
    page = open_room(enter(open_window(shared_city), KASHIWAGI), TEAM)
    page.get_by_role("button", name="改行 Enter").click()
    page.locator("#compose").fill("へんかんちゅう")
    for init in ("{isComposing: true, keyCode: 13}", "{isComposing: false, keyCode: 229}"):
        page.evaluate(f"""document.getElementById('compose').dispatchEvent(
            new KeyboardEvent('keydown', {{key: 'Enter', bubbles: true, cancelable: true, ...{init}}}))""")
    page.evaluate("""() => { const box = document.getElementById('compose')
        box.dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}))
        box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', keyCode: 13, bubbles: true, cancelable: true})) }""")
    assert page.locator("#compose").input_value() == "へんかんちゅう"
    assert not page.locator("article[data-seq]", has_text="へんかんちゅう").count()
    assert not page.locator(".pending").count()
    page.get_by_role("button", name="改行 Shift+Enter").click()


def test_a_half_written_message_is_there_again_after_the_tab_was_closed(open_window: OpenWindow, shared_city: Served) -> None:
    page = open_room(enter(open_window(shared_city), KASHIWAGI), "デジタルリーダーの広場")
    page.locator("#compose").fill("書きかけの下書き")
    again = page.context.new_page()
    page.close()
    again.goto("/chat")
    open_room(again, "デジタルリーダーの広場")
    assert again.locator("#compose").input_value() == "書きかけの下書き"


def test_a_message_sent_while_cut_off_goes_out_once_after_the_tab_was_closed(open_window: OpenWindow, city: Served) -> None:
    page = open_room(enter(open_window(city), KASHIWAGI), TEAM)
    guard_of(page).expect("ERR_INTERNET_DISCONNECTED")
    page.context.set_offline(True)
    write(page, "切れている間に書きました")
    expect(page.locator(".pending")).to_contain_text("送信中")
    again = page.context.new_page()
    page.close()
    again.context.set_offline(False)
    again.goto("/chat")
    open_room(again, TEAM)
    expect(again.locator("article[data-seq]", has_text="切れている間に書きました")).to_have_count(1)
    expect(again.locator(".pending")).to_have_count(0)
    assert look_up(city, "select count(*) from chat_message where body = '切れている間に書きました'")[0][0] == 1


def test_what_was_missed_while_cut_off_is_there_after_the_return(open_window: OpenWindow, shared_city: Served) -> None:
    reader = open_room(enter(open_window(shared_city), FUJIKURA), TEAM)
    writer = open_room(enter(open_window(shared_city), KASHIWAGI), TEAM)
    guard_of(reader).expect("ERR_INTERNET_DISCONNECTED|WebSocket")
    reader.context.set_offline(True)
    for number in range(3):
        write(writer, f"不在の間の投稿 {number}")
        expect(writer.locator("article[data-seq]", has_text=f"不在の間の投稿 {number}")).to_be_visible()
    reader.context.set_offline(False)
    for number in range(3):
        expect(reader.locator("article[data-seq]", has_text=f"不在の間の投稿 {number}")).to_have_count(1, timeout=20_000)


def test_a_file_is_attached_seen_by_the_room_and_by_nobody_else(open_window: OpenWindow, shared_city: Served, tmp_path: Path) -> None:
    writer = open_room(enter(open_window(shared_city), KASHIWAGI), TEAM)
    paper = tmp_path / "窓口の数.csv"
    paper.write_text("窓口,数\n転入,5\n", encoding="utf-8")
    writer.locator("input[type=file]").set_input_files(paper)
    expect(writer.locator(".attaching [data-state=kept]")).to_contain_text("窓口の数.csv")
    write(writer, "数えました")
    link = writer.locator("article[data-seq]", has_text="数えました").get_by_role("link", name="窓口の数.csv", exact=True)
    expect(link).to_be_visible()
    path = link.get_attribute("href") or ""
    assert writer.request.get(path).status == 200
    stranger = enter(open_window(shared_city), HASUMI)
    assert stranger.request.get(path).status == 404


def test_a_room_is_opened_answered_and_corrected_by_the_keyboard_alone(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city), KASHIWAGI, "/")
    page.keyboard.press("Control+k")
    page.keyboard.type("窓口DX")
    expect(page.locator("#jump [role=option]").first).to_contain_text(TEAM)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=TEAM, level=1).wait_for()
    page.locator("#compose").focus()
    page.keyboard.type("鍵盤だけで書きました")
    page.keyboard.press("Control+Enter")
    expect(page.locator("article[data-seq]", has_text="鍵盤だけで書きました")).to_be_visible()
    page.locator(".log").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("e")
    expect(page.get_by_label("投稿を直す")).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type("。")
    page.keyboard.press("Control+Enter")
    expect(page.locator("article[data-seq] .said", has_text="鍵盤だけで書きました。")).to_be_visible()


def test_the_adviser_sees_only_the_rooms_to_which_they_belong(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city), SAEGUSA)
    rooms = page.locator(".rm-b b").all_inner_texts()
    mine = {name for (name,) in look_up(shared_city, """select r.name from chat_room r join chat_member m on m.room_id = r.id
        join directory_user u on u.id = m.user_id where u.staff_number = '900156' and m.left_at is null and r.kind <> 'direct'""")}
    assert mine <= set(rooms)
    other = look_up(shared_city, "select id from chat_room where name = '市民課 連絡'")[0][0]
    assert page.request.get(f"/chat/rooms/{other}").status == 404
    assert page.request.get("/directory").status == 403


PAGES = ("/", "/chat", "/chat/rooms/new", "/chat/rooms/joinable", "/notifications", "/directory", "/me", "/audit/mine",
         "/governance", "/governance/plan", "/governance/measures/M07", "/governance/glossary", "/governance/editions",
         "/governance/editions/1/revision")
DRAWERS = ("/admin", "/admin/imports", "/admin/people", "/admin/people/new", "/admin/people/5", "/admin/units", "/admin/units/5",
           "/admin/units/new", "/admin/words", "/admin/groups", "/admin/groups/new", "/audit")


@pytest.mark.parametrize(("who", "paths"), [(FUJIKURA, PAGES), (HASUMI, DRAWERS)], ids=["everybody", "administrator"])
def test_every_page_is_accessible_and_fits_at_every_width(desk: Page, who: str, paths: tuple[str, ...]) -> None:
    """Each page is opened once, and its window made narrower."""
    page = enter(desk, who, "/")
    for path in paths:
        page.goto(path)
        ready(page)
        check_at_every_width(page)


def test_where_one_writes_stands_in_sight_in_every_room_and_only_the_log_scrolls(each_width: Page) -> None:
    page = enter(each_width, KASHIWAGI)
    for room in (TEAM, "市民課 連絡"):      # with people from outside, and without
        page.goto("/chat")
        open_room(ready(page), room)
        expect(page.locator("#compose")).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("button", name="送信", exact=True)).to_be_in_viewport(ratio=1)
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight"), room


def test_a_room_and_its_right_column_are_accessible_at_every_width(desk: Page) -> None:
    page = enter(desk, KASHIWAGI)
    open_room(page, TEAM)
    check_at_every_width(page)
    for name, heading in (("この部屋の人", "この部屋の人"), ("この部屋の設定", "この部屋の設定")):
        page.get_by_role("link", name=name).click()
        page.locator("#panel").get_by_role("heading", name=heading).wait_for()
        check_at_every_width(page)
        page.locator("#panel").get_by_role("button", name="閉じる").click()
