"""Files are found by what stands on their pages, by whoever may see the thing they hang on, and open at the page."""
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from chat.commands.messages import delete_message, post_message
from chat.commands.rooms import remove_member
from chat.forms import MessageDraft
from groupware.files.checking.clamd import CLEAN, INFECTED
from groupware.files.commands import detach_files, judge_bytes
from groupware.files.models import File
from groupware.files.pages import pages_of
from groupware.files.paging import turns
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.ref import Ref
from groupware.search.building import check
from meetings.opening import touch_opened
from tests.chat.town import adviser, person, room
from tests.files import pdfs
from tests.files.office import sent
from tests.meetings import town
from tests.search.hall import Hall
from tests.support.counting import statements


@pytest.fixture(autouse=True)
def _no_child_of_pages_is_left() -> Iterator[None]:
    yield
    turns._child.stop()


def show(who: Actor, room_id: int, name: str, content: bytes, text: str = "資料です") -> tuple[File, int]:
    """Posted, and read by the helper."""
    file = sent(who, name, content)
    message: int = post_message(who, room_id, MessageDraft.parse({"text": text, "key": uuid4().hex, "files": [file.id]})).id
    helper_reads()
    return file, message


def helper_reads() -> None:
    while turns.work():
        db.forget_reading()
    db.end_reading()


def files_in(hall: Hall, who: Actor, typed: str) -> list[tuple[str, str]]:
    return [("".join(words for words, _ in line.title), line.url) for line in hall.ask(who, typed).lines if line.card.ref.kind == "files.file"]


def test_a_page_is_found_by_its_words_and_the_file_opens_there(each_hall: Hall) -> None:
    me, mate, stranger, outsider = person(), person("井上 慎一"), person("蓮見 亮介"), adviser()
    file, _ = show(me, room(me, mate), "補正予算書.pdf", pdfs.portrait("表紙", "歳入", "防災行政無線の更新", "防災備蓄"))
    line = next(line for line in each_hall.ask(mate, "防災").lines if line.card.ref.kind == "files.file")
    assert (line.pages, line.url) == ((3, 4), f"/files/{file.id}/%E8%A3%9C%E6%AD%A3%E4%BA%88%E7%AE%97%E6%9B%B8.pdf#page=3")
    assert ("防災", True) in line.text
    assert line.card.where == "窓口DX推進チーム"
    assert files_in(each_hall, me, "無線")[0][0] == "補正予算書.pdf"
    assert [files_in(each_hall, nobody, "防災") for nobody in (stranger, outsider)] == [[], []]
    assert each_hall.ask(stranger, "防災").counts["files.file"] == 0


def test_by_its_name_it_is_found_as_a_whole(hall: Hall) -> None:
    me = person()
    file, _ = show(me, room(me), "窓口様式の洗い出し.pdf", pdfs.portrait("一", "二"))
    for typed in ("洗い出し", "種類:ファイル 様式", "付き:ファイル 洗い出し", "差出人:自分 洗い出し"):
        assert [url.rpartition("/")[0] for _, url in files_in(hall, me, typed)] == [f"/files/{file.id}"], typed
    assert files_in(hall, me, "洗い出し")[0][1].endswith(".pdf")
    assert files_in(hall, me, "付き:画像 洗い出し") == []


def test_it_is_found_no_more_when_the_post_is_taken_back_or_the_right_ends(each_hall: Hall) -> None:
    me, mate, third = person(), person("井上 慎一"), person("蓮見 亮介")
    here = room(me, mate, third)
    file, message = show(me, here, "名簿.pdf", pdfs.portrait("避難所の名簿"))
    assert files_in(each_hall, mate, "避難所") != []
    remove_member(me, here, mate.user_id)
    db.end_reading()
    assert (files_in(each_hall, mate, "避難所"), each_hall.ask(mate, "避難所").total) == ([], 0)
    assert files_in(each_hall, third, "避難所") != []
    delete_message(me, message)
    assert (files_in(each_hall, third, "避難所"), files_in(each_hall, me, "避難所")) == ([], [])
    assert Ref("files.file", file.number) not in {ref for ref, _, _ in each_hall.keeper.engine.versions()}


def test_what_hangs_on_nothing_is_in_no_index(hall: Hall) -> None:
    me = person()
    sent(me, "下書き.pdf", pdfs.portrait("まだ出さない話"))
    file, message = show(me, room(me), "出した.pdf", pdfs.portrait("もう出した話"))
    assert files_in(hall, me, "まだ出さない") == []
    assert files_in(hall, me, "もう出した") != []
    detach_files(me, [file.id], Ref("chat.message", message))
    assert files_in(hall, me, "もう出した") == []


def test_the_nightly_look_finds_what_the_index_missed_of_files(each_hall: Hall) -> None:
    me = person()
    file, _ = show(me, room(me), "名簿.pdf", pdfs.portrait("避難所の名簿", "物資"))
    each_hall.settle()
    each_hall.keeper.engine.put([], [Ref("files.file", file.number)])
    assert check(each_hall.keeper.indexer, lambda: True) == 1
    assert files_in(each_hall, me, "物資") != []
    assert check(each_hall.keeper.indexer, lambda: True) == 0


