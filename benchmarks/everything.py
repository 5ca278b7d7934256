"""``make bench``: delivery beside the limit of this machine, then the whole product. The last line is one JSON object.

Every run is also kept as a line of ``figures/bench.jsonl``, which no repository holds: figures of two machines are not to be compared.
"""
from pathlib import Path

import click

from benchmarks.live import fanout
from benchmarks.product import figures
from groupware.kernel import clock, json

KEPT = Path(__file__).parents[1] / "figures" / "bench.jsonl"


def main() -> None:
    found = {**fanout.measured(), **figures.measured()}
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.open("a") as kept:
        kept.write(json.dumps({"at": clock.now().isoformat(timespec="seconds"), **found}) + "\n")
    click.echo(json.dumps(found))


if __name__ == "__main__":
    main()
