from collections.abc import Iterator
from typing import Any

import pytest

from groupware.auth import seen
from tests.auth.hall import CityHall


@pytest.fixture
def hall(house: Any) -> Iterator[CityHall]:
    yield CityHall(house)
    seen.uses.values.clear()        # no loop runs here that would have kept them


@pytest.fixture
def each_hall(each_house: Any) -> Iterator[CityHall]:
    """The test runs twice: on SQLite and on PostgreSQL."""
    yield CityHall(each_house)
    seen.uses.values.clear()
