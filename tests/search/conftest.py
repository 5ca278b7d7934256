"""An index of each kind; and a house whose helper indexes when it is told to."""
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from tests.directory.town import build_town
from tests.search.hall import Hall
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


@pytest.fixture
def hall(house: Any) -> Iterator[Hall]:
    with ExitStack() as last:
        yield Hall(house, last)


@pytest.fixture
def each_hall(each_house: Any) -> Iterator[Hall]:
    """Twice."""
    with ExitStack() as last:
        yield Hall(each_house, last)
