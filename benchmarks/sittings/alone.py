"""One part of ``make bench-meetings`` by itself: ``python -m benchmarks.sittings.viewer turns``."""
import sys
import tempfile
from collections.abc import Collection
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import click

from groupware.kernel import json


class Measuring(Protocol):
    def measured(self, *parts: str) -> dict[str, Any]: ...


class Part(Protocol):
    PARTS: tuple[str, ...]

    def __call__(self, folder: Path, /) -> AbstractContextManager[Measuring]: ...


def measured(part: Part, *names: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder, part(Path(folder)) as measuring:
        return measuring.measured(*names)


def alone(part: Part) -> None:
    """What the command line names, or all of it; the last line is one JSON object."""
    unknown = set(sys.argv[1:]) - set(part.PARTS)
    if unknown:
        raise SystemExit(f"one of {', '.join(part.PARTS)}, not {', '.join(sorted(unknown))}")
    click.echo(json.dumps(measured(part, *sys.argv[1:])))


def wanted(parts: Collection[str], name: str) -> bool:
    return not parts or name in parts
