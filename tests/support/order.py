"""Marks and orders the tests by what they start: laws, then plain functions, then these with many drawn examples, then the house in
this process, then real programs, then the browser; with several processes at once the other way round. Loaded by pyproject.toml.

Nobody marks by hand: a test which asks for Chromium's fixture is `browser`, for a program's `real`, for the house `house`; so is one whose
file has what starts a program or builds a house by itself, or a fixture which does. A test that is none of these and draws no examples is `fast`.
"""
import gc
from collections.abc import Callable
from itertools import chain

import pytest

gc.disable()                    # until all is loaded

ASKED_FOR = {
    "browser": {"chromium"},
    "real": {"postgres", "redis_server", "shared_redis", "serve", "empty_house", "demo_city", "shared_city", "each_shared_city"},
    "house": {"house", "altered_house", "each_house"},
    "hypothesis": set(),            # its own plugin marks these
}
BROUGHT = {"real": {"Served", "try_flask", "subprocess"}, "house": {"build_house"}}
MEANWHILE = 16          # files for the others while one process builds the demo city
STAGES = ("fast", "hypothesis", "house", "real", "browser")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="the full trial counts, and the tests marked long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--long"):
        _leave_out(config, items, "long")
    for item in items:
        item.add_marker(_stage(item))
    items.sort(key=lambda item: (STAGES.index(_stage(item)), "tests/architecture" not in item.nodeid))
    if hasattr(config, "workerinput"):
        _longest_files_first(items)


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not go through all of it again and again, a sixth of the work of a test."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 50)


def _longest_files_first(items: list[pytest.Item]) -> None:
    """Several processes share the files between them: with the small ones last, all are ready at the same moment. The demo city takes
    a minute to build, and one of them is enough for that: meanwhile the others have files that do without.
    """
    files: dict[str, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.nodeid.partition("::")[0], []).append(item)
    ordered = sorted(files.values(), key=lambda tests: -max(STAGES.index(_stage(test)) for test in tests))
    first = next((tests for tests in ordered if _wants_the_city(tests)), ordered[0])
    without = sorted((tests for tests in ordered if not _wants_the_city(tests)), key=len)[-MEANWHILE:]
    items[:] = chain(first, *without, *(tests for tests in ordered if tests is not first and tests not in without))


def _wants_the_city(tests: list[pytest.Item]) -> bool:
    return any("demo_city" in getattr(test, "fixturenames", ()) or "each_shared_city" in getattr(test, "fixturenames", ()) for test in tests)


@pytest.fixture(scope="session")
def trials(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """``trials(20, 2000)``: 20 times in `make test`, 2000 times in `make test-long`."""
    return lambda few, many: many if request.config.getoption("--long") else few


def _leave_out(config: pytest.Config, items: list[pytest.Item], marker: str) -> None:
    out = [item for item in items if item.get_closest_marker(marker)]
    config.hook.pytest_deselected(items=out)
    items[:] = [item for item in items if item not in out]


def _stage(item: pytest.Item) -> str:
    """The first that fits, fixtures of fixtures included; a mark by hand counts too (a parameter may carry one)."""
    asked, brought = set(getattr(item, "fixturenames", ())), vars(getattr(item, "module", None)).keys() | _said_by_fixtures(item)
    return next((stage for stage, fixtures in ASKED_FOR.items()
                 if asked & fixtures or brought & BROUGHT.get(stage, set()) or item.get_closest_marker(stage)), "fast")


def _said_by_fixtures(item: pytest.Item) -> set[str]:
    """What the fixtures call that it asks for."""
    known = getattr(item, "_fixtureinfo").name2fixturedefs.values()     # noqa: B009 (pytest tells nobody else)
    return {name for given in known for each in given if hasattr(each.func, "__code__") for name in each.func.__code__.co_names}
