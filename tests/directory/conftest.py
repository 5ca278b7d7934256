"""The house with a small city hall in it, on SQLite or on both databases."""
from typing import Any

import pytest

from tests.directory.town import build_town


@pytest.fixture
def town(house: Any) -> Any:
    build_town()
    return house


@pytest.fixture
def each_town(each_house: Any) -> Any:
    """Twice: on SQLite and on PostgreSQL."""
    build_town()
    return each_house
