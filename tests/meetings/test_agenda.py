"""Numbers and clock of the 次第 follow from order and lengths alone; nobody's change is overwritten; the next sitting is like the last."""
from datetime import UTC, date, datetime

import pytest
from werkzeug.datastructures import MultiDict

from groupware.files.queries import files_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.agenda import Topic
from groupware.kernel.errors import Conflict, Forbidden, Invalid
from groupware.kernel.ref import Ref
from meetings.agenda import natural, number_at
from meetings.commands.bodies import change_body, keep_standing
from meetings.commands.items import DOWN, UP, change_item, drop_item, move_item, put_topics
from meetings.commands.papers import drop_paper, replace_paper
from meetings.commands.sittings import call_sitting, cancel_sitting, change_sitting
from meetings.forms import BodyDraft, PapersDraft, SittingDraft
from meetings.pace import days_before
from meetings.queries.items import Row, leaf_for, paper_ref, versions_of
from tests.conftest import InProcess
from tests.directory.town import statements_of
from tests.files.office import browser, helper_works
from tests.meetings.town import BEGINS, TUESDAY, body, called, hall, item, item_draft, papers, rows, sitting, table, upload
from tests.notifications.told import told_count


def told(found: list[Row]) -> list[str]:
    return [f"{row.line.begins.astimezone(clock.JST):%H:%M} {row.line.number} {row.line.item.title}" for row in found]


def labels(found: list[Row]) -> list[str]:
    return [f"{label} {paper.title}" for row in found for label, paper, _ in row.papers]


@pytest.fixture
def prepared(each_house: InProcess) -> tuple[dict[str, Actor], int]:
    """開会 5分、報告 0分 with two items below (10分, 20分 with one further below), 閉会."""
    people = hall()
    who, sitting_id = people["secretary"], sitting(people, body(people))
    item(who, sitting_id, "開会", minutes=5)
    report = item(who, sitting_id, "報告", minutes=0)
    item(who, sitting_id, "閉会", minutes=5)
    item(who, sitting_id, "甲", minutes=10, parent=report)
    second = item(who, sitting_id, "乙", minutes=20, parent=report)
    item(who, sitting_id, "細目", minutes=3, parent=second)
    return people, sitting_id


def by_title(people: dict[str, Actor], sitting_id: int) -> dict[str, int]:
    return {row.line.item.title: row.line.item.id for row in rows(people["secretary"], sitting_id)}


def test_numbers_and_clock_follow_from_order_and_lengths(prepared: tuple[dict[str, Actor], int]) -> None:
    people, sitting_id = prepared
    who, ids = people["secretary"], by_title(people, sitting_id)
    assert told(rows(who, sitting_id)) == ["10:30 1 開会", "10:35 2 報告", "10:35 (1) 甲", "10:45 (2) 乙", "11:05 ア 細目", "11:08 3 閉会"]
    move_item(who, ids["乙"], UP)
    assert told(rows(who, sitting_id)) == ["10:30 1 開会", "10:35 2 報告", "10:35 (1) 乙", "10:55 ア 細目", "10:58 (2) 甲", "11:08 3 閉会"]
    move_item(who, ids["開会"], DOWN)
    move_item(who, ids["閉会"], DOWN)        # it is the last already
    assert told(rows(who, sitting_id))[-2:] == ["11:03 2 開会", "11:08 3 閉会"]
    ends = {row.line.item.title: f"{row.line.ends.astimezone(clock.JST):%H:%M}" for row in rows(who, sitting_id)}
    assert ends["報告"] == "11:03"


