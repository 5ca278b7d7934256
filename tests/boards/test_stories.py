"""A notice as people live with it: written, read on a phone, chased by a section head; in real browsers."""
import re
from unicodedata import normalize

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdfium2 import PdfDocument, PdfPage

from tests.browser.doors import FUJIKURA, INOUE, KASHIWAGI, enter, ready
from tests.support.browser import OpenWindow, check_accessibility, check_at_every_width, check_no_sideways_scroll
from tests.support.people import look_up
from tests.support.servers import Served
from tests.support.waiting import until

pytestmark = pytest.mark.browser
PATIENCE = 20_000
NOTICE = "select id from boards_notice where title = ?"
UNITS = "共用端末の台数を教えてください（課で一つ）"
ASKED = "業務用チャットの試行を全課へ広げます"


def at(served: Served, title: str) -> str:
    return f"/boards/notices/{look_up(served, NOTICE, title)[0][0]}"


def write(page: Page, title: str, due: str = "2099/10/20") -> None:
    """To 市民課 and below, with 要確認."""
    page.goto("/boards/notices/new")
    ready(page)
    page.get_by_label("載せる掲示板").select_option(label="全庁")
    page.get_by_label("題名").fill(title)
    page.get_by_label("本文").fill("来週から**新しい様式**です。\n\n1. 古い様式を抜く\n2. 新しい様式を置く")
    page.get_by_label("要確認").check()
    page.get_by_label("期限", exact=True).fill(due)
    audience = page.locator(".compose-a")
    audience.get_by_label("組織（その下の全員）を名前でしぼる").fill("市民課")
    audience.locator("label.choice", has_text=re.compile("^市民課$")).first.click()
    expect(page.locator(".reach")).to_contain_text("27人", timeout=PATIENCE)


