"""The administrator's desk: everything of the directory can be done here, and nobody else opens it."""
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import url_for

from groupware.admin.feature import DOORS, FEATURE
from groupware.directory.queries import actor_for, all_units, find_people, ids_by_staff_number, people_cards, posts_of
from groupware.directory.queries.lists import all_posts
from groupware.directory.queries.people import roles_of
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from tests.admin.desk import Desk
from tests.conftest import InProcess
from tests.directory.town import actor, adviser, move, person, statements_of, unit

NEW = {"staff_number": "００２０１", "family": "千葉", "given": "光", "family_kana": "チバ", "given_kana": "ひかり", "kind": "正職員",
       "unit_code": "0311", "nature": "主務", "post": "主事", "starts_on": "令和8年4月1日（水）"}
UNITS = "コード,名称,種別,上位コード\r\n0400,福祉部,部,0000\r\n0410,福祉課,課,0400\r\n"
PEOPLE = ("職員番号,姓,名,せい,めい,区分,所属コード,職\r\n000901,髙橋,葵,たかはし,あおい,正職員,0310,主事\r\n"
          "000902,渡邉,〜郎,わたなべ,ろう,正職員,0310,係長\r\n")


@pytest.mark.parametrize("who", ["colleague", "adviser"])
def test_nobody_but_an_administrator_opens_any_door(desk: Desk, house: InProcess, who: str) -> None:
    visitor = Desk(house, adviser() if who == "adviser" else actor(person(roles=("steering", "cio", "leader"))))
    parts: dict[str, Any] = {"user_id": 1, "unit_id": 1, "import_id": 1, "assignment_id": 1, "word_id": 1, "which": "posts",
                             "role": "cio", "what": "people"}
    with house.app.test_request_context():
        rules = [rule for rule in house.app.url_map.iter_rules() if rule.endpoint.removeprefix("admin.") in DOORS]
        doors = [(rule, url_for(rule.endpoint, **{name: parts[name] for name in rule.arguments})) for rule in rules]
    assert len(doors) == len(DOORS) == len(FEATURE.access) - 1
    for rule, path in doors:
        answer = visitor.post(path) if "POST" in (rule.methods or ()) else visitor.client.get(path)
        assert answer.status_code == 403, path
    assert 'href="/admin"' not in visitor.get("/me")


def test_the_desk_says_how_many_there_are_and_who_sits_nowhere(desk: Desk) -> None:
    person(at="")
    page = desk.get("/admin")
    assert "在職 2人" in page and "主務のない人が 1人" in page
    assert "藤倉" in desk.get("/admin/people?which=seatless")
    assert "はすみ" not in desk.get("/admin/people?which=seatless")


def test_people_are_found_in_every_state_page_by_page(desk: Desk) -> None:
    for number in range(60):
        person(f"佐藤 {number}", "さとう はなこ")
    desk.post(f"/admin/people/{person('田辺 奈央', 'たなべ なお')}/state", state="disabled")
    first, second = desk.get("/admin/people?q=さとう"), desk.get("/admin/people?q=さとう&page=2")
    assert (first.count("さとう はなこ"), second.count("さとう はなこ")) == (50, 10)
    assert "田辺" not in desk.get("/admin/people")
    assert "田辺" in desk.get("/admin/people?which=disabled&q=たな")
    assert desk.status("/admin/people?which=nonsense&page=-3") == 200


def test_the_list_of_people_takes_the_same_number_of_questions_for_one_and_for_fifty(desk: Desk) -> None:
    few = statements_of(lambda: desk.get("/admin/people"))
    for _ in range(50):
        person()
    assert statements_of(lambda: desk.get("/admin/people")) == few


def test_somebody_is_taken_on_changed_moved_stopped_and_let_in_again(desk: Desk) -> None:
    at = desk.post("/admin/people", **NEW).headers["Location"]
    user_id = ids_by_staff_number()["00201"]
    assert posts_of(user_id, date(2026, 4, 1))[0].label == "市民課 窓口係・主事"
    assert "ちば ひかり" in desk.get(at)
    desk.post(at, **NEW | {"extension": "２９９９", "staff_number": "99999"})
    assert (people_cards([user_id])[user_id].extension, people_cards([user_id])[user_id].staff_number) == ("2999", "00201")
    desk.post(f"{at}/places", unit_code="0320", nature="主務", post="主任", starts_on="2026/7/1")
    assert actor(user_id).label == "税務課・主任"
    for state, may_act in (("disabled", False), ("active", True), ("departed", False)):
        assert desk.post(f"{at}/state", state=state).status_code == 303
        db.end_reading()
        assert bool(actor_for(user_id)) is may_act


def test_second_posts_end_and_mistakes_are_taken_back(desk: Desk) -> None:
    user_id = person()
    at = f"/admin/people/{user_id}"
    desk.post(f"{at}/places", unit_code="0320", nature="兼務", starts_on="2026-04-01")
    second = posts_of(user_id)[1].assignment_id
    desk.post(f"{at}/places/ending", place=str(second), ends_on="2026-05-31")
    assert len(posts_of(user_id, date(2026, 6, 1))) == 1
    wrong = move(user_id, "0321", date(2026, 8, 1))
    assert "市民税係" in desk.get(at)
    desk.post(f"{at}/places/{wrong}/cancellation")
    assert posts_of(user_id)[0].where == "市民課 窓口係"


@pytest.mark.parametrize("wrong", [{"family_kana": "123"}, {"starts_on": "いつか"}, {"unit_code": "7777"}, {"nature": "本務"}])
def test_what_is_refused_is_said_and_changes_nothing(desk: Desk, wrong: dict[str, str]) -> None:
    answer = desk.post("/admin/people", **NEW | wrong)
    assert answer.status_code == 422
    assert "00201" not in ids_by_staff_number()


