"""How long a login session lasts, and how it ends: by its owner, by an administrator, by time, by a departure."""
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from groupware.auth import keeping, seen
from groupware.auth.commands.ending import end_session, end_sessions
from groupware.auth.models import LoginSession, Revocation, Throttle
from groupware.auth.queries import actor_for_token, open_sessions
from groupware.auth.revocation import RevocationWatch
from groupware.directory.commands.people import disable_person, enable_person, mark_departed
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import Forbidden, NotFound
from tests.auth.hall import ELSEWHERE, CityHall, audited, is_inside, sessions_of, statements_of

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def later(start: datetime, passed: timedelta, ask: Callable[[], bool]) -> bool:
    """What ``ask`` says then; uses of the session until then are kept, as the web process does twice a second."""
    with clock.at(start + passed):
        answer = ask()
        seen.uses.now()
    return answer


def test_a_session_is_over_eight_hours_after_its_last_use(hall: CityHall) -> None:
    hall.add("003005")
    client, start = hall.signed_in("003005"), clock.now()
    assert later(start, 7 * HOUR, lambda: is_inside(client))
    assert later(start, 14 * HOUR, lambda: is_inside(client))
    assert not later(start, 22 * HOUR + MINUTE, lambda: is_inside(client))


def test_a_session_is_over_after_a_day_however_busy_it_was(hall: CityHall) -> None:
    hall.add("003005")
    client, start = hall.signed_in("003005"), clock.now()
    assert all(later(start, hours * HOUR, lambda: is_inside(client)) for hours in range(24))
    assert not later(start, 24 * HOUR, lambda: is_inside(client))


def test_the_last_use_is_written_once_a_minute_and_not_at_every_request(hall: CityHall) -> None:
    user_id = hall.add("003005")
    client, start = hall.signed_in("003005"), clock.now()
    for seconds in range(59):
        with clock.at(start + timedelta(seconds=seconds)):
            assert is_inside(client)
    assert not seen.uses.values
    assert later(start, 2 * MINUTE, lambda: is_inside(client))
    assert sessions_of(user_id)[0].last_seen_at == start + 2 * MINUTE


def test_asking_who_it_is_takes_few_questions_and_writes_nothing(hall: CityHall) -> None:
    hall.add("003005")
    token = token_of(hall.signed_in("003005"))
    asked = [statement for statement in statements_of(lambda: actor_for_token(token)) if statement != "BEGIN"]
    assert len(asked) <= 3
    assert all(statement.startswith(("SELECT", "WITH")) for statement in asked)


def test_one_of_ones_sessions_is_ended_and_refused_with_its_next_request(hall: CityHall) -> None:
    user_id = hall.add("003005")
    here, lost = hall.signed_in("003005"), hall.signed_in("003005", ELSEWHERE)
    assert "外部のネットワーク（192.88.99.2）" in here.get("/me").text
    assert here.post(f"/me/sessions/{sessions_of(user_id)[1].id}/ending").status_code == 303
    assert not is_inside(lost)
    assert is_inside(here)
    assert ELSEWHERE not in here.get("/me").text


def test_all_but_the_one_at_hand_are_ended_together(hall: CityHall) -> None:
    hall.add("003005")
    lost, other, here = (hall.signed_in("003005") for _ in range(3))
    here.post("/me/sessions/ending")
    assert [is_inside(client) for client in (lost, other, here)] == [False, False, True]


def test_nobody_ends_or_finds_somebody_elses_session(hall: CityHall) -> None:
    hall.add("003005")
    victim, stranger = hall.signed_in("003005"), hall.actor(hall.add("002079"))
    session_id = sessions_of(1)[0].id
    with pytest.raises(NotFound):
        end_session(stranger, session_id)
    with pytest.raises(Forbidden):
        end_sessions(stranger, 1)
    assert hall.signed_in("002079").post(f"/me/sessions/{session_id}/ending").status_code == 404
    assert is_inside(victim)


def test_ending_twice_is_one_deed(hall: CityHall) -> None:
    user_id = hall.add("003005")
    hall.signed_in("003005")
    actor, session_id = hall.actor(user_id), sessions_of(user_id)[0].id
    end_session(actor, session_id)
    end_session(actor, session_id)
    assert [entry["session_ids"] for entry in audited("auth.SessionsEnded")] == [[session_id]]
    assert len(revocations()) == 1


@pytest.mark.parametrize("leave", [disable_person, mark_departed])
def test_whoever_may_not_act_any_more_is_out_at_once_and_everywhere(hall: CityHall, leave: Callable[..., None]) -> None:
    user_id = hall.add("003005")
    desk, home = hall.signed_in("003005"), hall.signed_in("003005", ELSEWHERE)
    leave(SYSTEM, user_id)
    assert not is_inside(desk) and not is_inside(home)
    assert not open_sessions(user_id)
    assert (user_id, None) in revocations()


