"""One press and one is somebody: in the demo city, on this machine."""
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from groupware.auth.commands.demo import list_demo_person
from groupware.auth.demo import demo_people
from groupware.directory.commands.people import disable_person
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import Forbidden
from tests.auth.hall import CityHall, audited, is_inside, sign_in

HERE = "127.0.0.1"


@pytest.fixture
def demo(hall: CityHall) -> CityHall:
    hall.add("003005", "藤倉", password=False)
    hall.add("002079", "井上", password=False)
    hall.add("000001", "石動", role="administrator")
    list_demo_person(SYSTEM, "002079", 0, "課長として、課の確認を見る")
    list_demo_person(SYSTEM, "003005", 1, "窓口の係長として使う")
    return hall


def choose(client: FlaskClient, user_id: int | str, **more: Any) -> int:
    return client.post("/sign-in/demo", data={"user_id": user_id}, **more).status_code


def test_the_page_lists_the_people_in_their_order_with_the_reason_to_be_them(demo: CityHall) -> None:
    page = demo.browser(HERE).get("/sign-in").text
    assert re.findall(r'name="user_id" value="(\d+)"', page) == ["2", "1"]
    assert "井上 美咲" in page and "課長として、課の確認を見る" in page
    assert [person.reason for person in demo_people()] == ["課長として、課の確認を見る", "窓口の係長として使う"]


def test_one_press_signs_in(demo: CityHall) -> None:
    for here in ("127.8.8.8", "::1", "::ffff:127.0.0.1"):
        assert choose(demo.browser(here), 2) == 303, here
    client = demo.browser(HERE)
    assert choose(client, 2) == 303
    assert "井上 美咲" in client.get("/me").text
    assert "この人にパスワードはありません" in client.get("/me").text
    assert audited("auth.SignedIn")[0]["way"] == "demo"


def test_from_another_machine_there_is_no_list_and_no_press(demo: CityHall) -> None:
    for elsewhere in ("10.1.2.3", "192.168.0.5", "203.0.113.9", "2001:db8::1", "169.254.1.1", ""):
        client = demo.browser(elsewhere)
        assert "user_id" not in client.get("/sign-in").text, elsewhere
        assert choose(client, 2) == 404, elsewhere
        assert not is_inside(client), elsewhere


def test_behind_a_proxy_that_nobody_told_us_of_nobody_counts_as_this_machine(demo: CityHall) -> None:
    for header in ("X-Forwarded-For", "Forwarded", "Via"):
        assert choose(demo.browser(HERE), 2, headers={header: "for=127.0.0.1"}) == 404


def test_other_machines_are_let_in_when_asked_for(demo: CityHall) -> None:
    demo.app.config["DEMO_OPEN"] = True
    assert choose(demo.browser("10.1.2.3"), 2) == 303


def test_without_the_demo_there_is_no_list_even_here(demo: CityHall) -> None:
    demo.app.config["DEMO"] = False
    assert "user_id" not in demo.browser(HERE).get("/sign-in").text
    assert choose(demo.browser(HERE), 2) == 404


def test_only_those_on_the_list_can_be_chosen(demo: CityHall) -> None:
    for user_id in ("3", "4711", "", "2 or 1=1", "-1", "２"):
        assert choose(demo.browser(HERE), user_id) == 404, user_id


def test_a_stopped_person_cannot_be_chosen(demo: CityHall) -> None:
    disable_person(SYSTEM, 2)
    assert choose(demo.browser(HERE), 2) == 404


def test_the_people_of_the_demo_have_no_password_to_guess(demo: CityHall) -> None:
    assert sign_in(demo.browser(HERE), "002079", "").status_code == 422
    assert sign_in(demo.browser(HERE), "002079", "password").status_code == 422


def test_nobody_adds_themself_to_the_list(demo: CityHall) -> None:
    for user_id in (1, 3):
        with pytest.raises(Forbidden):
            list_demo_person(demo.actor(user_id), "000001", 2, "だれにでもなれる")