def test_papers_are_numbered_by_their_place_and_handouts_apart(prepared: tuple[dict[str, Actor], int]) -> None:
    people, sitting_id = prepared
    who, ids = people["secretary"], by_title(people, sitting_id)
    papers(who, ids["閉会"], "次回の日程.pdf")
    papers(who, ids["甲"], "資料１０.pdf", "資料2.pdf")
    papers(who, ids["開会"], "座席表.pdf", handout=True)
    papers(who, ids["細目"], "内訳.xlsx")
    assert labels(rows(who, sitting_id)) == ["当日配付1 座席表", "資料1-1 資料2", "資料1-2 資料１０", "資料1-3 内訳", "資料2 次回の日程"]
    move_item(who, ids["閉会"], UP)
    assert labels(rows(who, sitting_id)) == ["当日配付1 座席表", "資料1 次回の日程", "資料2-1 資料2", "資料2-2 資料１０", "資料2-3 内訳"]


def test_everybody_speaks_of_the_same_numbers_whatever_they_may_see(prepared: tuple[dict[str, Actor], int]) -> None:
    people, sitting_id = prepared
    who, ids = people["secretary"], by_title(people, sitting_id)
    change_item(who, ids["甲"], item_draft("甲", level="secret", version=1))
    called(people, sitting_id)
    assert told(rows(people["bystander"], sitting_id))[2] == told(rows(who, sitting_id))[3] == "10:45 (2) 乙"


def test_what_stands_below_is_closed_with_what_stands_above_and_opened_again(prepared: tuple[dict[str, Actor], int]) -> None:
    people, sitting_id = prepared
    who, ids = people["secretary"], by_title(people, sitting_id)
    change_item(who, ids["細目"], item_draft("細目", level="members", version=1))
    change_item(who, ids["報告"], item_draft("報告", level="secret", version=1))
    assert {row.line.item.title: row.line.item.level for row in rows(who, sitting_id)}["細目"] == "secret"
    change_item(who, ids["報告"], item_draft("報告", version=2))
    assert [row.line.item.level for row in rows(who, sitting_id)] == ["staff", "staff", "staff", "staff", "members", "staff"]


def test_of_two_who_change_an_item_or_a_sitting_the_second_is_told(prepared: tuple[dict[str, Actor], int]) -> None:
    people, sitting_id = prepared
    who, ids = people["secretary"], by_title(people, sitting_id)
    change_item(who, ids["甲"], item_draft("甲の一", version=1))
    with pytest.raises(Conflict):
        change_item(who, ids["甲"], item_draft("甲の二", version=1))
    change_sitting(who, sitting_id, SittingDraft(BEGINS, "小会議室", version=1))
    with pytest.raises(Conflict):
        change_sitting(who, sitting_id, SittingDraft(BEGINS, "屋上", version=1))
    assert table(who, sitting_id).sitting.place == "小会議室"
    assert "甲の一" in by_title(people, sitting_id)


def test_an_agenda_has_three_steps_and_nothing_is_taken_off_with_what_hangs_on_it(prepared: tuple[dict[str, Actor], int]) -> None:
    people, sitting_id = prepared
    who, ids = people["secretary"], by_title(people, sitting_id)
    with pytest.raises(Invalid, match="三段"):
        item(who, sitting_id, "深い", parent=ids["細目"])
    with pytest.raises(Invalid, match="下に"):
        drop_item(who, ids["乙"])
    paper = papers(who, ids["開会"])[0]
    with pytest.raises(Invalid, match="資料"):
        drop_item(who, ids["開会"])
    drop_paper(who, paper)
    drop_item(who, ids["開会"])
    assert told(rows(who, sitting_id))[0] == "10:30 1 報告"
    assert files_of([paper_ref(paper)]) == {}


def test_the_next_sitting_is_like_the_last_without_its_papers(prepared: tuple[dict[str, Actor], int]) -> None:
    people, sitting_id = prepared
    papers(people["secretary"], by_title(people, sitting_id)["甲"])
    body_id = table(people["secretary"], sitting_id).seat.body.id
    following = sitting(people, body_id, like_last=True)
    assert told(rows(people["secretary"], following)) == told(rows(people["secretary"], sitting_id))
    assert labels(rows(people["secretary"], following)) == []
    assert table(people["secretary"], following).sitting.number == 2


