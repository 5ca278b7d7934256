"""``make bench-meetings``: the papers of a sitting, from the file that is sent to 300 people who look at the same page.

The last line is one JSON object; ``link`` says what stood for the slow line.
"""
import click

from benchmarks.sittings.alone import measured
from benchmarks.sittings.pages import Pages
from benchmarks.sittings.viewer import Viewer
from groupware.kernel import json

PARTS = (Pages, Viewer)       # what else is measured of a sitting is added here; each runs alone too: see ``benchmarks.sittings.alone``


def main() -> None:
    found: dict[str, object] = {}
    for part in PARTS:
        found |= measured(part)
    click.echo(json.dumps(found))


if __name__ == "__main__":
    main()
