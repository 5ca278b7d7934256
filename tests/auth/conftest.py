from typing import Any

import pytest

from tests.auth.hall import CityHall


@pytest.fixture
def hall(house: Any) -> CityHall:
    return CityHall(house)


@pytest.fixture
def each_hall(each_house: Any) -> CityHall:
    """The test runs twice: on SQLite and on PostgreSQL."""
    return CityHall(each_house)
