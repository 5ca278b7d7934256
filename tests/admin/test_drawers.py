"""The drawers of the desk: people, units, words, groups, lists taken out."""
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from groupware.admin.feature import FEATURE, FOR_KEEPERS
from groupware.directory.commands.lists import add_word
from groupware.directory.forms import PostDraft
from groupware.directory.models import Group, Post, StaffKind
from groupware.directory.queries import ids_by_unit_code, members_of_group, posts_of
from groupware.directory.queries.units import unit_history
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from tests.admin.test_admin import bring, settle, signed_in
from tests.chat.town import adviser, person
from tests.conftest import InProcess
from tests.directory.town import build_town
from tests.support.counting import statements

BOOKED = (clock.today() + timedelta(days=30)).isoformat()


@pytest.fixture
def desk(house: InProcess) -> FlaskClient:
    build_town()
    return signed_in(house, person("蓮見 亮介", roles=("administrator",)))


def unit(code: str) -> int:
    db.end_reading()
    return ids_by_unit_code()[code]


def fields(**more: str) -> dict[str, str]:
    return {"name": "市民課", "kind": "課", "parent_code": "0300", "authority": "市長", "position": "1", **more}


@pytest.mark.parametrize("who", [person, adviser])
def test_no_drawer_opens_for_anybody_else(house: InProcess, who: Any) -> None:
    visitor = signed_in(house, who("大沢 健"))
    for rule in house.app.url_map.iter_rules():
        if rule.endpoint.startswith("admin.") and rule.endpoint != "admin.static":
            values = {name: "posts" if name == "name" else 1 for name in rule.arguments}
            path = house.app.url_map.bind("localhost").build(rule.endpoint, values)
            method = visitor.post if "POST" in (rule.methods or ()) else visitor.get
            assert method(path).status_code in {403, 404, 422}, path
    assert set(FEATURE.access) >= {f"admin.{door}" for door in FOR_KEEPERS}
    db.end_reading()
    assert not list(db.session.scalars(select(Group)))


def test_who_steers_the_plan_makes_groups_and_opens_nothing_else(house: InProcess) -> None:
    build_town()
    steering = signed_in(house, person("井上 慎一", roles=("steering",)))
    assert steering.get("/admin").status_code == 200
    assert "取り込み" not in steering.get("/admin").text
    assert steering.get("/admin/people").status_code == 403
    assert steering.post("/admin/groups", data={"name": "窓口DX推進チーム"}).status_code == 303


def test_a_unit_is_made_and_its_change_booked_for_a_day_to_come(desk: FlaskClient) -> None:
    made = desk.post("/admin/units", data=fields(code="0330", name="市民協働課")).headers["Location"]
    assert "市民協働課" in desk.get(made).text
    assert desk.post(made, data=fields(name="協働推進課", starts_on=BOOKED)).status_code == 303
    db.end_reading()
    assert [version.name for version in unit_history(unit("0330"))] == ["市民協働課", "協働推進課"]
    today, then = desk.get("/admin/units").text, desk.get(f"/admin/units?on={BOOKED}").text
    assert ">市民協働課</a>" in today
    assert "予約されている変更" in today
    assert ">協働推進課</a>" in then


@pytest.mark.parametrize(("form", "sentence"), [
    ({"name": ""}, "所属の名前を"), ({"kind": "星"}, "一覧にありません"), ({"parent_code": "9999"}, "見つかりません"),
    ({"parent_code": "0311"}, "自分の下にある"), ({"position": "一番"}, "数で"), ({"starts_on": "あした"}, "読み取れません"),
    ({"starts_on": "1900-01-01"}, "時点ではありません")])
def test_a_change_that_cannot_be_is_refused_and_what_was_typed_stays(desk: FlaskClient, form: dict[str, str], sentence: str) -> None:
    refused = desk.post(f"/admin/units/{unit('0310')}", data=fields(**{"authority": "教育委員会", **form}))
    assert refused.status_code == 422
    assert sentence in refused.text
    assert "教育委員会" in refused.text
    db.end_reading()
    assert [version.authority for version in unit_history(unit("0310"))] == ["市長"]


