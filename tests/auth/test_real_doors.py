"""The server itself, with its loop, its pen and its sockets: whoever is shown out is out everywhere within a second."""
from tests.support.people import Visitor, look_up
from tests.support.servers import Served
from tests.support.waiting import until

PERSON, ADMINISTRATOR = "002079", "003005"
AT_ONCE = 2         # seconds; the promise is one, and this machine does other things too


def test_ending_a_session_cuts_its_socket_and_no_other(shared_city: Served) -> None:
    with Visitor(shared_city, PERSON).connect() as lost, Visitor(shared_city, PERSON).connect() as kept:
        assert kept.post("/me/sessions/ending").status_code == 303
        until(lambda: not lost.connected, AT_ONCE, "the lost device's socket is cut")
        assert lost.get("/me").status_code == 401
        assert kept.get("/notifications").status_code == 200
        assert kept.connected


def test_a_deed_in_another_process_cuts_the_sockets_of_this_one(shared_city: Served) -> None:
    with Visitor(shared_city, PERSON).connect() as visitor:
        initial = shared_city.flask("auth", "issue-password", PERSON).split()[-1]
        until(lambda: not visitor.connected, AT_ONCE, "the socket is cut")
        assert visitor.get("/me").status_code == 401
        typed = {"staff_number": PERSON, "password": initial}
        assert visitor.http.post(f"{shared_city.url}/sign-in", data=typed, allow_redirects=False, timeout=10).status_code == 303
        assert visitor.get("/me").status_code == 403


def test_an_administrator_shows_somebody_out(shared_city: Served) -> None:
    with Visitor(shared_city, PERSON).connect() as visitor, Visitor(shared_city, ADMINISTRATOR) as administrator:
        assert administrator.post(f"/auth/people/{visitor.user_id}/sessions/ending").status_code == 303
        until(lambda: not visitor.connected, AT_ONCE, "the socket is cut")
    who = look_up(shared_city, "select actor_name from audit_entry where event = 'auth.SessionsEnded' order by id desc limit 1")
    assert who == [("蓮見 亮介",)]