def test_what_was_put_on_the_agenda_for_one_day_does_not_come_again(prepared: tuple[dict[str, Actor], int]) -> None:
    people, sitting_id = prepared
    who, seat = people["secretary"], table(people["secretary"], sitting_id).seat
    lasting = told(rows(who, sitting_id))
    put_topics(who, sitting_id, [Topic("ある調整事項", "", Ref("chat.room", 1))])
    item(who, sitting_id, "その中の一つ", parent=by_title(people, sitting_id)["ある調整事項"])
    assert len(rows(who, sitting_id)) == len(lasting) + 2
    assert told(rows(who, sitting(people, seat.body.id, like_last=True))) == lasting
    keep_standing(who, sitting_id)
    assert told(rows(who, sitting(people, seat.body.id, like_standing=True))) == lasting


def test_a_body_has_a_template_of_its_agenda_and_of_its_days(prepared: tuple[dict[str, Actor], int]) -> None:
    people, sitting_id = prepared
    who, body_id = people["secretary"], table(people["secretary"], sitting_id).seat.body.id
    with pytest.raises(Forbidden):
        keep_standing(people["chair"], sitting_id)
    keep_standing(who, sitting_id)
    seats = ((who.user_id, "secretary"), (people["chair"].user_id, "chair"))
    change_body(who, body_id, BodyDraft("DX連絡会議", "staff", seats, answer_days=10, papers_days=7, opens_days=2))
    before = told(rows(who, sitting_id))
    for item_id in by_title(people, sitting_id).values():
        change_item(who, item_id, item_draft("別の題", version=1))
    following = sitting(people, body_id, like_standing=True)
    assert told(rows(who, following)) == before
    found = table(who, following)
    assert found.sitting.papers_at == datetime(2026, 10, 12, 23, 30, tzinfo=UTC)        # two days before, 8:30 in Japan
    assert days_before(found.sitting.starts_at, found.seat.body.answer_days) == date(2026, 10, 5)


def test_how_the_next_one_begins_is_said_in_one_word() -> None:
    form = {"starts_on": "2099/10/20", "starts_time": "10:00"}
    drafts = {begin: SittingDraft.parse(MultiDict(form | {"begin": begin})) for begin in ("last", "standing", "empty")}
    assert {begin: (draft.like_last, draft.like_standing) for begin, draft in drafts.items()} == {
        "last": (True, False), "standing": (False, True), "empty": (False, False)}
    assert not SittingDraft.parse(MultiDict(form)).like_last


def test_a_replaced_paper_keeps_its_place_and_its_earlier_version(prepared: tuple[dict[str, Actor], int]) -> None:
    people, sitting_id = prepared
    who = people["secretary"]
    paper = papers(who, by_title(people, sitting_id)["甲"])[0]
    replace_paper(who, paper, upload(who, "新しい.pdf")[0], 1)
    with pytest.raises(Conflict):
        replace_paper(who, paper, upload(who, "遅れた.pdf")[0], 1)
    db.end_reading()
    assert [(version.version, file.name) for version, file in versions_of(leaf_for(who, paper).paper)] == [(2, "新しい.pdf"), (1, "資料.pdf")]
    assert [file.name if file else "" for row in rows(who, sitting_id) for _, _, file in row.papers] == ["新しい.pdf"]


@pytest.mark.usefixtures("house")
def test_members_and_presenters_are_told_of_the_call_and_readers_of_a_replaced_paper() -> None:
    with clock.at(TUESDAY):
        people = hall()
        who, sitting_id = people["secretary"], sitting(people, body(people))
        paper = papers(who, item(who, sitting_id, level="secret", presenter_id=people["guest"].user_id))[0]
        with pytest.raises(Invalid, match="次第"):
            call_sitting(who, sitting(people, body(people, name="空の会議")))
        called(people, sitting_id)
        helper_works()
        rung = {name for name, each in people.items() if told_count(each.user_id)}
        assert rung | {"secretary"} == {"chair", "member", "secretary", "speaker", "observer", "guest"}
        before = {name: told_count(each.user_id) for name, each in people.items()}
        replace_paper(who, paper, upload(who, "新しい.pdf")[0], 1)
        helper_works()
        db.end_reading()
        assert {name for name, each in people.items() if told_count(each.user_id) > before[name]} - {"secretary"} == {"chair", "member"}
        cancel_sitting(who, sitting_id, "大雪のため")
        helper_works()
        db.end_reading()
        assert told_count(people["guest"].user_id) > before["guest"]