def test_a_unit_in_which_somebody_sits_is_not_closed(desk: FlaskClient) -> None:
    person("柏木 真帆", unit_code="0312")
    at = f"/admin/units/{unit('0312')}"
    refused = desk.post(f"{at}/closure", data={"ends_on": clock.today().isoformat()})
    assert (refused.status_code, "先に移してください" in refused.text) == (409, True)
    assert desk.post(f"{at}/closure", data={"ends_on": ""}).status_code == 422
    empty = f"/admin/units/{unit('0321')}"
    assert desk.post(f"{empty}/closure", data={"ends_on": BOOKED}).status_code == 303
    assert "までです" in desk.get(empty).text
    assert desk.post(f"{empty}/reopening").status_code == 303
    db.end_reading()
    assert unit_history(unit("0321"))[-1].ends_on is None


def test_words_are_added_renamed_and_only_removed_when_they_were_never_used(desk: FlaskClient) -> None:
    assert desk.post("/admin/words/staff-kinds", data={"name": "派遣", "position": "8", "outside": "1"}).status_code == 303
    kinds = _by_name(StaffKind)
    assert kinds["派遣"].outside
    assert desk.post(f"/admin/words/staff-kinds/{kinds['派遣'].id}", data={"name": "派遣職員", "position": "3"}).status_code == 303
    assert desk.post(f"/admin/words/staff-kinds/{kinds['派遣'].id}/removal").status_code == 303
    refused = desk.post(f"/admin/words/staff-kinds/{kinds['正職員'].id}/removal")
    assert (refused.status_code, "使われているため" in refused.text) == (409, True)
    assert set(_by_name(StaffKind)) == set(kinds) - {"派遣"}
    assert desk.post("/admin/words/stars", data={"name": "星"}).status_code == 404


def test_a_post_in_use_is_renamed_for_everybody(desk: FlaskClient) -> None:
    at = desk.post("/admin/people", data=NEWCOMER).headers["Location"]
    post = _by_name(Post)["主事"]
    assert desk.post(f"/admin/words/posts/{post.id}", data={"name": "主事補", "rank": str(post.rank)}).status_code == 303
    assert "主事補" in desk.get(at).text


def test_a_group_holds_who_is_named_and_who_sits_in_its_units(desk: FlaskClient) -> None:
    named, seated = person("大沢 健"), person("柏木 真帆", unit_code="0311")
    at = desk.post("/admin/groups", data={"name": "窓口改善", "people": [str(named.user_id)], "units": [str(unit("0310"))]}).headers["Location"]
    page = desk.get(at).text
    assert "大沢 健" in page
    assert "柏木 真帆" in page
    assert members_of_group(int(at.rsplit("/", 1)[1])) == sorted([named.user_id, seated.user_id])
    assert desk.post(at, data={"name": "窓口改善", "people": ["x"]}).status_code == 422
    assert desk.post(at, data={"name": "", "people": [str(named.user_id)]}).status_code == 422
    assert desk.post(at, data={"name": "窓口改善", "people": [str(named.user_id)]}).status_code == 303
    db.end_reading()
    assert members_of_group(int(at.rsplit("/", 1)[1])) == [named.user_id]


NEWCOMER = {"staff_number": "000201", "family": "千葉", "given": "光", "family_kana": "ちば", "given_kana": "ひかり", "kind": "正職員",
            "unit_code": "0311", "nature": "主務", "post": "主事"}


def test_seats_are_given_booked_ended_and_taken_back(desk: FlaskClient) -> None:
    at = desk.post("/admin/people", data=NEWCOMER).headers["Location"]
    assert desk.post(f"{at}/places", data={"unit_code": "0320", "nature": "兼務"}).status_code == 303
    assert desk.post(f"{at}/places", data={"unit_code": "0312", "nature": "主務", "starts_on": BOOKED}).status_code == 303
    page = desk.get(at).text
    assert page.count("予約をやめる") >= 1
    assert "戸籍係" in page
    side, booked = _seat(page, "ending"), _seat(page, "cancelling")
    assert desk.post(f"{at}/places/{side}/ending").status_code == 303
    assert desk.post(f"{at}/places/{booked}/cancelling").status_code == 303
    assert "予約をやめる" not in desk.get(at).text
    main = min(place.assignment_id for place in posts_of(int(at.rsplit("/", 1)[1])))
    refused = desk.post(f"{at}/places/{main}/ending")
    assert (refused.status_code, "主務は、次の主務" in refused.text) == (409, True)
    assert desk.post(f"{at}/places/999/ending").status_code == 404


