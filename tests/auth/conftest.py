from collections.abc import Iterator
from typing import Any

import pytest
from jinja2.bccache import Bucket, BytecodeCache

from groupware.auth import seen
from tests.auth.hall import CityHall


class Compiled(BytecodeCache):
    """Each test builds a house of its own, but the templates are the same: they are compiled once."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.kept:
            bucket.bytecode_from_string(self.kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@pytest.fixture
def house(house: Any) -> Any:
    house.app.jinja_env.bytecode_cache = COMPILED
    return house


@pytest.fixture
def hall(house: Any) -> Iterator[CityHall]:
    yield CityHall(house)
    seen.uses.values.clear()        # no loop runs here that would have kept them


@pytest.fixture
def each_hall(each_house: Any) -> Iterator[CityHall]:
    """The test runs twice: on SQLite and on PostgreSQL."""
    yield CityHall(each_house)
    seen.uses.values.clear()