def test_a_state_nobody_knows_is_refused(desk: Desk) -> None:
    assert desk.post(f"/admin/people/{person()}/state", state="happy").status_code == 422
    assert desk.status("/admin/people/999") == 404


def test_units_are_made_renamed_moved_closed_and_opened_again(desk: Desk) -> None:
    at = desk.post("/admin/units", code="0400", name="福祉部", kind="部", parent_code="0000", starts_on="2026-04-01").headers["Location"]
    booked = clock.today() + timedelta(days=40)
    desk.post(at, name="保健福祉部", kind="部", parent_code="0000", authority="市長", position="4", starts_on=booked.isoformat())
    assert "予約" in desk.get(at)
    assert ("保健福祉部" in desk.get("/admin/units"), "保健福祉部" in desk.get(f"/admin/units?on={booked}")) == (False, True)
    desk.post(at + "/closing", ends_on=(booked + timedelta(days=30)).isoformat())
    assert "0400" not in {node.code for node in all_units(booked + timedelta(days=31))}
    desk.post(at + "/reopening")
    assert "0400" in {node.code for node in all_units(booked + timedelta(days=31))}
    assert desk.post(at + "/closing").status_code == 422
    assert desk.post(f"/admin/units/{unit('0300')}/closing", ends_on="2026-12-31").status_code == 409
    assert desk.status("/admin/units/new") == 200


def test_roles_are_given_and_taken(desk: Desk) -> None:
    user_id = person("田辺 奈央", "たなべ なお")
    assert desk.post("/admin/roles/leader", person=str(user_id)).status_code == 303
    assert roles_of(user_id) == ["leader"]
    assert "田辺 奈央" in desk.get("/admin/roles")
    assert "デジタルリーダー" in desk.get(f"/admin/people/{user_id}")
    desk.post(f"/admin/roles/leader/{user_id}/removal")
    assert roles_of(user_id) == []
    assert desk.post("/admin/roles/leader").status_code == 422


def test_words_are_added_and_changed(desk: Desk) -> None:
    person()
    assert desk.post("/admin/lists/posts", name="理事", rank="2").status_code == 303
    post = next(post for post in all_posts() if post.name == "理事")
    desk.post(f"/admin/lists/posts/{post.id}", name="理事官", rank="3")
    desk.post("/admin/lists/staff-kinds", name="派遣", outside="1", position="9")
    page = desk.get("/admin/lists")
    assert "理事官" in page and "派遣" in page
    assert desk.post("/admin/lists/posts", name="課長", rank="2").status_code == 409
    assert desk.post("/admin/lists/colours", name="青").status_code == 404
    assert desk.post("/admin/lists/unit-kinds/999", name="団", position="1").status_code == 404


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig"])
def test_lists_are_shown_first_and_then_applied_whole(desk: Desk, encoding: str) -> None:
    before = set(ids_by_staff_number())
    desk.confirm(desk.bring("units", UNITS.encode(encoding), "2026-04-01"))
    assert {"0400", "0410"} <= {node.code for node in all_units()}
    at = desk.bring("people", PEOPLE.encode(encoding))
    assert "新しく 2人、変わる 0人" in desk.get(at)
    assert set(ids_by_staff_number()) == before
    desk.confirm(at)
    assert "取り込みました" in desk.get(at)
    assert set(ids_by_staff_number()) == before | {"000901", "000902"}
    assert "一覧.csv" in desk.get("/admin/imports")


def test_with_one_bad_line_nothing_can_be_confirmed(desk: Desk) -> None:
    at = desk.bring("people", (PEOPLE + "000903,大沢,健,オオサワ1,けん,正職員,9999,主事\r\n").encode())
    page = desk.get(at)
    assert "4行目" in page and "姓かな" in page and "9999" in page
    assert "digest" not in page
    assert desk.post(f"{at}/confirmation", digest="").status_code == 409
    desk.post(f"{at}/dropping")
    assert "やめました" in desk.get(at)
    assert find_people(SYSTEM, "000901") == []


def test_while_the_helper_looks_the_page_says_so(desk: Desk) -> None:
    at = desk.client.post("/admin/imports", data={"what": "people", "file": (BytesIO(PEOPLE.encode()), "a.csv")}).headers["Location"]
    assert "確かめています" in desk.get(at)


def test_a_file_nobody_can_read_is_refused_with_what_to_do(desk: Desk) -> None:
    assert "CSV UTF-8" in desk.get(desk.bring("people", PEOPLE.encode("utf-16")))
    assert desk.post("/admin/imports", what="people").status_code == 422


def test_what_is_written_out_comes_back_without_a_difference(desk: Desk) -> None:
    person("𠮷田 奈央", "よしだ なお", extension="=1+1")
    for what in ("units", "people"):
        for path in (f"/admin/exports/{what}.csv", f"/admin/exports/{what}.csv?encoding=cp932&anyway=1"):
            answer = desk.client.get(path)
            assert "attachment" in answer.headers["Content-Disposition"]
            assert "新しく 0" in desk.get(desk.bring(what, answer.data))
            assert "変わる 0" in desk.get(desk.bring(what, answer.data))
    assert b",'=1+1," in desk.client.get("/admin/exports/people.csv").data


def test_before_a_character_is_lost_it_is_named(desk: Desk) -> None:
    person("𠮷田 奈央", "よしだ なお")
    page = desk.get("/admin/exports/people.csv?encoding=cp932")
    assert "𠮷田" in page and "3行目" in page
    assert desk.status("/admin/exports/rooms.csv") == 404
    assert desk.status("/admin/exports/people.csv?encoding=utf-16") == 404
