"""``make bench-meetings``: the papers of a sitting, from the file that is sent to 300 people who look at the same page.

The last line is one JSON object; ``link`` says what stood for the slow line.
"""
import tempfile
from pathlib import Path

import click

from benchmarks.sittings.pages import Pages
from benchmarks.sittings.viewer import Viewer
from groupware.kernel import json

PARTS = (Pages, Viewer)       # what else is measured of a sitting is added here: ``with Part(folder) as part: part.measured()``


def main() -> None:
    found: dict[str, object] = {}
    for part in PARTS:
        with tempfile.TemporaryDirectory() as folder, part(Path(folder)) as measuring:
            found |= measuring.measured()
    click.echo(json.dumps(found))


if __name__ == "__main__":
    main()