def tab_to(page: Page, target: Locator, then: str = "", text: str = "") -> None:
    """As somebody without a mouse: on and on to it; then a key is pressed there, or a text typed."""
    for _ in range(150):
        if target.evaluate("it => it === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(target).to_be_focused()
    if then:
        page.keyboard.press(then)
    page.keyboard.type(text)


def write_by_keys(page: Page, title: str) -> None:
    """The board one is on is chosen already."""
    page.keyboard.press("n")
    page.wait_for_url("**/notices/new?board=*")
    audience = ready(page).locator(".compose-a")
    tab_to(page, page.get_by_label("題名"), text=title)
    tab_to(page, page.get_by_label("本文"), text="来週から**新しい様式**です。n、j、r と書いても、どこへも行きません。")
    tab_to(page, page.locator("input[name=strength][value=tell]"), "ArrowDown")
    tab_to(page, page.get_by_label("期限", exact=True), text="2099/10/20")
    tab_to(page, audience.get_by_label("組織（その下の全員）を名前でしぼる"), text="市民課")
    tab_to(page, audience.locator("label.choice", has_text=re.compile("^市民課$")).first.locator("input"), "Space")
    expect(page.locator(".reach")).to_contain_text("27人", timeout=PATIENCE)
    tab_to(page, page.get_by_role("button", name="保存して、送る前に確かめる"), "Enter")


def test_by_keyboard_alone_a_notice_is_written_sent_and_confirmed_and_on_a_phone_too(city_of_file: Served, open_window: OpenWindow) -> None:
    sender = enter(open_window(city_of_file), INOUE, "/boards/1")
    write_by_keys(sender, "様式が新しくなります")
    expect(sender.get_by_role("heading", name="届く人")).to_be_visible(timeout=PATIENCE)
    expect(sender.locator(".rate")).to_contain_text("27人 ／")
    tab_to(sender, sender.get_by_role("button", name="27人に知らせる"), "Enter")
    expect(sender.get_by_role("heading", name="様式が新しくなります")).to_be_visible(timeout=PATIENCE)

    reader = enter(open_window(city_of_file, 375), KASHIWAGI, "/")
    waiting = reader.get_by_role("link", name="様式が新しくなります", exact=True)
    expect(reader.get_by_role("heading", name="すること")).to_be_visible(timeout=PATIENCE)
    until_there(reader, "/", waiting)
    waiting.click()
    expect(reader.get_by_text("内容がわかったら押してください")).to_be_visible(timeout=PATIENCE)
    check_no_sideways_scroll(reader)
    reader.get_by_role("button", name="確認しました").click()
    expect(reader.locator(".pressed")).to_be_visible(timeout=PATIENCE)
    assert reader.locator(".status").count() == 0

    head = enter(open_window(city_of_file), FUJIKURA, "/boards?show=waiting")
    head.keyboard.press("?")
    check_accessibility(head)
    head.keyboard.press("Escape")
    mine = head.locator(".nt > a", has_text="様式が新しくなります")
    for _ in range(head.locator(".nt").count()):
        head.keyboard.press("j")
        if mine.evaluate("it => it === document.activeElement"):
            break
    head.keyboard.press("Enter")
    expect(head.get_by_text("内容がわかったら押してください")).to_be_visible(timeout=PATIENCE)
    ready(head).keyboard.press("r")
    expect(head.get_by_role("button", name="確認しました")).to_be_focused()
    head.keyboard.press("Enter")
    expect(head.locator(".pressed")).to_be_visible(timeout=PATIENCE)
    ready(head).keyboard.press("u")
    head.wait_for_url("**/boards?show=waiting")
    ready(sender).keyboard.press("u")
    expect(sender.locator(".nt > a", has_text="様式が新しくなります")).to_be_focused(timeout=PATIENCE)
    sender.keyboard.press("Enter")
    expect(sender.locator(".status .rate")).to_contain_text("2／27人が確認", timeout=PATIENCE)


def test_a_section_head_sees_the_own_section_down_to_names_and_stands_in(city_of_file: Served, open_window: OpenWindow) -> None:
    head = enter(open_window(city_of_file), FUJIKURA, at(city_of_file, ASKED))
    expect(head.locator(".status .sec-h")).to_contain_text("あなたの所属の分")
    assert "税務課" not in head.locator(".status").inner_text()
    head.locator("summary", has_text="窓口係").focus()
    head.keyboard.press("Enter")
    expect(head.locator(".people li").first).to_be_visible(timeout=PATIENCE)
    head.get_by_text("端末のない人に代わって確認する").click()
    head.get_by_label("わけ").first.fill("端末がなく、朝礼で読み上げた")
    before = int(head.locator(".status .rate b").inner_text())
    head.get_by_role("button", name="代わって確認する").click()
    expect(head.locator(".status .rate b")).to_have_text(str(before + 1), timeout=PATIENCE)


def test_it_goes_round_past_a_stand_in_and_back_with_a_reason(city_of_file: Served, open_window: OpenWindow) -> None:
    round_ = "備蓄品の点検表（令和8年度 後期）"
    mine = enter(open_window(city_of_file, 375), KASHIWAGI, at(city_of_file, round_))
    expect(mine.locator(".stop.here")).to_contain_text("柏木 真帆")
    expect(mine.locator(".stop.stamped", has_text="税務課 課長")).to_contain_text("課長が出張のため")
    check_accessibility(mine)
    check_no_sideways_scroll(mine)
    mine.get_by_role("button", name="見ました。次へ回す").click()
    expect(mine.locator(".stop.here")).to_contain_text("東部出張所", timeout=PATIENCE)
    head = enter(open_window(city_of_file), FUJIKURA, at(city_of_file, round_))
    head.get_by_text("東部出張所（だれか一人） に代わって回す").click()
    head.get_by_label("代わって回すわけ").fill("出張所の端末が点検中のため")
    head.get_by_role("button", name="代わって次へ回す").click()
    expect(head.locator(".stop.here")).to_contain_text("行政管理課", timeout=PATIENCE)
    last = enter(open_window(city_of_file), INOUE, at(city_of_file, round_))
    last.locator("summary", has_text="差し戻す").click()
    last.get_by_label("差し戻すわけ").fill("毛布の数が合いません")
    last.get_by_role("button", name="差し戻す").click()
    expect(last.locator(".round")).to_contain_text("差し戻されました。わけ：毛布の数が合いません", timeout=PATIENCE)


def test_a_survey_is_written_answered_on_a_phone_and_its_results_are_read(city_of_file: Served, open_window: OpenWindow) -> None:
    sender = enter(open_window(city_of_file), INOUE, "/boards")
    write(sender, "忘年会の出欠")
    sender.locator("label.choice", has_text="設問に、期限までに答えてもらいます。").click()
    sender.get_by_label("聞くこと").first.fill("出席しますか")
    sender.get_by_label("選択肢").first.fill("出席する\n欠席する")
    sender.get_by_role("button", name="設問を足す").click()
    expect(sender.get_by_text("設問 3", exact=True)).to_be_visible()
    check_accessibility(sender)
    sender.get_by_role("button", name="保存して、送る前に確かめる").click()
    expect(sender.locator(".ask")).to_contain_text("出席しますか", timeout=PATIENCE)
    sender.get_by_role("button", name="27人に知らせる").click()
    expect(sender.get_by_role("heading", name="忘年会の出欠")).to_be_visible(timeout=PATIENCE)
    reader = enter(open_window(city_of_file, 375), KASHIWAGI, "/")
    until_there(reader, at(city_of_file, "忘年会の出欠"), reader.get_by_role("button", name="回答する"))
    reader.get_by_label("出席する").check()
    check_accessibility(reader)
    reader.get_by_role("button", name="回答する").click()
    expect(reader.locator(".ask .pressed")).to_be_visible(timeout=PATIENCE)
    sender.goto(at(city_of_file, "忘年会の出欠") + "/results")
    expect(ready(sender).locator(".chart tr", has_text="出席する").first).to_contain_text("100.0%")
    check_accessibility(sender)


def test_a_link_to_a_notice_in_a_talk_shows_its_card(city_of_file: Served, open_window: OpenWindow) -> None:
    page = enter(open_window(city_of_file), KASHIWAGI, "/chat")
    page.locator(".rm").first.click()
    page.locator(".talkroom[data-connection=online]").wait_for(state="attached")
    where = page.evaluate("location.origin") + at(city_of_file, ASKED)
    page.locator(".composer textarea").fill(f"これを読んでください {where}")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".msg .card-link", has_text=ASKED)).to_be_visible(timeout=PATIENCE)


