"""Bundles and minutes on paper, read again page by page: whoever may read all that is in one may read it, and nobody else."""
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from groupware.files.commands import judge_bytes
from groupware.files.paging import turns
from groupware.files.queries import file_for, files_of
from groupware.files.sending import send
from groupware.files.store import store
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.errors import Forbidden, Invalid, NotFound
from groupware.kernel.jobs import drain
from groupware.printing import press
from meetings.commands.bodies import change_body
from meetings.commands.items import change_item
from meetings.commands.minutes import write_entry
from meetings.commands.papers import hang_papers, replace_paper
from meetings.commands.prints import ask_bundle, open_feed
from meetings.commands.reviewing import move_minutes
from meetings.commands.running import call_roll
from meetings.drafts import EntryDraft, RollDraft
from meetings.forms import BodyDraft, PapersDraft
from meetings.minutes_cards import print_cards
from meetings.queries.items import paper_ref, topic_for
from meetings.queries.prints import saved_by, shelves
from tests.conftest import InProcess
from tests.meetings.town import BEGINS, TUESDAY, body, called, hall, item, item_draft, sitting, table

LEVELS = ("public", "staff", "members", "secret")
STAFF = {"chair", "member", "secretary", "speaker", "observer", "guest", "bystander", "administrator"}
MAY = {"public": STAFF | {"outsider"}, "staff": STAFF, "members": {"chair", "member", "secretary", "speaker"},
       "secret": {"chair", "member", "secretary"}}


@pytest.fixture
def people(house: InProcess) -> Iterator[dict[str, Actor]]:
    with clock.at(TUESDAY):
        yield hall()


@pytest.fixture(autouse=True, scope="module")
def _no_child_stays() -> Iterator[None]:
    yield
    press._child.stop()


def pdf(pages: int) -> bytes:
    made, out = pikepdf.Pdf.new(), BytesIO()
    for _ in range(pages):
        made.add_blank_page()
    made.save(out)
    return out.getvalue()


def hang(who: Actor, item_id: int, title: str, data: bytes, name: str = "紙.pdf") -> int:
    [made] = hang_papers(who, item_id, PapersDraft(((send(who, name, [data]).id, title),)))
    db.end_reading()
    return int(made)


def prepared(people: dict[str, Actor]) -> tuple[int, dict[str, int], dict[str, int]]:
    """A called sitting: an item of each level with a paper of as many pages as its place."""
    secretary = people["secretary"]
    sitting_id = sitting(people, body(people, "public"))
    items = {level: item(secretary, sitting_id, f"議題{level}", level=level) for level in LEVELS}
    papers = {level: hang(secretary, items[level], f"紙{level}", pdf(number)) for number, level in enumerate(LEVELS, 1)}
    return called(people, sitting_id), items, papers


def made(who: Actor, sitting_id: int, level: str) -> int:
    """Asked for, and made as the helper makes it."""
    found = ask_bundle(who, sitting_id, level)
    work()
    return int(found)


def work() -> None:
    while drain():
        pass
    db.end_reading()


def read(who: Actor, sitting_id: int, level: str, what: str = "bundle") -> list[str]:
    [shelf] = [each for each in shelves(who, table(who, sitting_id), makes=False) if (each.row.what, each.row.level) == (what, level)]
    document = pypdfium2.PdfDocument(store().path(shelf.file.blob.place))
    return [page.get_textpage().get_text_range() for page in document]


def test_one_pdf_with_the_agenda_before_it_and_every_page_numbered(people: dict[str, Actor]) -> None:
    sitting_id, items, _ = prepared(people)
    hang(people["secretary"], items["staff"], "表", b"a,b\n1,2\n", "表.csv")
    made(people["secretary"], sitting_id, "members")
    pages = read(people["member"], sitting_id, "members")
    assert all(words in pages[0] for words in ("次第", "第1回 DX連絡会議", "議題public", "議題staff", "議題members", "資料1 紙public", "委員用"))
    assert len(pages) == 1 + 1 + 2 + 1 + 3
    assert all(f"{number} / 7" in page for number, page in enumerate(pages[1:], 1))
    assert "PDF ではない" in pages[4]
    whole = "".join(pages)
    assert "secret" not in whole


def test_what_the_scanner_found_something_in_is_not_bound(people: dict[str, Actor]) -> None:
    sitting_id, items, _ = prepared(people)
    paper = hang(people["secretary"], items["members"], "病んだ紙", pdf(9))
    judge_bytes(SYSTEM, files_of([paper_ref(paper)])[paper_ref(paper)][-1].sha256, "infected", "Eicar-Test-Signature")
    made(people["secretary"], sitting_id, "members")
    pages = read(people["member"], sitting_id, "members")
    assert len(pages) == 1 + 1 + 2 + 3 + 1
    assert any("病んだ紙" in page and "Eicar-Test-Signature" in page for page in pages[1:])


@pytest.mark.parametrize("level", LEVELS)
def test_a_bundle_is_for_whoever_may_read_all_of_it(level: str, people: dict[str, Actor], house: InProcess) -> None:
    sitting_id, _, _ = prepared(people)
    print_id = made(people["secretary"], sitting_id, level)
    [file_id] = [each.file.id for each in shelves(people["secretary"], table(people["secretary"], sitting_id), makes=True)]
    with house.app.test_request_context():
        for name, who in people.items():
            db.end_reading()
            assert bool(print_cards(who, [print_id])) == (name in MAY[level]), name
            assert _may(lambda who=who: file_for(who, file_id)) == (name in MAY[level]), name


