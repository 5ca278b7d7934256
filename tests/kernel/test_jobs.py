"""Work for the helper: taken and settled many at once."""
import pytest

from chat.following import OrganisationMoved
from groupware.kernel import jobs
from groupware.kernel.house import house
from tests.chat.town import person, room, say, unit
from tests.support.counting import commits

pytestmark = pytest.mark.usefixtures("house")


def test_a_batch_of_jobs_costs_two_transactions_however_many_there_are() -> None:
    """On SQLite each transaction of the helper keeps the people at their browsers waiting."""
    owner = person()
    room_id = room(owner)
    for _ in range(10):
        say(owner, room_id)
    with commits() as written:
        assert jobs.drain() >= 10
    assert len(written) == 2
    assert jobs.waiting() == 0


def test_rooms_by_rule_are_looked_at_once_for_many_changes_of_the_organisation() -> None:
    looks = _count_looks()
    for _ in range(5):
        person(unit_code="0000")
    jobs.drain()
    assert len(looks) == 1
    person(unit_code="0000")
    jobs.drain()
    assert len(looks) == 2


def test_what_failed_for_one_change_is_tried_for_the_next_and_owed_by_none_that_was_served() -> None:
    looks = _count_looks(failures=1)
    for _ in range(3):
        person(unit_code="0000")
    jobs.drain()
    assert len(looks) == 2
    assert jobs.waiting() == 1


def _count_looks(failures: int = 0) -> list[OrganisationMoved]:
    looks: list[OrganisationMoved] = []

    def look(moved: OrganisationMoved) -> None:
        looks.append(moved)
        if len(looks) <= failures:
            raise RuntimeError("the disc is full")
    unit("0000", "市民課")
    while jobs.drain():
        pass
    house.effects[OrganisationMoved].append(look)
    return looks