def test_whoever_comes_back_signs_in_anew(hall: CityHall) -> None:
    user_id = hall.add("003005")
    before = hall.signed_in("003005")
    disable_person(SYSTEM, user_id)
    enable_person(SYSTEM, user_id)
    assert not is_inside(before)
    assert is_inside(hall.signed_in("003005"))


def test_a_stopped_person_is_out_even_if_nobody_had_ended_the_session(hall: CityHall) -> None:
    user_id = hall.add("003005")
    token = token_of(hall.signed_in("003005"))
    assert actor_for_token(token)
    disable_person(SYSTEM, user_id)
    db.write(lambda: db.session.get_one(LoginSession, 1).__setattr__("ended_at", None))
    assert actor_for_token(token) is None


@pytest.mark.parametrize("token", ["", "x", "0" * 43, "' or 1=1 --"])
def test_a_made_up_token_is_nobody(hall: CityHall, token: str) -> None:
    hall.add("003005")
    hall.signed_in("003005")
    assert actor_for_token(token) is None


def test_every_process_hears_of_every_end_once(hall: CityHall) -> None:
    user_id = hall.add("003005")
    hall.signed_in("003005")
    told: list[tuple[int, int | None]] = []
    watch = RevocationWatch(lambda *revoked: told.append(revoked))
    hall.signed_in("003005").post("/sign-out")
    assert (watch.look(), watch.look()) == (1, 0)
    disable_person(SYSTEM, user_id)
    watch.look()
    assert told == [(user_id, 2), (user_id, None), (user_id, 1)]


def test_what_was_revoked_before_a_process_began_does_not_concern_it(hall: CityHall) -> None:
    hall.add("003005")
    hall.signed_in("003005").post("/sign-out")
    told: list[int] = []
    assert RevocationWatch(lambda user_id, _: told.append(user_id)).look() == 0
    assert not told


def test_a_row_that_commits_late_and_out_of_order_is_heard_of(hall: CityHall) -> None:
    """On PostgreSQL a lower id may become visible after a higher one."""
    told: list[int] = []
    watch, written = RevocationWatch(lambda user_id, _: told.append(user_id)), clock.now()
    revoke(row=7, user_id=70)
    watch.look()
    with clock.at(written - timedelta(seconds=30)):
        revoke(row=6, user_id=60)
    watch.look()
    assert told == [70, 60]


def test_after_a_time_without_the_database_nothing_is_missed(hall: CityHall) -> None:
    told: list[int] = []
    watch, start = RevocationWatch(lambda user_id, _: told.append(user_id)), clock.now()
    with clock.at(start + HOUR):
        revoke(row=1, user_id=10)
    with clock.at(start + 2 * HOUR):
        watch.look()
    assert told == [10]


def test_one_revocation_that_fails_does_not_keep_the_next_from_being_carried_out(hall: CityHall) -> None:
    told: list[int] = []

    def fails_for_ten(user_id: int, _: int | None) -> None:
        if user_id == 10:
            raise RuntimeError("the connection is half dead")
        told.append(user_id)
    watch = RevocationWatch(fails_for_ten)
    revoke(row=1, user_id=10)
    revoke(row=2, user_id=20)
    watch.look()
    assert told == [20]


def test_the_helper_cuts_the_connections_of_sessions_that_ran_out(hall: CityHall) -> None:
    user_id = hall.add("003005")
    hall.signed_in("003005")
    start = clock.now()
    with clock.at(start + 8 * HOUR - MINUTE):
        keeping.end_what_ran_out()
        assert not revocations()
    with clock.at(start + 8 * HOUR + 2 * MINUTE):
        keeping.end_what_ran_out()
    assert revocations() == [(user_id, sessions_of(user_id)[0].id)]
    assert sessions_of(user_id)[0].end_reason == "expired"


def test_what_nobody_needs_any_more_is_swept_away(hall: CityHall) -> None:
    user_id = hall.add("003005")
    hall.signed_in("003005").post("/sign-out")
    kept = hall.signed_in("003005")
    with clock.at(clock.now() + timedelta(days=91)):
        keeping.sweep()
    assert not revocations() and not db.session.query(Throttle).all()
    assert [session.id for session in sessions_of(user_id)] == [2]
    assert is_inside(kept)


def token_of(client: object) -> str:
    with client.session_transaction() as held:      # type: ignore[attr-defined]
        return str(held["_user_id"])


def revocations() -> list[tuple[int, int | None]]:
    db.forget_reading()
    return [(row.user_id, row.session_id) for row in db.session.query(Revocation).order_by(Revocation.id)]


def revoke(row: int, user_id: int) -> None:
    db.write(lambda: db.session.add(Revocation(id=row, at=clock.now(), user_id=user_id, reason="test")))
    db.forget_reading()
