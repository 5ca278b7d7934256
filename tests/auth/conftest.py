from collections.abc import Iterator
from typing import Any

import pytest
from argon2 import PasswordHasher

from groupware.auth import hashing
from tests.auth.hall import CityHall, known_hash

OF_HASHES = ("test_hashing", "test_signing_in")        # what a hash is made of, what a guess costs


@pytest.fixture(autouse=True, scope="module")
def quick_hashes(request: pytest.FixtureRequest) -> Iterator[None]:
    """As the house's own, in a hundredth of the time: where the hash itself is what is looked at, it is the house's own."""
    with pytest.MonkeyPatch.context() as patch:
        if not request.module.__name__.endswith(OF_HASHES):
            patch.setattr(hashing, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
            _forget_hashes()
        yield
    _forget_hashes()


def _forget_hashes() -> None:
    for kept in (hashing.nobodys_hash, known_hash):
        kept.cache_clear()


@pytest.fixture
def hall(house: Any) -> CityHall:
    return CityHall(house)


@pytest.fixture
def each_hall(each_house: Any) -> CityHall:
    """The test runs twice: on SQLite and on PostgreSQL."""
    return CityHall(each_house)
