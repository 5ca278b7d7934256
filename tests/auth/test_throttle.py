"""Strangers run out of guesses; the owner never does."""
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from groupware.auth import throttle
from groupware.auth.arrival import Arrival, network_of
from groupware.kernel import clock
from groupware.kernel.errors import TooMany
from tests.auth.hall import ELSEWHERE, OFFICE, CityHall, audited, is_inside, sign_in

HOUR = timedelta(hours=1)


def test_strangers_have_ten_guesses_an_hour_from_however_many_addresses(hall: CityHall) -> None:
    hall.add("003005")
    start, answers = clock.now(), []
    for minute in range(60):
        with clock.at(start + timedelta(minutes=minute)):
            answers += [guess(hall.browser(f"198.51.{minute}.{each}"), "003005") for each in range(3)]
    assert answers.count(422) == 9
    assert set(answers) == {422, 429}


def test_in_any_hour_there_are_no_more_than_ten(hall: CityHall) -> None:
    start, purses = clock.now(), [throttle.of_account("003005", arrival())[0]]
    paid = [minute for minute in range(600) if may_pay_at(start, minute, purses)]
    assert len(paid) > 50
    assert max(sum(1 for minute in paid if first <= minute < first + 60) for first in paid) <= 10


def test_the_owner_gets_in_on_a_known_device_whatever_strangers_do(hall: CityHall) -> None:
    hall.add("003005")
    mine = hall.signed_in("003005", "192.168.7.7")
    mine.post("/sign-out")
    exhaust("003005")
    mine.environ_base["REMOTE_ADDR"] = "172.16.9.9"
    assert sign_in(mine, "003005").status_code == 303


def test_the_owner_gets_in_from_a_known_address_whatever_strangers_do(hall: CityHall) -> None:
    hall.add("003005")
    hall.signed_in("003005", OFFICE)
    exhaust("003005")
    assert sign_in(hall.browser(OFFICE), "003005").status_code == 303
    assert sign_in(hall.browser(ELSEWHERE), "003005").status_code == 429


def test_on_the_owners_own_device_guesses_are_counted_too(hall: CityHall) -> None:
    hall.add("003005")
    mine = hall.signed_in("003005")
    mine.post("/sign-out")
    assert [guess(mine, "003005") for _ in range(12)] == [422] * 10 + [429] * 2


def test_a_device_known_for_one_person_is_a_strangers_for_another(hall: CityHall) -> None:
    hall.add("003005")
    hall.add("002079")
    mine = hall.signed_in("003005")
    exhaust("002079")
    assert guess(mine, "002079") == 429


def test_a_made_up_device_cookie_is_no_device(hall: CityHall) -> None:
    hall.add("003005")
    exhaust("003005")
    client = hall.browser(ELSEWHERE)
    client.set_cookie("tsunagaru-device", "WyJhYmMiLDFd.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    assert guess(client, "003005") == 429


def test_a_shared_device_knows_its_last_people_and_not_a_whole_city(hall: CityHall) -> None:
    numbers = [f"{number:06}" for number in range(9)]
    for number in numbers:
        hall.add(number)
    client = hall.browser()
    for number in numbers:
        assert sign_in(client, number).status_code == 303
    for number in numbers:
        exhaust(number)
    client.environ_base["REMOTE_ADDR"] = ELSEWHERE
    assert [sign_in(client, number).status_code for number in (numbers[-1], numbers[1], numbers[0])] == [303, 303, 429]


def test_a_number_that_does_not_exist_runs_out_just_the_same(hall: CityHall) -> None:
    hall.add("003005")
    known, unknown = ([guess(hall.browser(f"198.51.100.{each}"), number) for each in range(7)] for number in ("003005", "999999"))
    assert known == unknown == [422] * 5 + [429] * 2


def test_one_address_cannot_go_through_all_the_numbers(hall: CityHall) -> None:
    start = clock.now()
    with clock.at(start):
        for number in range(57):
            throttle.pay(throttle.of_account(f"{number:06}", arrival()))
        assert [guess(hall.browser(ELSEWHERE), f"1000{number:02}") for number in range(5)] == [422] * 3 + [429] * 2
        assert guess(hall.browser("198.51.100.1"), "000001") == 422
    with clock.at(start + timedelta(minutes=1)):
        assert guess(hall.browser(ELSEWHERE), "000070") == 422


def test_an_ipv6_stranger_is_one_however_many_addresses_the_network_has() -> None:
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2:ffff::1") == "2001:db8:1:2::/64"
    assert network_of("2001:db8:1:3::1") != network_of("2001:db8:1:2::1")
    assert network_of("::ffff:203.0.113.9") == network_of("203.0.113.9") == "203.0.113.9"


def test_right_passwords_cost_nothing_so_a_whole_office_may_arrive_through_one_address(hall: CityHall) -> None:
    hall.add("003005")
    for number in range(57):
        throttle.pay(throttle.of_account(f"{number:06}", Arrival(OFFICE, OFFICE, "", "")))
    assert [sign_in(hall.browser(OFFICE), "003005").status_code for _ in range(6)] == [303] * 6


def test_a_refused_guess_is_neither_judged_nor_written_down_and_says_how_long_to_wait(hall: CityHall) -> None:
    hall.add("003005")
    exhaust("003005")
    written = len(audited("auth.SignInFailed"))
    answer = sign_in(hall.browser(ELSEWHERE), "003005")
    assert answer.status_code == 429
    assert "12分ほど待ってから" in answer.text
    assert len(audited("auth.SignInFailed")) == written


def test_whoever_waits_is_judged_again(hall: CityHall) -> None:
    hall.add("003005")
    exhaust("003005")
    with clock.at(clock.now() + timedelta(minutes=12)):
        assert sign_in(hall.browser(ELSEWHERE), "003005").status_code == 303


def test_a_stolen_session_does_not_get_endless_guesses_at_the_password(hall: CityHall) -> None:
    hall.add("003005")
    client = hall.signed_in("003005")
    form = {"current": "wrong", "new": "nagagutsu to kasa", "again": "nagagutsu to kasa"}
    assert [client.post("/me/password", data=form).status_code for _ in range(7)] == [422] * 5 + [429] * 2
    assert is_inside(client)


@pytest.mark.parametrize("typed", ["003005", "003005 ", "００３００５"])
def test_spelling_the_number_differently_gives_no_new_guesses(hall: CityHall, typed: str) -> None:
    hall.add("003005")
    exhaust("003005")
    assert guess(hall.browser(ELSEWHERE), typed) == 429


def guess(client: FlaskClient, number: str, **more: object) -> int:
    return client.post("/sign-in", data={"staff_number": number, "password": "a wrong guess"}, **more).status_code


def exhaust(number: str) -> None:
    """Strangers from many addresses, until there is nothing left."""
    for each in range(5):
        throttle.pay(throttle.of_account(number, Arrival("", f"198.18.0.{each}", "", "")))
    with pytest.raises(TooMany):
        throttle.pay(throttle.of_account(number, arrival()))


def arrival() -> Arrival:
    return Arrival(ELSEWHERE, ELSEWHERE, "", "device")


def may_pay_at(start: datetime, minute: int, purses: list[throttle.Purse]) -> bool:
    with clock.at(start + timedelta(minutes=minute)):
        try:
            throttle.pay(purses)
        except TooMany:
            return False
        return True
