"""What depends on the database beneath: locks, upserts, moments."""
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from groupware.auth import keeping, seen, throttle
from groupware.auth.arrival import Arrival
from groupware.auth.revocation import RevocationWatch
from groupware.directory.commands.people import disable_person
from groupware.kernel import clock
from groupware.kernel.actor import SYSTEM
from groupware.kernel.errors import TooMany
from tests.auth.hall import ELSEWHERE, CityHall, is_inside, sessions_of, sign_in


def test_a_hundred_guesses_at_once_cost_a_hundred(each_hall: CityHall) -> None:
    stranger, start = Arrival(ELSEWHERE, ELSEWHERE, "", "device"), clock.now()
    purses = throttle.of_account("003005", stranger)
    with ThreadPoolExecutor(8) as threads:
        paid = list(threads.map(lambda _: is_paid(start, purses), range(40)))
    assert paid.count(True) == 5


def test_a_session_lives_and_dies(each_hall: CityHall) -> None:
    user_id, start = each_hall.add("003005"), clock.now()
    told: list[tuple[int, int | None]] = []
    watch = RevocationWatch(lambda *revoked: told.append(revoked))
    desk, home = each_hall.signed_in("003005"), each_hall.signed_in("003005", ELSEWHERE)
    with clock.at(start + timedelta(hours=7)):
        assert is_inside(desk)
        seen.uses.now()
    with clock.at(start + timedelta(hours=9)):
        assert is_inside(desk) and not is_inside(home)
        keeping.end_what_ran_out()
        assert sign_in(each_hall.browser(), "003005").status_code == 303
        disable_person(SYSTEM, user_id)
        assert not is_inside(desk)
        watch.look()
    first, second, third = (session.id for session in sessions_of(user_id))
    assert told[0] == (user_id, second)
    assert set(told[1:]) == {(user_id, None), (user_id, first), (user_id, third)}
    with clock.at(start + timedelta(days=100)):
        keeping.sweep()
    assert not sessions_of(user_id)


def is_paid(start: datetime, purses: list[throttle.Purse]) -> bool:
    with clock.at(start):
        try:
            throttle.pay(purses)
        except TooMany:
            return False
        return True
