"""What goes with every answer, and what a person or a program is told when something is refused or fails."""
import gzip
import json
import re
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from groupware.kernel.errors import Conflict, Invalid, Refusal, TooMany, Unavailable
from groupware.kernel.house import house as registered
from groupware.kernel.permissions import PUBLIC

PAGE = {"Accept": "text/html"}
PROGRAM = {"Accept": "application/json"}


@pytest.fixture
def refusing(altered_house: Any) -> Any:
    """A house with one more door: whoever knocks is told what ``refusing.why`` is."""
    altered_house.why = Refusal()

    def refuse() -> None:
        raise altered_house.why
    altered_house.app.add_url_rule("/refuse", "test.refuse", refuse, methods=["GET", "POST"])
    registered.access["test.refuse"] = PUBLIC
    altered_house.app.config["PROPAGATE_EXCEPTIONS"] = False
    return altered_house


def status(house: Any, path: str) -> int:
    with house.client().get(path) as answer:
        return answer.status_code


def test_every_answer_tells_the_browser_what_it_may_do(house: Any) -> None:
    headers = house.client().get("/sign-in").headers
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "*" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]


def test_the_one_inline_script_is_the_one_that_is_allowed(house: Any) -> None:
    answer = house.client().get("/sign-in")
    scripts = re.findall(r"<script(?![^>]* src=)[^>]*>(.*?)</script>", answer.text, re.DOTALL)
    assert len(scripts) == 1
    digest = b64encode(sha256(scripts[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in answer.headers["Content-Security-Policy"]


def test_the_import_map_names_the_controllers_of_every_room(house: Any) -> None:
    [text] = re.findall(r"<script type=\"importmap\"[^>]*>(.*?)</script>", house.client().get("/sign-in").text)
    found = json.loads(text)["imports"]
    assert {"live", "@hotwired/turbo", "chat/outbox", "controllers/room", "controllers/person-picker"} <= set(found)
    assert {status(house, address) for address in found.values()} == {200}


def test_a_file_with_the_hash_of_its_content_is_kept_for_a_year(house: Any) -> None:
    with house.app.test_request_context():
        address = house.app.jinja_env.globals["asset"]("ui/css/base.css")
    assert re.fullmatch(r"/ui/static/css/base\.css\?v=[0-9a-f]{12}", address)
    with house.client().get(address) as kept, house.client().get(address.split("?")[0]) as asked_again:
        assert "immutable" in kept.headers["Cache-Control"]
        assert "Cookie" not in kept.headers.get("Vary", "")
        assert asked_again.headers["Cache-Control"] == "no-cache"


def test_a_text_goes_out_pressed_to_whoever_can_read_it(house: Any) -> None:
    path = "/ui/static/css/base.css"
    with house.client().get(path) as plain, house.client().get(path, headers={"Accept-Encoding": "gzip"}) as pressed:
        assert gzip.decompress(pressed.data) == plain.data
        assert "Content-Encoding" not in plain.headers
    with house.client().get(path, headers={"Accept-Encoding": "gzip", "If-None-Match": pressed.headers["ETag"]}) as again:
        assert again.status_code == 304


def test_every_file_the_stylesheets_and_pages_name_is_there(house: Any) -> None:
    page = house.client().get("/sign-in").text
    named = set(re.findall(r"(?:href|src)=\"(/[^\"#]+static/[^\"#]+)", page))
    assert len(named) > 20
    assert [path for path in named if status(house, path) != 200] == []


@pytest.mark.parametrize(("why", "status", "words"), [
    (Invalid(name="部屋の名前を書いてください。"), 422, "部屋の名前を書いてください。"),
    (Conflict(), 409, "ほかの人が先に変更しました"),
    (TooMany("2分待ってください。", after=120), 429, "2分待ってください。"),
    (Unavailable(), 503, "混み合っています"),
    (OperationalError("select", {}, Exception("locked")), 503, "混み合っています"),
    (ZeroDivisionError("secret detail"), 500, "うまく処理できませんでした"),
])
def test_a_person_is_told_what_happened_what_was_kept_and_what_to_do(refusing: Any, why: Exception, status: int, words: str) -> None:
    refusing.why = why
    answer = refusing.client().post("/refuse", headers=PAGE, data={"text": "長い文\nを書きました", "password": "geheim"})
    assert answer.status_code == status
    assert words in answer.text
    assert "いまの状態" in answer.text
    assert "次にすること" in answer.text
    assert "長い文\nを書きました" in answer.text
    assert "geheim" not in answer.text
    assert "secret detail" not in answer.text


def test_a_program_is_told_in_json(refusing: Any) -> None:
    refusing.why = Invalid(name="部屋の名前を書いてください。")
    answer = refusing.client().post("/refuse", headers=PROGRAM)
    assert answer.status_code == 422
    assert answer.json["error"] == "invalid"
    assert answer.json["fields"] == {"name": "部屋の名前を書いてください。"}


def test_whoever_asks_too_often_is_told_when_to_come_back(refusing: Any) -> None:
    refusing.why = TooMany(after=120)
    assert refusing.client().get("/refuse", headers=PROGRAM).headers["Retry-After"] == "120"


def test_a_failure_has_a_number_that_is_also_in_the_log(refusing: Any, caplog: pytest.LogCaptureFixture) -> None:
    refusing.why = ZeroDivisionError()
    answer = refusing.client().get("/refuse", headers=PAGE)
    assert answer.headers["X-Request-Id"] in answer.text
    assert any(record.exc_info and record.exc_info[0] is ZeroDivisionError for record in caplog.records)


def test_an_unknown_page_is_said_in_our_own_words(house: Any) -> None:
    answer = house.client().get("/nowhere", headers=PAGE)
    assert answer.status_code == 404
    assert "見つかりません" in answer.text
    assert "Not Found" not in answer.text


def test_two_controllers_of_one_name_end_the_start(altered_house: Any) -> None:
    assets = altered_house.app.jinja_env.globals["import_map"].__self__
    assets.folders["twin"], assets.prefixes["twin"] = assets.folders["chat"], "/twin"
    assets.__dict__.pop("_map", None)
    with pytest.raises(ValueError, match="two browser modules"):
        assets.import_map()


def test_headers_of_its_own_are_left_to_whoever_sets_them(house: Any) -> None:
    app: Flask = house.app
    with app.test_request_context("/"):
        response = app.process_response(app.response_class("x", headers={"Content-Security-Policy": "sandbox"}))
    assert response.headers["Content-Security-Policy"] == "sandbox"
