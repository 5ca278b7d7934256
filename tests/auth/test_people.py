"""An administrator looks after other people's sign-ins."""
import re
from datetime import timedelta

import pytest

from groupware.directory.commands.people import disable_person
from groupware.directory.commands.places import assign_person
from groupware.directory.commands.units import create_unit
from groupware.directory.forms import PlaceDraft, UnitDraft
from groupware.kernel import clock
from groupware.kernel.actor import SYSTEM
from tests.auth.hall import CityHall, audited, is_inside, sessions_of, sign_in

INITIAL = re.compile(r"<code>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</code>")
SLIP = re.compile(r"<dd>(\d{6})</dd>.*?<code>([a-z2-9-]{14})</code>", re.DOTALL)


@pytest.fixture
def office(hall: CityHall) -> CityHall:
    hall.add("000001", "石動", role="administrator")
    hall.add("003005", "藤倉")
    return hall


ADMINISTRATOR, PERSON = 1, 2


def test_an_administrator_sees_where_somebody_is_signed_in_and_ends_one(office: CityHall) -> None:
    lost, kept = office.signed_in("003005"), office.signed_in("003005")
    administrator = office.signed_in("000001")
    assert "2台" in administrator.get(f"/auth/people/{PERSON}").text
    session_id = sessions_of(PERSON)[0].id
    assert administrator.post(f"/auth/people/{PERSON}/sessions/{session_id}/ending").status_code == 303
    assert (is_inside(lost), is_inside(kept)) == (False, True)


def test_an_administrator_ends_all_of_them(office: CityHall) -> None:
    clients = [office.signed_in("003005") for _ in range(2)]
    administrator = office.signed_in("000001")
    administrator.post(f"/auth/people/{PERSON}/sessions/ending")
    assert not any(is_inside(client) for client in clients)
    assert is_inside(administrator)


def test_a_session_is_ended_only_on_the_page_of_its_owner(office: CityHall) -> None:
    client, administrator = office.signed_in("003005"), office.signed_in("000001")
    session_id = sessions_of(PERSON)[0].id
    assert administrator.post(f"/auth/people/{ADMINISTRATOR}/sessions/{session_id}/ending").status_code == 404
    assert is_inside(client)


def test_a_reset_shows_the_initial_password_once(office: CityHall) -> None:
    administrator = office.signed_in("000001")
    shown = administrator.post(f"/auth/people/{PERSON}/password")
    initial = INITIAL.findall(shown.text)
    assert len(initial) == 1
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert initial[0] not in administrator.get(f"/auth/people/{PERSON}").text
    assert sign_in(office.browser(), "003005", initial[0]).status_code == 303


def test_an_administrator_does_not_reset_their_own(office: CityHall) -> None:
    administrator = office.signed_in("000001")
    assert "発行する" not in administrator.get(f"/auth/people/{ADMINISTRATOR}").text
    assert administrator.post(f"/auth/people/{ADMINISTRATOR}/password").status_code == 403


@pytest.mark.parametrize(("method", "path"), [
    ("GET", "/auth/people/1"), ("POST", "/auth/people/1/password"), ("POST", "/auth/people/1/sessions/ending"),
    ("POST", "/auth/people/1/sessions/1/ending"), ("GET", "/auth/initial-passwords"), ("POST", "/auth/initial-passwords"),
    ("GET", "/auth/people/4711")])
def test_nobody_else_gets_in_there(office: CityHall, method: str, path: str) -> None:
    client = office.signed_in("003005")
    assert client.open(path, method=method, data={"unit_id": "2"}).status_code == 403
    assert not audited("auth.PasswordIssued")


def test_an_unknown_person_is_not_found(office: CityHall) -> None:
    administrator = office.signed_in("000001")
    assert administrator.get("/auth/people/4711").status_code == 404
    assert administrator.post("/auth/people/4711/password").status_code == 404


def test_initial_passwords_come_out_by_unit_on_slips_for_those_who_have_none(office: CityHall) -> None:
    for number in ("002079", "002080"):
        office.add(number, password=False)
    disable_person(SYSTEM, office.add("009999", password=False))
    administrator = office.signed_in("000001")
    page = administrator.get("/auth/initial-passwords").text
    assert "市民課" in page and "まだない 2人" in page
    _, unit = re.findall(r'name="unit_id" value="(-?\d+)"', page)
    slips = administrator.post("/auth/initial-passwords", data={"unit_id": unit, "which": "missing"}).text
    handed = dict(SLIP.findall(slips))
    assert set(handed) == {"002079", "002080"}
    assert all(sign_in(office.browser(), number, initial).status_code == 303 for number, initial in handed.items())
    assert is_inside(office.signed_in("003005"))
    assert "渡したが、まだ変えていない 2人" in administrator.get("/auth/initial-passwords").text


def test_slips_that_were_lost_can_be_made_anew(office: CityHall) -> None:
    office.add("002079", password=False)
    administrator = office.signed_in("000001")
    lost, found = (INITIAL.findall(administrator.post("/auth/initial-passwords", data={"unit_id": "2", "which": which}).text)[0]
                   for which in ("missing", "unused"))
    assert sign_in(office.browser(), "002079", lost).status_code == 422
    assert sign_in(office.browser(), "002079", found).status_code == 303


def test_when_everybody_has_a_password_the_page_says_so(office: CityHall) -> None:
    administrator = office.signed_in("000001")
    assert "全員が" in administrator.get("/auth/initial-passwords").text
    assert administrator.post("/auth/initial-passwords", data={"unit_id": "2"}).status_code == 404
    assert administrator.post("/auth/initial-passwords", data={"unit_id": "x"}).status_code == 404


def test_the_console_lets_the_last_administrator_in_again(office: CityHall) -> None:
    said = office.app.test_cli_runner().invoke(args=["auth", "issue-password", "000001"])
    assert said.exit_code == 0
    assert sign_in(office.browser(), "000001", said.output.strip()).status_code == 303
    assert office.app.test_cli_runner().invoke(args=["auth", "issue-password", "4711"]).exit_code == 1


def test_the_slips_of_the_whole_city_hall_come_unit_by_unit(office: CityHall) -> None:
    create_unit(SYSTEM, UnitDraft("0120", "税務課", "課", "0000"))
    for number, unit in (("002079", "0110"), ("002080", "0120"), ("002081", "0110")):
        assign_person(SYSTEM, office.add(number, password=False), PlaceDraft(unit, starts_on=clock.today() + timedelta(days=1)))
    with clock.at(clock.now() + timedelta(days=1)):
        slips = office.signed_in("000001").post("/auth/initial-passwords", data={"unit_id": "-1", "which": "missing"}).text
    assert [number for number, _ in SLIP.findall(slips)] == ["002079", "002081", "002080"]