@pytest.mark.usefixtures("house")
def test_a_sitting_asks_the_same_few_questions_however_long_it_is() -> None:
    people = hall()
    who, sitting_id = people["secretary"], sitting(people, body(people))
    papers(who, item(who, sitting_id))
    few = statements_of(lambda: rows(who, sitting_id))
    for number in range(9):
        papers(who, item(who, sitting_id, f"議題{number}"), "一.pdf", "二.pdf")
    assert statements_of(lambda: rows(who, sitting_id)) == few <= 6


@pytest.mark.parametrize(("members", "words"), [((), "事務局"), (((1, "chair"), (2, "chair"), (3, "secretary")), "議長"),
                                                (((1, "chair"), (1, "secretary")), "二つの役目")])
def test_a_body_needs_a_secretariat_one_chair_and_one_role_for_each(members: tuple[tuple[int, str], ...], words: str) -> None:
    form = MultiDict([("name", "会議"), ("level", "staff"), *((role, str(person)) for person, role in members)])
    with pytest.raises(Invalid, match=words):
        BodyDraft.parse(form)


def test_names_are_put_in_the_order_in_which_people_count() -> None:
    names = ["資料10", "資料２", "資料1‐10", "資料1-2", "資料１ー１", "参考資料"]
    assert sorted(names, key=natural) == ["参考資料", "資料１ー１", "資料1-2", "資料1‐10", "資料２", "資料10"]
    assert [number_at(*place) for place in ((0, 3), (1, 12), (2, 1), (2, 5), (2, 60))] == ["3", "(12)", "ア", "オ", "(60)"]


def test_papers_need_a_file_and_not_too_many() -> None:
    for files in ([], ["../etc"], [f"{number:022}" for number in range(21)]):
        with pytest.raises(Invalid):
            PapersDraft.parse(MultiDict([("files", each) for each in files]), {})


def test_who_presents_is_somebody(prepared: tuple[dict[str, Actor], int]) -> None:
    people, sitting_id = prepared
    for nobody in (4_000_000, 999_999_999_999_999):
        with pytest.raises(Invalid, match="名簿"):
            item(people["secretary"], sitting_id, "だれかの議題", presenter_id=nobody)
    assert "だれかの議題" not in by_title(people, sitting_id)


def test_the_page_shows_each_what_they_may_do_and_what_is_said_now_though_its_lines_are_drawn_once(house: InProcess) -> None:
    people = hall()
    sitting_id = sitting(people, body(people))
    item_id = item(people["secretary"], sitting_id, "<b>古い題</b>")
    papers(people["secretary"], item_id)
    called(people, sitting_id)

    def seen(who: str) -> tuple[bool, bool, bool, bool]:
        page = browser(house, people[who]).get(f"/meetings/{sitting_id}", headers={"Accept": "text/html"}).get_data(as_text=True)
        return "&lt;b&gt;古い題&lt;/b&gt;" in page, "新しい題" in page, "資料1" in page, f"/meetings/items/{item_id}/editing" in page
    assert [seen(who) for who in ("secretary", "member", "secretary")] == [
        (True, False, True, True), (True, False, True, False), (True, False, True, True)]
    change_item(people["secretary"], item_id, item_draft("新しい題", version="1"))
    assert [seen(who) for who in ("secretary", "member")] == [(False, True, True, True), (False, True, True, False)]
