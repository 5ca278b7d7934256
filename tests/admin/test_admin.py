"""The administrator's desk: lists are shown before they count, and nobody else opens it."""
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from groupware.auth.arrival import Arrival
from groupware.auth.commands.entering import Entry, sign_in
from groupware.auth.models import BY_PASSWORD
from groupware.directory.models import User
from groupware.directory.queries import city_name
from groupware.kernel import db, jobs
from groupware.kernel.actor import Actor
from tests.chat.town import person
from tests.conftest import InProcess

UNITS = "コード,名称,種別,上位コード,任命権者,並び順\n0000,北広島市,市,,市長,1\n0100,総務部,部,0000,市長,1\n0110,行政管理課,課,0100,市長,1\n"
PEOPLE = ("職員番号,姓,名,せい,めい,区分,所属コード,職\n000101,髙橋,葵,たかはし,あおい,正職員,0110,主事\n"
          "000102,渡邉,〜郎,わたなべ,ろう,正職員,0110,係長\n")


@pytest.fixture
def desk(house: InProcess) -> FlaskClient:
    return signed_in(house, person("蓮見 亮介", roles=("administrator",)))


def test_nobody_but_an_administrator_opens_the_desk(house: InProcess) -> None:
    visitor = signed_in(house, person("大沢 健"))
    for path in ("/admin", "/admin/imports", "/admin/people/new", "/admin/people/1", "/admin/imports/1"):
        assert visitor.get(path).status_code in {403, 404}, path
    assert bring(visitor, "units", UNITS.encode()).status_code == 403


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig"])
def test_lists_are_shown_first_and_then_applied_whole(desk: FlaskClient, encoding: str) -> None:
    before = count()
    at = bring(desk, "units", UNITS.encode(encoding)).headers["Location"]
    settle()
    assert "新しく登録 <b>3件</b>" in desk.get(at).text
    assert city_name() == ""
    confirm(desk, at)
    assert city_name() == "北広島市"
    people = PEOPLE.replace("〜", "～") if encoding == "cp932" else PEOPLE
    at = bring(desk, "people", people.encode(encoding)).headers["Location"]
    settle()
    assert count() == before
    confirm(desk, at)
    assert count() == before + 2


def test_with_one_bad_line_nothing_is_brought_in(desk: FlaskClient) -> None:
    confirm(desk, bring(desk, "units", UNITS.encode()).headers["Location"])
    before = count()
    at = bring(desk, "people", (PEOPLE + "000103,大沢,健,オオサワ1,けん,正職員,9999,主事\n").encode()).headers["Location"]
    settle()
    page = desk.get(at).text
    assert "直すところ" in page
    assert "この内容で登録する" not in page
    assert count() == before


def test_a_person_is_registered_changed_and_stopped_on_the_screen(desk: FlaskClient) -> None:
    confirm(desk, bring(desk, "units", UNITS.encode()).headers["Location"])
    form = {"staff_number": "000201", "family": "千葉", "given": "光", "family_kana": "ちば", "given_kana": "ひかり", "kind": "正職員",
            "unit_code": "0110", "nature": "主務", "post": "主事"}
    at = desk.post("/admin/people", data=form).headers["Location"]
    assert "行政管理課" in desk.get(at).text
    assert desk.post(at, data={**form, "extension": "2999"}).status_code == 303
    refused = desk.post(at, data={**form, "family_kana": "123"})
    assert (refused.status_code, "123" in refused.text) == (422, True)
    assert desk.post(f"{at}/state", data={"state": "disabled"}).status_code == 303
    db.end_reading()
    user = db.session.scalars(select(User).where(User.staff_number == "000201")).one()
    assert (user.extension, user.state) == ("2999", "disabled")


def bring(client: FlaskClient, what: str, body: bytes) -> Any:
    return client.post("/admin/imports", data={"what": what, "file": (BytesIO(body), "一覧.csv")}, content_type="multipart/form-data")


def confirm(client: FlaskClient, at: str) -> None:
    settle()
    page = client.get(at).text
    digest = page.partition('name="digest" value="')[2].partition('"')[0]
    assert client.post(f"{at}/confirmation", data={"digest": digest}).status_code == 303
    settle()


def settle() -> None:
    while jobs.drain():
        pass
    db.end_reading()


def count() -> int:
    db.end_reading()
    return db.session.scalar(select(func.count()).select_from(User)) or 0


def signed_in(house: InProcess, actor: Actor) -> FlaskClient:
    client = house.client()
    token = sign_in(actor, Entry(Arrival("127.0.0.1", "127.0.0.1", "検査", "test"), BY_PASSWORD))
    with client.session_transaction() as session:
        session["_user_id"] = token
    return client