def test_what_the_scanner_has_not_called_clean_is_found_by_its_name_alone_and_shows_no_page(each_hall: Hall) -> None:
    """Nor may anybody read its words off a page of results."""
    me = person()
    here = room(me)
    each_hall.house.app.config["CLAMD"] = "unix:/nobody/is/there"
    clean, ill = (show(me, here, f"案内{word}.pdf", pdfs.portrait(f"{word}の届出"))[0] for word in ("良", "悪"))
    assert [files_in(each_hall, me, typed) for typed in ("届出", "良の届出")] == [[], []]
    assert len(files_in(each_hall, me, "案内")) == 2
    assert (pages_of(clean).manifest()["state"], pages_of(clean).count) == ("waiting", 0)
    judge_bytes(SYSTEM, clean.sha256, CLEAN, "")
    judge_bytes(SYSTEM, ill.sha256, INFECTED, "Eicar-Test-Signature")
    assert [name for name, _ in files_in(each_hall, me, "届出")] == ["案内良.pdf"]
    visitor = each_hall.browser(me)
    assert visitor.get(f"/files/pages/{clean.id}").get_json()["count"] == 1
    shut = visitor.get(f"/files/pages/{ill.id}").get_json()
    assert (shut["state"], shut["count"], "Eicar-Test-Signature" in shut["reason"]) == ("shut", 0, True)
    each_hall.house.app.config["CLAMD"] = ""
    assert [name for name, _ in files_in(each_hall, me, "届出")] == ["案内良.pdf"]


def test_a_scan_is_found_by_its_name_and_says_that_nobody_can_search_in_it(hall: Hall) -> None:
    me = person()
    show(me, room(me), "古い台帳.pdf", pdfs.scan())
    line = next(line for line in hall.ask(me, "台帳").lines if line.card.ref.kind == "files.file")
    assert "検索不可（画像）" in line.card.where


def test_a_paper_of_a_meeting_is_found_when_it_opens_and_not_a_second_before(house: Any, hall: Hall) -> None:
    with clock.at(town.TUESDAY):
        people = town.hall()
        sitting = town.sitting(people, town.body(people, "members"))
        item = town.item(people["secretary"], sitting, level="members")
        town.papers(people["secretary"], item, "事前の統計.pdf")
        town.papers(people["secretary"], item, "当日の統計.pdf", handout=True)
        assert files_in(hall, people["member"], "統計") == []
        town.called(people, sitting)
        assert [name for name, _ in files_in(hall, people["member"], "統計")] == ["事前の統計.pdf"]
        assert (files_in(hall, people["bystander"], "統計"), files_in(hall, people["outsider"], "統計")) == ([], [])
    with clock.at(town.BEGINS + timedelta(seconds=20)):
        touch_opened()
        db.end_reading()
        assert {name for name, _ in files_in(hall, people["member"], "統計")} == {"事前の統計.pdf", "当日の統計.pdf"}
        assert hall.ask(people["bystander"], "統計").total == 0
        assert check(hall.keeper.indexer, lambda: True) == 0


def test_a_page_of_results_asks_the_same_few_questions_however_long_the_files(hall: Hall) -> None:
    me = person()
    here = room(me)
    asked_for = []
    for number in (1, 6):
        for each in range(number):
            show(me, here, f"報告書{each}.pdf", pdfs.portrait(*[f"会計監査 {page}" for page in range(number)]))
        hall.settle()
        visitor = hall.browser(me)
        visitor.get("/search?q=会計監査")
        with statements() as asked:
            assert visitor.get("/search?q=会計監査", headers={"Accept": "text/html"}).status_code == 200
        asked_for.append(len(asked))
    assert asked_for[1] <= asked_for[0]


def test_a_secret_file_changes_no_byte_of_anothers_page(each_hall: Hall, trials: Callable[[int, int], int]) -> None:
    me, other = person(), person("井上 慎一")
    here, there = room(me, name="会議の部屋"), room(other)
    for number in range(2):
        show(me, here, f"会議の予算{number}.pdf", pdfs.portrait(f"会議の予算その{number}", "一般会計"))
    each_hall.settle()
    visitor = each_hall.browser(me)
    before = _pages(visitor)
    for number in range(trials(2, 500)):
        show(other, there, f"極秘の会議の予算{number}.pdf", pdfs.portrait(f"極秘の会議の予算その{number}", "一般会計"), "極秘の資料")
    each_hall.settle()
    assert _pages(visitor) == before


def _pages(visitor: Any) -> list[str]:
    typed = ("会議", "予算", "一般会計", "会議 予算", "-極秘 会議", "極秘", "種類:ファイル 会議", "種類:ファイル 極秘", "付き:ファイル", "議",
             "その1", '"会議の予算"', "予算 OR 極秘", "差出人:井上", "場所:会議", "以後:今日 予算", "pdf", "一般 会計", "付き:ファイル 極秘",
             "極秘の会議の予算0.pdf")
    return [visitor.get("/search", query_string={"q": each}, headers={"Accept": "text/html"}).text for each in typed]
