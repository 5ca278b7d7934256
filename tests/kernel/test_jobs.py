"""Work for the helper: taken and settled many at once."""
import pytest

from groupware.kernel import jobs
from tests.chat.town import person, room, say
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
