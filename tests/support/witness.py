"""Looks on while commands run, in the tests' own process and where the demo city is built, and keeps which events each command left.

No transaction passes unless the entry of each event that was recorded in it stands in the audit, in their order. After a run of all tests a
command of docs/MAP.md that nobody has driven, or that left what the map does not know, is a failure. ``--undriven`` names them for any run.
"""
import atexit
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask.cli import main
from sqlalchemy import Connection

from features import FEATURES
from groupware import database
from groupware.kernel import commands, db
from groupware.kernel.events import Fact
from groupware.kernel.feature import furnish
from groupware.kernel.house import house
from groupware.shell import SHELL
from tools.map import deeds

DRIVEN = "driven.json"
Seen = dict[str, set[str]]          # a command, ``chat.post_message``: the events it has left itself
NOBODY = "nobody"       # a test that records by itself
WRITTEN = "select event, about, actor_id from audit_entry order by id desc limit {}"
driven: Seen = defaultdict(set)
_recorded: dict[int, tuple[Fact, list[str]]] = {}


def watch() -> None:
    """From now on, in this process. What runs is the house's own code; it is only looked at before and after."""
    commands._perform = partial(_performed, commands._perform)
    database.before_commit = partial(_committing, database.before_commit)


def add(seen: Mapping[str, Iterable[str]]) -> None:
    for name, events in seen.items():
        driven[name].update(events)


def kept_in(folder: Path) -> dict[str, list[str]]:
    """What the commands left that built the house in this folder."""
    found: dict[str, list[str]] = json.loads((folder / DRIVEN).read_text())
    return found


def troubles(seen: dict[str, Any]) -> list[str]:
    """What of the map has not been shown."""
    known = {f"{deed.package}.{deed.name}": set(deed.events) for deed in deeds()}
    never = [f"{name}: nobody has driven it" for name in sorted(known.keys() - seen.keys())]
    return never + [f"{name}: {sorted(more)} does not stand in the map" for name in sorted(known.keys() & seen.keys())
                    if (more := set(seen[name]) - known[name])]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--undriven", action="store_true", help="name the commands of docs/MAP.md that this run has not driven")


def pytest_configure() -> None:
    watch()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Where the tests run in several processes: what one of them has seen."""
    add(getattr(node, "workeroutput", {}).get("driven", {}))


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["driven"] = _plain(driven)
    elif _runs_all(session.config) and not session.exitstatus and _all_troubles():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if _runs_all(config) or config.getoption("--undriven"):
        found = _all_troubles()
        terminalreporter.section(f"commands of the map: {len(deeds())}, not shown: {len(found)}")
        for trouble in found:
            terminalreporter.line(trouble)


def _all_troubles() -> list[str]:
    furnish((*SHELL, *FEATURES))
    return troubles(driven)


def _runs_all(config: pytest.Config) -> bool:
    option = config.option
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    return whole and not (option.keyword or option.markexpr or option.collectonly or getattr(option, "lf", False))


def _performed(perform: Callable[..., Any], function: Callable[..., Any], *surroundings: Any) -> Any:
    """What is recorded belongs to the innermost command; that around it is driven as well."""
    before = len(db.unit().facts)
    result = perform(function, *surroundings)
    for fact in db.unit().facts[before:]:
        _recorded.setdefault(id(fact), (fact, []))[1].append(_name_of(function))
    return result


def _committing(before_commit: Callable[..., None], connection: Connection, facts: list[Fact]) -> None:
    before_commit(connection, facts)
    if facts and connection.dialect.name == "sqlite" and any(feature.name == "audit" for feature in house.features):
        _check_entries(connection, facts)
    for fact in facts:
        innermost, *around = _recorded.pop(id(fact), (fact, [NOBODY]))[1]
        driven[innermost].add(fact.event.name())
        add(dict.fromkeys(around, ()))


def _check_entries(connection: Connection, facts: list[Fact]) -> None:
    """Asked below SQLAlchemy: whoever counts the house's own questions does not count this one."""
    raw: Any = connection.connection.driver_connection
    written = raw.execute(WRITTEN.format(len(facts))).fetchall()[::-1]
    expected = [(fact.event.name(), str(fact.event.about), fact.actor.user_id) for fact in facts]
    if written != expected:
        raise AssertionError(f"recorded {expected}, written down {written}")


def _name_of(function: Callable[..., Any]) -> str:
    return f"{function.__module__.removeprefix('groupware.').partition('.')[0]}.{function.__name__}"


def _plain(seen: Seen) -> dict[str, list[str]]:
    return {name: sorted(events) for name, events in sorted(seen.items())}


def _keep() -> None:
    (Path(os.environ["DATA"]) / DRIVEN).write_text(json.dumps(_plain(driven)))


if __name__ == "__main__":          # ``flask`` itself, looked at
    watch()
    atexit.register(_keep)
    main()
