"""The second factor: asked for by role, each code once, guesses that run out, and the codes on paper."""
import re
from datetime import timedelta

import pyotp
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from groupware.auth.models import Factor, RecoveryCode
from groupware.kernel import clock, db
from tests.auth.hall import ELSEWHERE, PASSWORD, CityHall, audited, is_inside, sign_in

NUMBER = "003005"


@pytest.fixture
def demanded(hall: CityHall) -> CityHall:
    hall.app.config["SECOND_FACTOR"] = ("administrator", "outside")
    return hall


def set_up(client: FlaskClient, **more: str) -> tuple[str, list[str]]:
    """The shared secret, and the codes on paper."""
    page = client.get("/me/factor/new").text
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)
    assert secret
    assert sealed
    shared = secret[1].replace(" ", "")
    answer = client.post("/me/factor", data={"sealed": sealed[1], "code": code_of(shared), **more})
    assert answer.status_code == 200, answer.text
    return shared, re.findall(r"<code>([a-z0-9-]{14})</code>", answer.text)


def code_of(secret: str, later: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(clock.now().timestamp()) + later)


def prove(client: FlaskClient, code: str) -> TestResponse:
    return client.post("/sign-in/factor", data={"code": code})


def test_whoever_administers_sets_it_up_at_the_first_sign_in_and_nothing_else_opens_before(demanded: CityHall) -> None:
    demanded.add(NUMBER, role="administrator")
    client = demanded.browser()
    sign_in(client, NUMBER)
    assert client.get("/").headers["Location"] == "/me/factor/new"
    assert client.get("/audit", headers={"Accept": "application/json"}).status_code == 403
    set_up(client)
    assert client.get("/").status_code == 200
    assert [entry["user_id"] for entry in audited("auth.FactorSet")] == [1]


def test_whoever_is_not_asked_for_it_comes_in_as_before_and_may_still_have_one(demanded: CityHall) -> None:
    demanded.add(NUMBER)
    client = demanded.signed_in(NUMBER)
    assert is_inside(client)
    page = client.get("/me/factor/new").text
    sealed = re.search(r'name="sealed" value="([^"]+)"', page)
    assert sealed
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)
    assert secret
    code = code_of(secret[1].replace(" ", ""))
    for wrong in ({"code": code}, {"code": "000000", "current": PASSWORD}, {"code": code, "current": PASSWORD, "sealed": "x"}):
        assert client.post("/me/factor", data={"sealed": sealed[1], **wrong}).status_code == 422
    set_up(client, current=PASSWORD)
    again = demanded.browser()
    sign_in(again, NUMBER)
    assert again.get("/me").headers["Location"] == "/sign-in/factor"


def test_each_code_opens_once_and_a_few_seconds_of_a_wrong_clock_do_no_harm(demanded: CityHall) -> None:
    demanded.add(NUMBER, role="administrator")
    now = clock.now()
    with clock.at(now):
        first = demanded.browser()
        sign_in(first, NUMBER)
        secret, _ = set_up(first)
        second = demanded.browser()
        sign_in(second, NUMBER)
        assert prove(second, code_of(secret)).status_code == 422        # the one of the setup
        assert prove(second, code_of(secret, -300)).status_code == 422
        assert prove(second, code_of(secret, 30)).status_code == 303
        assert is_inside(second)
        third = demanded.browser()
        sign_in(third, NUMBER)
        assert prove(third, code_of(secret, 30)).status_code == 422
    with clock.at(now + timedelta(minutes=2)):
        full_width = code_of(secret).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
        assert prove(third, f" {full_width[:3]} {full_width[3:]} ").status_code == 303
    assert len(audited("auth.SignInFailed")) == 3


