"""Marks and orders the tests by what they start: laws, then one process, then real programs, then the browser. Loaded by pyproject.toml.

Nobody marks by hand: a test which asks for a program's fixture is `real`, one which asks for Chromium is `browser`, all others are `fast`.
"""
from collections.abc import Callable

import pytest

PROGRAMS = {"postgres", "redis_server", "serve"}
BROWSER = {"chromium"}
STAGES = ("fast", "real", "browser")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="the full trial counts, and the tests marked long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--long"):
        _leave_out(config, items, "long")
    for item in items:
        item.add_marker(_stage(item))
    items.sort(key=lambda item: (STAGES.index(_stage(item)), "tests/architecture" not in item.nodeid))


@pytest.fixture(scope="session")
def trials(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """``trials(20, 2000)``: 20 times in `make test`, 2000 times in `make test-long`."""
    return lambda few, many: many if request.config.getoption("--long") else few


def _leave_out(config: pytest.Config, items: list[pytest.Item], marker: str) -> None:
    out = [item for item in items if item.get_closest_marker(marker)]
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if item not in out]


def _stage(item: pytest.Item) -> str:
    asked = set(getattr(item, "fixturenames", ()))
    if asked & BROWSER or item.get_closest_marker("browser"):
        return "browser"
    return "real" if asked & PROGRAMS or item.get_closest_marker("real") else "fast"
