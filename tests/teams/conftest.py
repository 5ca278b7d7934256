"""One house for all tests of a module: each founds teams of its own."""
from collections.abc import Iterator

import pytest

from groupware.kernel.actor import Actor
from tests.conftest import InProcess, build_house
from tests.governance.hall import town


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[InProcess, dict[str, Actor]]]:
    for made in build_house(tmp_path_factory.mktemp("hall")):
        yield made, town()


@pytest.fixture
def house(hall: tuple[InProcess, dict[str, Actor]]) -> InProcess:
    return hall[0]


@pytest.fixture
def people(hall: tuple[InProcess, dict[str, Actor]]) -> dict[str, Actor]:
    return hall[1]
