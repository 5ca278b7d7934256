"""``python -m tests.support.timed serve.py``: that program of the house, in a time of its own.

What stands in ``moved`` of its folder, in seconds, is added to every look at the clock: whoever writes there moves the house while it runs.
It loads nothing else before that program, whose first act must be its first.
"""
import os
import runpy
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from groupware.kernel import clock

MOVED = "moved"


def begin(*words: str) -> None:
    clock.source = _moved
    become(*words)


def become(program: str, *arguments: str) -> None:
    """What ``python`` does with these words: ``serve.py``, or ``-m flask worker``."""
    if program == "-m":
        sys.argv = list(arguments)
        runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
    else:
        sys.argv = [program, *arguments]
        runpy.run_path(program, run_name="__main__")


def _moved() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=float((Path(os.environ["DATA"]) / MOVED).read_text()))


if __name__ == "__main__":
    begin(*sys.argv[1:])
