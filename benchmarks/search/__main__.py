"""``make bench-search``: how well, how quickly and how soon. The last line is one JSON object; some fifteen minutes on a quiet machine.

``queries``, ``f1``, ``no_hit``: judged questions on both engines, the worse of the two. ``whoosh_…`` and ``postgresql_…``: the judged questions
one after the other, newest first, counted by kind, by somebody in a thousand rooms. ``fresh_…`` and ``loop_stall_ms``: in a house that lives.
"""
import subprocess
import sys
import tempfile
from pathlib import Path

import click
from flask import current_app

from benchmarks.live.fanout import ROOT
from benchmarks.search import living, quality, speed
from benchmarks.search.places import on_postgres, on_whoosh
from groupware.kernel import json

LIVING = 20_000     # messages of the house that lives


def main() -> None:
    found = {**_on_whoosh(), **_on_postgres(), **_living()}
    found["f1"] = min(found.pop("whoosh_f1"), found.pop("postgresql_f1"))
    found["no_hit"] = max(found.pop("whoosh_none"), found.pop("postgresql_none"))
    click.echo(json.dumps(found))


def _on_whoosh() -> dict[str, float]:
    with on_whoosh() as engine:
        judged = quality.measured(engine)
        found = {"queries": judged["queries"], "whoosh_f1": judged["f1"], "whoosh_none": judged["no_hit"], **speed.on_whoosh(engine)}
    return _said(found)


def _on_postgres() -> dict[str, float]:
    with on_postgres() as engine:
        judged = quality.measured(engine)
        found = speed.on_postgres(engine, current_app.config["HOUSE"].database_url)
    return _said({"postgresql_f1": judged["f1"], "postgresql_none": judged["no_hit"], **found})


def _living() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "benchmarks.search.house", folder, str(LIVING)], cwd=ROOT, check=True)
        return _said(living.measured(Path(folder)))


def _said(found: dict[str, float]) -> dict[str, float]:
    click.echo(f"  {found}", err=True)
    return found


if __name__ == "__main__":
    main()
