"""An index of each kind."""
from collections.abc import Iterator
from typing import Any

import pytest

from tests.directory.town import build_town
from tests.search.shelf import Shelf, engine_of


@pytest.fixture
def shelf(each_house: Any) -> Iterator[Shelf]:
    """Twice: Whoosh beside SQLite, and PostgreSQL. An empty index serves."""
    engine = engine_of(each_house)
    engine.give_way(engine.beside())
    yield Shelf(engine)
    engine.close()


@pytest.fixture
def town(house: Any) -> Any:
    build_town()
    return house
