"""``python -m tools.map``: writes docs/MAP.md, what can be done in the house, by which door, who may, and what is written down of it."""
import ast
import importlib
import inspect
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from tempfile import mkdtemp
from types import FunctionType, ModuleType
from typing import Any

from flask import Flask

from features import FEATURES
from groupware.app import create_app
from groupware.config import Config
from groupware.kernel.events import Event
from groupware.kernel.house import house
from groupware.kernel.permissions import Permission

ROOT = Path(__file__).parent.parent
UNSAID = {"HEAD", "OPTIONS"}
PLACE = ROOT / "docs" / "MAP.md"
HEAD = """# 家の見取り図

この表は `make map` がコードからつくります。手では直しません（食い違いは `tests/docs/test_map.py` が見つけます）。

- **命令**は、並んでいる出来事のどれかを、必ず監査に残します（`tests/audit/test_every_deed.py`）。何も記録しない命令は、行われずに失敗します。
- **扉**は、HTTP の番地とソケットの event です。どれも、許しか「だれでも」「サインインした人」が守ります。
"""


@dataclass(frozen=True)
class Deed:
    """A command, ``post_message`` of ``chat``. ``events``: what it may leave, by name."""

    package: str
    name: str
    permission: Permission
    events: tuple[str, ...]


def page(app: Flask) -> str:
    return "\n".join([HEAD, "## 命令", *_commands_by_package(), "", "## 扉", *_doors_by_package(app), ""])


def deeds() -> list[Deed]:
    """Every command of the furnished house."""
    found = [_deed(name, act) for module in _rooms() for name, act in vars(module).items() if _is_command(act, module)]
    return sorted(found, key=lambda deed: (deed.package, deed.name))


def _rooms() -> Iterator[ModuleType]:
    for feature in house.features:
        folder = next(folder for folder in (ROOT / "groupware" / feature.name, ROOT / feature.name) if (folder / "feature.py").is_file())
        for path in sorted((*folder.glob("commands.py"), *folder.glob("commands/*.py"))):
            yield importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))


def _is_command(act: object, module: ModuleType) -> bool:
    return hasattr(act, "permission") and getattr(act, "__module__", "") == module.__name__


def _deed(name: str, act: Any) -> Deed:
    package = act.__module__.removeprefix("groupware.").partition(".")[0]
    return Deed(package, name, act.permission, tuple(sorted(_events_of(inspect.unwrap(act)))))


def _events_of(function: FunctionType) -> set[str]:
    """Whatever it names, and whatever is named by the functions that it names."""
    events, seen, left = set[str](), {function}, [function]
    while left:
        for thing in _named_in(left.pop()):
            if isinstance(thing, type) and issubclass(thing, Event):
                events.add(thing.name())
            elif isinstance(thing, FunctionType) and (inner := inspect.unwrap(thing)) not in seen and not _is_machinery(inner):
                seen.add(inner)
                left.append(inner)
    return events & house.events.keys()


def _is_machinery(function: FunctionType) -> bool:
    return function.__module__.startswith("groupware.kernel") or not function.__module__.startswith(("groupware", *_packages()))


def _packages() -> list[str]:
    return [feature.name for feature in house.features]


@cache
def _named_in(function: FunctionType) -> tuple[object, ...]:
    """``attach_files``, ``files.attach_files``: what these words mean where the function stands."""
    return tuple(_meant(function))


def _meant(function: FunctionType) -> Iterator[object]:
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(function)))):
        match node:
            case ast.Name(id=name):
                yield function.__globals__.get(name)
            case ast.Attribute(value=ast.Name(id=place), attr=name) if isinstance(module := function.__globals__.get(place), ModuleType):
                yield getattr(module, name, None)


def _commands_by_package() -> Iterator[str]:
    for package, some in groupby(deeds(), key=lambda deed: deed.package):
        yield f"\n### {_label(package)}\n\n| 命令 | 許し | 監査に残る出来事 |\n|---|---|---|"
        for deed in some:
            yield f"| `{deed.name}` | {_permission(deed.permission)} | {'、'.join(map(_event, deed.events))} |"


def _doors_by_package(app: Flask) -> Iterator[str]:
    addresses = {rule.endpoint: f"{'・'.join(sorted((rule.methods or set()) - UNSAID))} `{rule.rule}`" for rule in app.url_map.iter_rules()}
    for feature in house.features:
        if feature.access:
            yield f"\n### {_label(feature.name)}\n\n| 扉 | 番地 | 許し |\n|---|---|---|"
            yield from (f"| `{name}` | {addresses.get(name, 'ソケット')} | {_permission(guard)} |" for name, guard in sorted(feature.access.items()))


def _label(package: str) -> str:
    return f"{next(feature.label for feature in house.features if feature.name == package)}（`{package}`）"


def _event(name: str) -> str:
    return f"`{name.partition('.')[2]}` {house.events[name].words}"


def _permission(guard: Any) -> str:
    return f"`{guard}` {guard.value}" if isinstance(guard, Permission) else str(guard.value)


if __name__ == "__main__":
    PLACE.write_text(page(create_app(FEATURES, Config(data=Path(mkdtemp()), secret="only-to-look", testing=True))))       # noqa: S106 (nobody ever comes in)