def test_what_was_closed_more_or_replaced_after_it_was_bound_is_closed_in_the_bundle_too(people: dict[str, Actor]) -> None:
    sitting_id, items, papers = prepared(people)
    made(people["secretary"], sitting_id, "staff")
    assert read(people["bystander"], sitting_id, "staff")
    new = send(people["secretary"], "新.pdf", [pdf(5)]).id
    replace_paper(people["secretary"], papers["staff"], new, 1)
    db.end_reading()
    [shelf] = shelves(people["bystander"], table(people["bystander"], sitting_id), makes=False)
    assert shelf.stale
    version = topic_for(people["secretary"], items["staff"]).item.version
    change_item(people["secretary"], items["staff"], item_draft("議題staff", level="members", version=version))
    assert shelves(people["bystander"], table(people["bystander"], sitting_id), makes=False) == []
    assert len(shelves(people["member"], table(people["member"], sitting_id), makes=False)) == 1


def test_before_the_papers_open_the_bundle_is_closed_too(people: dict[str, Actor]) -> None:
    opens = BEGINS - timedelta(hours=20)
    sitting_id = sitting(people, body(people), papers_at=opens)
    item_id = item(people["secretary"], sitting_id)
    hang(people["secretary"], item_id, "紙", pdf(1))
    called(people, sitting_id)
    made(people["secretary"], sitting_id, "staff")
    for moment, expected in ((opens - timedelta(seconds=1), 0), (opens, 1)):
        with clock.at(moment):
            assert len(shelves(people["member"], table(people["member"], sitting_id), makes=False)) == expected


def test_only_who_prepares_binds_and_only_what_is_there(people: dict[str, Actor]) -> None:
    sitting_id, _, _ = prepared(people)
    for name in ("member", "speaker", "observer", "bystander", "administrator"):
        with pytest.raises((Forbidden, NotFound)):
            ask_bundle(people[name], sitting_id, "staff")
    with pytest.raises(Invalid):
        ask_bundle(people["secretary"], sitting_id, "everything")
    assert ask_bundle(people["chair"], sitting_id, "staff") == ask_bundle(people["secretary"], sitting_id, "staff")
    work()


def test_minutes_that_stand_become_a_pdf_with_the_fields_of_a_record(people: dict[str, Actor]) -> None:
    sitting_id, items, _ = prepared(people)
    secretary, chair = people["secretary"], people["chair"]
    call_roll(secretary, sitting_id, RollDraft(((chair.user_id, "present", ""), (people["member"].user_id, "deputy", "課長補佐")), 3))
    write_entry(secretary, items["staff"], EntryDraft("remark", "写真の扱いに迷う。", "委員 一人（委員）"))
    write_entry(secretary, items["staff"], EntryDraft("decision", "十一月から始める。"))
    write_entry(secretary, items["secret"], EntryDraft("decision", "見積りは三社とする。"))
    move_minutes(secretary, sitting_id, "ask")
    move_minutes(chair, sitting_id, "lock")
    work()
    whole = "".join(read(people["bystander"], sitting_id, "staff", "minutes"))
    wanted = ("会議録", "会議名", "日時", "場所", "大会議室", "公開の別", "出席委員", "代理 課長補佐", "欠席委員", "事務局", "説明員", "傍聴",
              "3人", "議題", "会議資料", "資料2 紙staff", "会議の経過", "写真の扱いに迷う", "決定事項", "十一月から始める", "確定")
    assert [words for words in wanted if words not in whole] == []
    assert "見積り" not in whole
    assert "見積りは三社とする" in "".join(read(people["member"], sitting_id, "secret", "minutes"))
    assert {each.row.level for each in shelves(people["bystander"], table(people["bystander"], sitting_id), makes=False)} == {"public", "staff"}


def test_the_paper_saved_is_pages_times_those_who_may_read_them(people: dict[str, Actor]) -> None:
    sitting_id, _, _ = prepared(people)
    work()
    while turns.work():         # the helper counts the pages beside
        db.forget_reading()
    turns._child.stop()
    saved = saved_by(people["chair"], table(people["chair"], sitting_id))
    assert [(pages, readers) for _, pages, readers in saved.lines] == [(1, 5), (2, 5), (3, 4), (4, 3)]
    assert saved.sheets == 39
    assert saved_by(people["observer"], table(people["observer"], sitting_id)).sheets == 15


def test_ones_calendar_has_ones_sittings_and_its_address_can_be_taken_back(people: dict[str, Actor], house: InProcess) -> None:
    body_id = body(people)
    sitting_id = sitting(people, body_id)
    item(people["secretary"], sitting_id, "議題の名", minutes=45)
    called(people, sitting_id)
    key = open_feed(people["member"])
    text = house.client().get(f"/meetings/feed.ics?key={key}").get_data(as_text=True)
    assert "SUMMARY:第1回 DX連絡会議" in text and "DTEND:20261015T021500Z" in text
    assert "議題の名" not in text
    db.end_reading()
    other = house.client().get(f"/meetings/feed.ics?key={open_feed(people['bystander'])}").get_data(as_text=True)
    assert "BEGIN:VEVENT" not in other
    newer = open_feed(people["member"])
    assert house.client().get(f"/meetings/feed.ics?key={key}").status_code == 404
    change_body(people["secretary"], body_id, BodyDraft("DX連絡会議", "members", ((people["secretary"].user_id, "secretary"),)))
    assert "BEGIN:VEVENT" not in house.client().get(f"/meetings/feed.ics?key={newer}").get_data(as_text=True)


def _may(act) -> bool:
    try:
        act()
    except NotFound:
        return False
    return True