def test_everybody_who_was_ever_registered_is_found_page_by_page(desk: FlaskClient) -> None:
    for number in range(60):
        person(f"同僚 {number}")
    gone = person("千葉 光")
    desk.post(f"/admin/people/{gone.user_id}/state", data={"state": "departed"})
    first, second = desk.get("/admin/people").text, desk.get("/admin/people?page=2").text
    assert first.count("/admin/people/") >= 50
    assert "第</span>2" in second
    assert "千葉 光" in desk.get("/admin/people?state=departed").text
    assert "千葉 光" not in desk.get("/admin/people?state=active&q=千葉").text
    assert "蓮見 亮介" in desk.get("/admin/people?role=administrator").text
    for strange in ("?page=x", "?page=-3", "?page=99999999999", "?state=star&role=star", f"?q={'あ' * 5000}"):
        assert desk.get(f"/admin/people{strange}").status_code == 200


@pytest.mark.parametrize(("path", "budget"), [("/admin/people", 9), ("/admin/units", 9), ("/admin/words", 12), ("/admin/groups", 6)])
def test_a_drawer_keeps_its_budget(desk: FlaskClient, path: str, budget: int) -> None:
    few = _asked(desk, path)
    for number in range(20):
        person(f"同僚 {number}", unit_code="0311")
        add_word(SYSTEM, PostDraft(f"職 {number}", number))
    assert _asked(desk, path) <= min(few, budget)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
@pytest.mark.parametrize("what", ["units", "people"])
def test_what_is_taken_out_and_brought_in_again_changes_nothing(desk: FlaskClient, what: str, encoding: str) -> None:
    desk.post("/admin/people", data={**NEWCOMER, "email": "hikari@example.jp", "extension": "0123"})
    taken = desk.get(f"/admin/lists?what={what}&encoding={encoding}")
    assert taken.status_code == 200
    assert "attachment" in taken.headers["Content-Disposition"]
    at = bring(desk, what, taken.data).headers["Location"]
    settle()
    page = desk.get(at).text
    assert "新しく登録 <b>0件</b>、変更 <b>0件</b>" in page
    assert "一覧にないもの 0件" in page


def test_a_name_that_shift_jis_lacks_is_not_taken_out_with_a_hole(desk: FlaskClient) -> None:
    desk.post("/admin/people", data={**NEWCOMER, "family": "𠮷野"})
    refused = desk.get("/admin/lists?what=people&encoding=cp932")
    assert (refused.status_code, "UTF-8 で書き出してください" in refused.text) == (422, True)
    assert "𠮷野" in desk.get("/admin/lists?what=people&encoding=utf-8-sig").data.decode("utf-8-sig")
    for strange in ("what=stars&encoding=cp932", "what=people&encoding=rot13", ""):
        assert desk.get(f"/admin/lists?{strange}").status_code == 422


def test_a_file_that_is_no_list_is_said_to_be_none(desk: FlaskClient) -> None:
    for body in (b"", b"\xff\xfe\x00", b"PK\x03\x04"):
        answer = desk.post("/admin/imports", data={"what": "people", "file": (BytesIO(body), "x.csv")}, content_type="multipart/form-data")
        settle()
        page = answer.text if answer.status_code == 422 else desk.get(answer.headers["Location"]).text
        assert 'role="alert"' in page


def _asked(client: FlaskClient, path: str) -> int:
    db.forget_reading()
    with statements() as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def _by_name(table: Any) -> dict[str, Any]:
    db.end_reading()
    db.reading().expunge_all()
    return {row.name: row for row in db.session.scalars(select(table))}


def _seat(page: str, deed: str) -> int:
    """The newest one on which that deed is offered."""
    return int(page.partition(f'/{deed}"')[0].rsplit("/", 1)[1])


