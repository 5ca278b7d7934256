"""The very first visit: a city, an administrator, and never again."""
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from groupware.auth.first_run import setup_code
from groupware.directory.queries import city_name, posts_of
from groupware.kernel import db
from tests.auth.hall import CityHall, audited, is_inside, sign_in

FORM = {"city": "かりの市", "staff_number": "０００００１", "family": "石動", "given": "和志", "family_kana": "イスルギ", "given_kana": "かずし",
        "new": "nagagutsu to kasa", "again": "nagagutsu to kasa"}


@pytest.fixture
def empty(house: Any) -> Iterator[Any]:
    house.app.config["DEMO"] = False
    return house


def browser(house: Any, address: str = "127.0.0.1") -> FlaskClient:
    client: FlaskClient = house.client()
    client.environ_base |= {"REMOTE_ADDR": address, "HTTP_ACCEPT": "text/html"}
    return client


def found(client: FlaskClient, **changed: str) -> TestResponse:
    return client.post("/first-run", data=FORM | changed)


def test_the_first_visitor_of_an_empty_house_is_asked_for_the_city(empty: Any) -> None:
    client = browser(empty)
    assert client.get("/sign-in").headers["Location"] == "/first-run"
    page = client.get("/first-run").text
    assert "市の名前" in page and 'name="code"' not in page


def test_the_city_stands_and_its_administrator_is_inside(empty: Any) -> None:
    client = browser(empty)
    assert found(client).headers["Location"] == "/admin/imports"
    assert client.get("/admin/imports").status_code == 200
    assert "石動 和志" in client.get("/me").text
    db.forget_reading()
    assert city_name() == "かりの市"
    assert [place.where for place in posts_of(1)] == ["かりの市"]
    assert client.get("/auth/initial-passwords").status_code == 200
    assert audited("auth.CityFounded") == [{"user_id": 1, "unit_id": 1}]
    assert sign_in(browser(empty), "000001", FORM["new"]).status_code == 303


def test_there_is_no_second_first_run(empty: Any) -> None:
    found(browser(empty))
    assert browser(empty).get("/first-run").status_code == 404
    assert found(browser(empty), staff_number="000002").status_code == 404
    assert browser(empty).get("/sign-in").status_code == 200
    assert sign_in(browser(empty), "000002", FORM["new"]).status_code == 422


def test_the_demo_city_has_no_first_run(house: Any) -> None:
    assert browser(house).get("/first-run").status_code == 404
    assert found(browser(house)).status_code == 404


WRONG: list[tuple[dict[str, str], str]] = [
    ({"city": " "}, "city"), ({"staff_number": ""}, "staff_number"), ({"staff_number": "a b"}, "staff_number"), ({"family": ""}, "family"),
    ({"family_kana": "isurugi"}, "family_kana"), ({"new": "short", "again": "short"}, "new"),
    ({"new": "isurugi-kazushi", "again": "isurugi-kazushi"}, "new"), ({"again": "other"}, "again")]


def test_what_is_wrong_is_said_and_what_was_typed_stays(empty: Any) -> None:
    for changed, field in WRONG:
        answer = found(browser(empty), **changed)
        assert answer.status_code == 422
        assert f'id="f-{field}-e"' in answer.text, changed
        assert 'value="和志"' in answer.text
        assert FORM["new"] not in answer.text
    assert browser(empty).get("/first-run").status_code == 200


@pytest.mark.parametrize("headers", [{}, {"X-Forwarded-For": "203.0.113.9"}], ids=["another machine", "an unknown proxy"])
def test_from_elsewhere_the_code_on_the_servers_console_is_asked_for(empty: Any, headers: dict[str, str], capfd: pytest.CaptureFixture[str]) -> None:
    client = browser(empty, "127.0.0.1" if headers else "203.0.113.9")
    client.environ_base |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
    assert 'name="code"' in client.get("/first-run").text
    assert found(client).status_code == 422
    assert found(client, code="aaaa-bbbb-cccc").status_code == 422
    assert browser(empty).get("/first-run").status_code == 200
    assert found(client, code=f" {setup_code().upper()} ").status_code == 303
    assert is_inside(client)


def test_the_code_is_printed_for_whoever_owns_the_server(empty: Any, capfd: pytest.CaptureFixture[str]) -> None:
    empty.app.config["SECRET_KEY"] = "a secret of this test, for each is printed once"
    browser(empty, "203.0.113.9").get("/first-run")
    printed = re.search(r"番号: (\S+)", capfd.readouterr().err)
    assert printed and printed[1] == setup_code()
    assert re.fullmatch(r"([a-z2-9]{4}-){2}[a-z2-9]{4}", printed[1])


def test_the_code_cannot_be_guessed_for_ever(empty: Any) -> None:
    answers = {found(browser(empty, "203.0.113.9"), code=f"aaaa-bbbb-{guess:04}").status_code for guess in range(62)}
    assert answers == {422, 429}


def test_a_house_with_people_is_no_empty_house(hall: CityHall) -> None:
    hall.app.config["DEMO"] = False
    hall.add("003005")
    assert hall.browser().get("/sign-in").status_code == 200
    assert hall.browser().get("/first-run").status_code == 404
