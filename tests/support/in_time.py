"""A city whose clock is moved while it runs."""
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from groupware.kernel import clock
from groupware.kernel.holidays import is_closed
from tests.support.processes import Program
from tests.support.servers import Served
from tests.support.timed import MOVED


class CityInTime(Served):
    """The demo city, at whatever moment it is moved to."""

    def move_to(self, day: date) -> None:
        """Ten o'clock in the morning of that day, or of the first working day after it."""
        working = next(each for step in range(10) if not is_closed(each := day + timedelta(days=step)))
        ahead = datetime.combine(working, time(10), clock.JST) - datetime.now(UTC)
        (self.data / "moving").write_text(str(ahead.total_seconds()))
        (self.data / "moving").replace(self.data / MOVED)

    def _program(self, name: str, *arguments: str) -> Program:
        return super()._program(name, "-m", "tests.support.timed", *arguments)


@contextmanager
def city_in_time(data: Path) -> Iterator[CityInTime]:
    served = CityInTime(data, {})
    served.move_to(clock.today())
    try:
        served.start()
        yield served
    finally:
        print(served.said())
        served.end()
