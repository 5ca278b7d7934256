"""Changing one's own, and the initial one that an administrator hands over."""
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from groupware.auth import hashing, issuing
from groupware.auth.commands.passwords import issue_password
from groupware.auth.models import Password
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import Forbidden, NotFound
from tests.auth.hall import PASSWORD, CityHall, audited, is_inside, sessions_of, sign_in

BETTER = "nagagutsu to kasa"


def change(client: FlaskClient, current: str = PASSWORD, new: str = BETTER, again: str = "") -> TestResponse:
    return client.post("/me/password", data={"current": current, "new": new, "again": again or new})


def test_a_changed_password_is_the_only_one_from_then_on(hall: CityHall) -> None:
    user_id = hall.add("003005")
    assert change(hall.signed_in("003005")).headers["Location"] == "/me"
    assert sign_in(hall.browser(), "003005", PASSWORD).status_code == 422
    assert sign_in(hall.browser(), "003005", BETTER).status_code == 303
    assert {"user_id": user_id} in audited("auth.PasswordChanged")


def test_changing_it_ends_every_session_but_the_one_at_hand(hall: CityHall) -> None:
    user_id = hall.add("003005")
    lost, here = hall.signed_in("003005"), hall.signed_in("003005")
    change(here)
    assert (is_inside(lost), is_inside(here)) == (False, True)
    assert sessions_of(user_id)[0].end_reason == "password-changed"


WRONG: list[tuple[dict[str, str], str]] = [
    ({"current": "not mine"}, "いまのパスワードが違います。"),
    ({"current": ""}, "いまのパスワードを入れてください。"),
    ({"new": "short"}, "8文字以上"),
    ({"new": "password2026"}, "思いつきやすい"),
    ({"new": "fujikura-misaki"}, "思いつきやすい"),
    ({"new": "003005-003005"}, "思いつきやすい"),
    ({"new": "かりの市かりの市"}, "思いつきやすい"),
    ({"again": "nagagutsu to boushi"}, "上と同じパスワード"),
    ({"new": PASSWORD}, "いまと違うパスワード"),
    ({"new": "k" * 129}, "128文字まで"),
]


def test_what_is_wrong_is_said_at_its_field_and_nothing_changes(hall: CityHall) -> None:
    user_id = hall.add("003005")
    client, before = hall.signed_in("003005"), db.session.get_one(Password, user_id).hash
    for form, sentence in WRONG:
        answer = change(client, **form)
        assert answer.status_code == 422
        assert sentence in answer.text and 'aria-invalid="true"' in answer.text, form
    db.forget_reading()
    assert db.session.get_one(Password, user_id).hash == before


def test_a_password_of_128_characters_is_accepted_whole(hall: CityHall) -> None:
    hall.add("003005")
    longest = ("雨の日は靴下を替える。" * 12)[:128]
    assert change(hall.signed_in("003005"), new=longest).status_code == 303
    assert sign_in(hall.browser(), "003005", longest[:-1]).status_code == 422
    assert sign_in(hall.browser(), "003005", longest).status_code == 303


def test_an_initial_password_opens_only_the_page_that_changes_it(hall: CityHall) -> None:
    user_id = hall.add("003005", password=False)
    client = hall.browser()
    initial = issuing.issue(SYSTEM, user_id)
    assert sign_in(client, "003005", initial).status_code == 303
    assert client.get("/me").headers["Location"] == "/me/password"
    assert client.get("/auth/initial-passwords").headers["Location"] == "/me/password"
    assert client.get("/me", headers={"Accept": "application/json"}).status_code == 403
    assert "ご自分のパスワードを決めてください" in client.get("/me/password").text


def test_the_initial_password_is_changed_once_and_then_all_doors_open(hall: CityHall) -> None:
    user_id = hall.add("003005", password=False)
    initial, client = issuing.issue(SYSTEM, user_id), hall.browser()
    sign_in(client, "003005", initial)
    assert change(client, initial, again="something else").status_code == 422
    assert change(client, initial).headers["Location"] == "/"
    assert is_inside(client)
    assert sign_in(hall.browser(), "003005", initial).status_code == 422
    assert sign_in(hall.browser(), "003005", BETTER).status_code == 303


def test_the_initial_password_cannot_stay(hall: CityHall) -> None:
    user_id = hall.add("003005", password=False)
    initial, client = issuing.issue(SYSTEM, user_id), hall.browser()
    sign_in(client, "003005", initial)
    assert change(client, initial, initial).status_code == 422
    assert not is_inside(client)


def test_an_initial_password_lies_on_paper_for_two_weeks_at_most(hall: CityHall) -> None:
    user_id = hall.add("003005", password=False)
    initial = issuing.issue(SYSTEM, user_id)
    with clock.at(clock.now() + timedelta(days=14, minutes=1)):
        answer = sign_in(hall.browser(), "003005", initial)
        assert answer.status_code == 422
        assert "期限が過ぎています" in answer.text
        assert "期限" not in sign_in(hall.browser(), "003005", "a guess").text


def test_a_reset_ends_all_sessions_and_the_old_password(hall: CityHall) -> None:
    user_id = hall.add("003005")
    client = hall.signed_in("003005")
    initial = issuing.issue(SYSTEM, user_id)
    assert not is_inside(client)
    assert sessions_of(user_id)[0].end_reason == "password-issued"
    assert sign_in(hall.browser(), "003005", PASSWORD).status_code == 422
    assert sign_in(hall.browser(), "003005", initial).status_code == 303
    assert audited("auth.PasswordIssued") == [{"user_id": user_id}]


def test_two_initial_passwords_are_two_and_only_the_last_one_holds(hall: CityHall) -> None:
    user_id = hall.add("003005", password=False)
    first, second = issuing.issue(SYSTEM, user_id), issuing.issue(SYSTEM, user_id)
    assert first != second
    assert sign_in(hall.browser(), "003005", first).status_code == 422
    assert sign_in(hall.browser(), "003005", second).status_code == 303


def test_nobody_but_an_administrator_issues_passwords_and_none_for_themself(hall: CityHall) -> None:
    clerk, administrator = hall.actor(hall.add("003005")), hall.actor(hall.add("000001", role="administrator"))
    for actor, user_id in ((clerk, administrator.user_id), (clerk, clerk.user_id), (administrator, administrator.user_id)):
        with pytest.raises(Forbidden):
            issue_password(actor, user_id, hashing.hash_of(BETTER))
    with pytest.raises(NotFound):
        issue_password(administrator, 4711, hashing.hash_of(BETTER))


def test_no_password_stands_anywhere_in_the_clear(hall: CityHall) -> None:
    user_id = hall.add("003005")
    initial = issuing.issue(SYSTEM, user_id)
    client = hall.browser()
    sign_in(client, "003005", initial)
    change(client, initial)
    db.forget_reading()
    kept = hall.house.config.data.joinpath("tsunagaru.db").read_bytes()
    kept += b"".join(path.read_bytes() for path in hall.house.config.data.glob("*-wal"))
    for secret in (initial, PASSWORD, BETTER):
        assert secret.encode() not in kept
