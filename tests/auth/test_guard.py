"""Forged requests are refused at every door; whoever is not signed in gets no further than the door."""
from typing import Any

import pytest
from flask.testing import FlaskClient

from groupware.auth.guard import CHANGES_NOTHING
from groupware.kernel.house import house as built
from groupware.kernel.permissions import PUBLIC
from tests.auth.hall import CityHall, is_inside, sign_in

OWN = "http://127.0.0.1:8000"
FORGED: list[dict[str, str]] = [
    {},
    {"Origin": "null"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://127.0.0.1:8000.evil.example"},
    {"Origin": "http://127.0.0.1:8001"},
    {"Origin": f"{OWN}/"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": "cross-site", "Origin": OWN},
    {"Sec-Fetch-Site": "same-origin,cross-site"},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "same-origin", "Host": "evil.example:8000"},
    {"Origin": OWN, "Host": "evil.example"},
    {"Referer": f"{OWN}/me"},
]


@pytest.fixture
def bare(hall: CityHall) -> FlaskClient:
    """A signed-in browser which, from now on, says nothing about where a request comes from."""
    hall.add("003005")
    client = hall.signed_in("003005")
    del client.environ_base["HTTP_SEC_FETCH_SITE"]
    return client


def test_a_request_from_another_site_changes_nothing(bare: FlaskClient) -> None:
    for headers in FORGED:
        assert bare.post("/sign-out", headers=headers).status_code == 403, headers
        assert is_inside(bare), headers


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": OWN}, {"Origin": "http://localhost:8000"}], ids=str)
def test_a_request_from_our_own_page_is_done(bare: FlaskClient, headers: dict[str, str]) -> None:
    assert bare.post("/sign-out", headers=headers).status_code == 303
    assert not is_inside(bare)


def test_json_and_every_method_that_may_change_something_are_guarded_alike(bare: FlaskClient) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "PROPFIND"):
        answer = bare.open("/sign-out", method=method, json={}, headers={"Origin": "https://evil.example", "Accept": "application/json"})
        assert answer.status_code == 403, method
        assert answer.json and "受け付けませんでした" in answer.json["message"]


def test_no_door_of_the_house_takes_a_forged_request(hall: CityHall) -> None:
    tried = 0
    for rule in hall.app.url_map.iter_rules():
        path = rule.build(dict.fromkeys(rule.arguments, 1), append_unknown=False)
        for method in (rule.methods or set()) - CHANGES_NOTHING:
            assert path and hall.browser().open(path[1], method=method, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
            tried += 1
    assert tried > 8


def test_a_sign_in_cannot_be_forged_either(hall: CityHall) -> None:
    """Else somebody could be made to write into another person's account."""
    hall.add("003005")
    client = hall.browser()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert sign_in(client, "003005").status_code == 403


def test_every_door_that_is_not_public_sends_a_stranger_to_the_sign_in(hall: CityHall) -> None:
    for rule in hall.app.url_map.iter_rules():
        path = rule.build(dict.fromkeys(rule.arguments, 1), append_unknown=False)
        if built.access[rule.endpoint] is PUBLIC or path is None:
            continue
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            answer = hall.browser().open(path[1], method=method)
            assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (303, "/sign-in"), (method, path[1])


def test_a_script_is_told_so_in_a_sentence_instead_of_being_sent_to_a_page(hall: CityHall) -> None:
    answer = hall.browser().get("/me", headers={"Accept": "application/json"})
    assert answer.status_code == 401
    assert answer.json and answer.json["error"] == "sign-in-needed"
    assert answer.json["message"] == "サインインし直してください。書いたものは残っています。"


def test_a_door_that_no_manifest_names_is_closed_even_to_the_signed_in(hall: CityHall, monkeypatch: pytest.MonkeyPatch) -> None:
    hall.add("003005")
    client = hall.signed_in("003005")
    monkeypatch.delitem(built.access, "auth.me")
    assert client.get("/me").status_code == 404


def test_after_signing_in_one_is_where_one_wanted_to_be(hall: CityHall) -> None:
    hall.add("003005")
    client = hall.browser()
    asked = client.get("/me/password?from=mail")
    assert asked.headers["Location"] == "/sign-in?next=/me/password?from%3Dmail"
    page = client.get(asked.headers["Location"]).text
    assert 'name="next" value="/me/password?from=mail"' in page
    assert sign_in(client, "003005", next="/me/password?from=mail").headers["Location"] == "/me/password?from=mail"


def test_signing_in_never_leads_to_another_site(hall: CityHall) -> None:
    hall.add("003005")
    for elsewhere in ("//evil.example", "https://evil.example/", "/\\evil.example", "/\t/evil.example", "javascript:evil"):
        client = hall.browser()
        assert "evil" not in client.get("/sign-in", query_string={"next": elsewhere}).text
        assert sign_in(client, "003005", next=elsewhere).headers["Location"] == "/"
        assert client.get("/sign-in", query_string={"next": elsewhere}).headers["Location"] == "/"


def test_pages_of_the_signed_in_leave_no_copy_behind(hall: CityHall) -> None:
    hall.add("003005")
    assert hall.signed_in("003005").get("/me").headers["Cache-Control"] == "private, no-store"


def test_one_request_does_not_inherit_who_another_one_was(hall: CityHall) -> None:
    """The test's own application context stays open over both, as a careless server's would."""
    hall.add("003005")
    assert is_inside(hall.signed_in("003005"))
    assert not is_inside(hall.browser())


@pytest.mark.parametrize(("tls", "name", "secure"), [(True, "__Host-tsunagaru", True), (False, "tsunagaru", False)])
def test_the_cookie_is_for_this_host_and_not_for_scripts(hall: CityHall, tls: bool, name: str, secure: bool) -> None:
    config: dict[str, Any] = hall.app.config
    config |= {"TLS": tls, "SESSION_COOKIE_NAME": name, "SESSION_COOKIE_SECURE": tls}
    hall.add("003005")
    client = hall.browser()
    cookies = sign_in(client, "003005").headers.getlist("Set-Cookie")
    assert sorted(cookie.partition("=")[0] for cookie in cookies) == [name, f"{name}-device"]
    for cookie in cookies:
        assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie
        assert ("Secure" in cookie) == secure and "Domain" not in cookie