def until_there(page: Page, path: str, wanted: Locator) -> None:
    """The helper has addressed it, however long that takes it."""
    def is_there() -> int:
        page.goto(path)
        ready(page)
        return wanted.count()
    until(is_there, 60, f"{wanted} is there")


def test_the_pages_of_the_boards_read_well_at_each_width(desk: Page, shared_city: Served) -> None:
    notice, survey = at(shared_city, ASKED), at(shared_city, "庁内研修の希望を聞かせてください")
    enter(desk, INOUE, "/boards")
    for path in ("/boards", notice, "/boards?show=sent", f"{notice}/preview", f"{notice}/editing", f"{notice}/revisions", "/boards/notices/new",
                 "/boards/1/settings", "/boards/feed", survey, at(shared_city, UNITS) + "/results"):
        desk.goto(path)
        ready(desk)
        check_at_every_width(desk)


def printed(page: Page) -> tuple[list[PdfPage], str]:
    """The sheets, and all that stands on them, without spaces and line ends."""
    sheets = list(PdfDocument(page.pdf(prefer_css_page_size=True)))
    return sheets, bare("".join(sheet.get_textpage().get_text_bounded() for sheet in sheets))


def bare(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def test_a_notice_is_printed_on_a4_whole_and_without_what_stands_around_it(open_window: OpenWindow, shared_city: Served) -> None:
    page = enter(open_window(shared_city), INOUE, at(shared_city, ASKED))
    said = [*page.locator(".prose > :not(ol)").all_inner_texts(), *page.locator(".prose li, .said, .who b").all_inner_texts(),
            *page.locator(".l1 > details > summary .tn").all_inner_texts()]
    sheets, text = printed(page)
    assert len(said) > 20
    assert [each for each in said if bare(each) not in text] == []
    assert not [each for each in ("ホーム", "職員名簿", "お知らせの設定", "まだの", "キーボード", "書き込む", "名簿(CSV)") if each in text]
    assert (len(sheets) <= 2, {tuple(map(round, sheet.get_size())) for sheet in sheets}) == (True, {(595, 842)})
    for sheet in sheets:
        words = sheet.get_textpage()
        left, bottom, right, top = zip(*(words.get_charbox(n) for n in range(words.count_chars())), strict=True)
        assert min(left) >= 40 and max(right) <= 555 and min(bottom) >= 40 and max(top) <= 802
    sheets, text = printed(enter(open_window(shared_city), KASHIWAGI, at(shared_city, ASKED)))
    assert (len(sheets), "確認のようす" in text) == (1, False)