def test_a_code_on_paper_opens_once_and_is_kept_as_a_hash_only(demanded: CityHall) -> None:
    demanded.add(NUMBER, role="administrator")
    client = demanded.browser()
    sign_in(client, NUMBER)
    _, codes = set_up(client)
    assert len(set(codes)) == 10
    assert not {row.hash for row in db.session.query(RecoveryCode)} & set(codes)
    for expected in (303, 422):
        again = demanded.browser()
        sign_in(again, NUMBER)
        assert prove(again, codes[0].upper()).status_code == expected
    assert audited("auth.FactorProved") == [{"user_id": 1, "way": "recovery"}]


def test_who_has_the_password_alone_runs_out_of_guesses_and_the_owner_on_a_known_device_does_not(demanded: CityHall) -> None:
    demanded.add(NUMBER, role="administrator")
    owner = demanded.browser()
    sign_in(owner, NUMBER)
    secret, _ = set_up(owner)
    with clock.at(clock.now() + timedelta(minutes=1)):
        sign_in(owner, NUMBER)
        assert prove(owner, code_of(secret)).status_code == 303     # from now on this device is known
    answers = []
    for _ in range(12):
        thief = demanded.browser(ELSEWHERE)
        sign_in(thief, NUMBER)
        answers.append(prove(thief, "000000").status_code)
    assert answers[:5] == [422] * 5
    assert set(answers[6:]) == {429}
    with clock.at(clock.now() + timedelta(minutes=3)):
        sign_in(owner, NUMBER)
        assert prove(owner, code_of(secret)).status_code == 303


def test_a_reset_of_the_password_does_not_pass_by_the_second_factor(demanded: CityHall) -> None:
    boss, user_id = demanded.add("000001", family="蓮見"), demanded.add(NUMBER, role="administrator")
    client = demanded.browser()
    sign_in(client, NUMBER)
    set_up(client)
    del boss
    runner = demanded.app.test_cli_runner()
    slip = runner.invoke(args=["auth", "issue-password", NUMBER]).output.strip().splitlines()[-1]
    again = demanded.browser()
    sign_in(again, NUMBER, slip)
    assert again.get("/").headers["Location"] == "/sign-in/factor"
    assert again.post("/me/password", data={}).headers["Location"] == "/sign-in/factor"
    assert db.session.get(Factor, user_id)


def test_an_administrator_takes_a_lost_one_away_with_their_own_password_and_it_is_written_down(demanded: CityHall) -> None:
    demanded.app.config["SECOND_FACTOR"] = ()
    demanded.add("000001", family="蓮見", role="administrator")
    lost = demanded.add(NUMBER)
    owner = demanded.signed_in(NUMBER)
    set_up(owner, current=PASSWORD)
    boss, nobody = demanded.signed_in("000001"), demanded.add("000002")
    address = f"/auth/people/{lost}/factor/removal"
    assert boss.post(address, data={"current": "wrong"}).status_code == 422
    assert demanded.signed_in("000002").post(address, data={"current": PASSWORD}).status_code == 403
    assert boss.post(address, data={"current": PASSWORD}).status_code == 303
    assert not is_inside(owner)
    assert is_inside(demanded.signed_in(NUMBER))
    assert audited("auth.FactorRemoved") == [{"user_id": lost}]
    assert nobody


def test_codes_are_renewed_and_the_factor_is_given_up_only_with_the_password_and_where_nobody_demands_it(demanded: CityHall) -> None:
    demanded.add(NUMBER, role="administrator")
    client = demanded.browser()
    sign_in(client, NUMBER)
    _, codes = set_up(client)
    assert client.post("/me/factor/codes", data={"current": ""}).status_code == 422
    renewed = client.post("/me/factor/codes", data={"current": PASSWORD}).text
    assert codes[0] not in renewed
    assert client.post("/me/factor/removal", data={"current": PASSWORD}).status_code == 422
    demanded.app.config["SECOND_FACTOR"] = ()
    assert client.post("/me/factor/removal", data={"current": "wrong"}).status_code == 422
    assert client.post("/me/factor/removal", data={"current": PASSWORD}).status_code == 303
    assert is_inside(demanded.signed_in(NUMBER))
