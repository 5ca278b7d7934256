"""Number and password; what a stranger learns; whose session a browser holds afterwards."""
from collections.abc import Callable

import pytest

from groupware.auth import hashing
from groupware.auth.models import Password
from groupware.auth.tokens import fingerprint
from groupware.directory.commands.people import disable_person, mark_departed
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from tests.auth.hall import OFFICE, PASSWORD, CityHall, audited, is_inside, sessions_of, sign_in, statements_of

NO = "職員番号かパスワードが違います。"


def test_number_and_password_open_the_door(hall: CityHall) -> None:
    user_id = hall.add("003005")
    client = hall.browser()
    assert sign_in(client, "003005").headers["Location"] == "/"
    assert "藤倉 美咲" in client.get("/me").text
    assert audited("auth.SignedIn") == [{"session_id": 1, "user_id": user_id, "way": "password"}]


def test_digits_of_full_width_and_spaces_around_are_what_was_meant(hall: CityHall) -> None:
    hall.add("003005")
    assert {sign_in(hall.browser(), typed).status_code for typed in (" 003005 ", "００３００５", "　003005")} == {303}


def test_a_password_is_the_same_however_the_keyboard_composes_it(hall: CityHall) -> None:
    hall.add("003005")
    decomposed = PASSWORD.replace("で", "て\u3099").replace("ぐ", "く\u3099")
    assert sign_in(hall.browser(), "003005", decomposed).status_code == 303


def test_leading_zeros_belong_to_the_number(hall: CityHall) -> None:
    hall.add("003005")
    assert sign_in(hall.browser(), "3005").status_code == 422


def stranger(hall: CityHall) -> str:
    return "999999"


def wrong_password(hall: CityHall) -> str:
    hall.add("003005", password=False)
    db.write(lambda: db.session.add(Password(user_id=1, hash=hashing.hash_of("something else entirely"), changed_at=clock.now())))
    return "003005"


def no_password_yet(hall: CityHall) -> str:
    hall.add("003005", password=False)
    return "003005"


def stopped(hall: CityHall) -> str:
    disable_person(SYSTEM, hall.add("003005"))
    return "003005"


def departed(hall: CityHall) -> str:
    mark_departed(SYSTEM, hall.add("003005"))
    return "003005"


EVERY_NO = [stranger, wrong_password, no_password_yet, stopped, departed]


@pytest.mark.parametrize("somebody", EVERY_NO)
def test_every_no_is_the_same_page(hall: CityHall, somebody: Callable[[CityHall], str]) -> None:
    number = somebody(hall)
    answer = sign_in(hall.browser(), number)
    assert answer.status_code == 422
    assert NO in answer.text
    assert answer.text.replace(number, "") == sign_in(hall.browser(), "888888").text.replace("888888", "")


@pytest.mark.parametrize("somebody", EVERY_NO)
def test_every_no_costs_one_verification(hall: CityHall, somebody: Callable[[CityHall], str], monkeypatch: pytest.MonkeyPatch) -> None:
    number, verify = somebody(hall), hashing._verify
    spent: list[str] = []

    def counted(kept: str, password: str) -> bool:
        spent.append(kept)
        return verify(kept, password)
    monkeypatch.setattr(hashing, "_verify", counted)
    sign_in(hall.browser(), number)
    assert len(spent) == 1
    assert spent[0].startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_wrong_number_and_a_wrong_password_ask_the_database_the_same_questions(hall: CityHall) -> None:
    hall.add("003005")
    known = statements_of(lambda: sign_in(hall.browser(), "003005", "wrong"))
    assert known == statements_of(lambda: sign_in(hall.browser(), "999999", "wrong"))


def test_a_failure_is_in_the_audit_without_what_was_typed(hall: CityHall) -> None:
    user_id = hall.add("003005")
    sign_in(hall.browser(), "003005", "my secret slip")
    sign_in(hall.browser(), "my secret slip", "003005")
    assert audited("auth.SignInFailed") == [{"user_id": user_id, "reason": "password"}, {"user_id": 0, "reason": "password"}]


def test_an_empty_field_is_asked_for_and_the_number_stays_typed(hall: CityHall) -> None:
    answer = sign_in(hall.browser(), "003005", "")
    assert answer.status_code == 422
    assert "パスワードを入れてください。" in answer.text
    assert 'value="003005"' in answer.text


def test_an_endless_password_is_refused_like_any_other(hall: CityHall) -> None:
    hall.add("003005")
    assert sign_in(hall.browser(), "003005", PASSWORD + "x" * 500_000).status_code == 422


def test_nothing_of_the_browsers_old_session_survives_a_sign_in(hall: CityHall) -> None:
    """Session fixation: whoever planted or copied the old cookie is left with nothing."""
    user_id = hall.add("003005")
    client = hall.browser()
    with client.session_transaction() as planted:
        planted["_user_id"], planted["planted"] = "a token the attacker knows", "by the attacker"
    sign_in(client, "003005")
    with client.session_transaction() as held:
        assert "planted" not in held
        assert fingerprint(held["_user_id"]) == sessions_of(user_id)[0].token_hash


def test_signing_in_again_gives_a_new_token_and_ends_the_old_one(hall: CityHall) -> None:
    user_id = hall.add("003005")
    client = hall.signed_in("003005")
    copied = hall.browser()
    with client.session_transaction() as held, copied.session_transaction() as stolen:
        stolen.update(held)
    assert is_inside(copied)
    sign_in(client, "003005")
    assert is_inside(client)
    assert not is_inside(copied)
    assert [session.end_reason for session in sessions_of(user_id)] == ["replaced", None]


def test_a_signed_out_cookie_is_dead_wherever_it_was_copied_to(hall: CityHall) -> None:
    hall.add("003005")
    client, copied = hall.signed_in("003005"), hall.browser()
    with client.session_transaction() as held, copied.session_transaction() as stolen:
        stolen.update(held)
    answer = client.post("/sign-out")
    assert answer.headers["Location"] == "/sign-in"
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert not is_inside(copied)


def test_an_outdated_hash_is_renewed_at_the_next_sign_in(hall: CityHall) -> None:
    user_id = hall.add("003005", password=False)
    weak = hashing.PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    db.write(lambda: db.session.add(Password(user_id=user_id, hash=weak, changed_at=clock.now())))
    assert sign_in(hall.browser(), "003005").status_code == 303
    renewed = db.session.get_one(Password, user_id).hash
    assert "m=19456,t=2,p=1" in renewed
    assert sign_in(hall.browser(), "003005").status_code == 303


def test_the_session_remembers_the_device_and_the_place(hall: CityHall) -> None:
    user_id = hall.add("003005")
    hall.signed_in("003005", "2001:db8:1:2:3::4")
    hall.signed_in("003005")
    assert [(session.device, session.address, session.network) for session in sessions_of(user_id)] == [
        ("Windows・Edge", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"), ("Windows・Edge", OFFICE, OFFICE)]


def test_whoever_is_inside_already_is_not_asked_again(hall: CityHall) -> None:
    hall.add("003005")
    client = hall.signed_in("003005")
    assert client.get("/sign-in?next=/me").headers["Location"] == "/me"


def test_two_people_in_two_browsers_are_two_people(hall: CityHall) -> None:
    hall.add("003005", "藤倉")
    hall.add("002079", "井上")
    first, second = hall.signed_in("003005"), hall.signed_in("002079")
    assert "藤倉 美咲" in first.get("/me").text
    assert "井上 美咲" in second.get("/me").text
    assert "藤倉 美咲" in first.get("/me").text
