"""``make bench-dx``: 40 teams, 2,000 tasks, 20,000 events, five years of the plan, 60 skills in a city hall of 1,500, on SQLite and on PostgreSQL.

The last line is one JSON object: the worse of the two databases. Times are of whole pages through the HTTP door of one process, by turns
for everybody whom a page is for; ``queries`` are all that the dearest of them asks, those of the frame and of knowing who asks among them.
"""
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from statistics import median

import click
from flask.testing import FlaskClient

from benchmarks.boards import DATABASES, alone, begin_work, p95, show, worse
from benchmarks.dx.city import City
from benchmarks.dx.skills import learn
from benchmarks.dx.years import TEAMS, YEARS, Work
from groupware.database import close_database
from groupware.kernel import clock, db, json, reactions
from tests.support.counting import statements

ROUNDS = 120
GROWING = ("overview", "measure", "team")


class Readers:
    """Who opens which page: the CIO, 行政管理課, a head, a leader, a clerk."""

    def __init__(self, city: City, work: Work) -> None:
        people = (city.cio, city.steering, city.head(0), city.leader(0), city.clerk(0))
        self.clients = [city.client(each) for each in people]
        self.pages = {"overview": ["/governance", "/governance/survey"],
                      "measure": [f"/governance/measures/M{number:02}" for number in range(1, len(work.measures) + 1)],
                      "team": [f"/teams/{number}" for number in work.teams[:TEAMS:4]], "heatmap": ["/training/heat"]}
        self.whose = {"heatmap": self.clients[:3]}

    def turns(self, name: str) -> Iterator[tuple[FlaskClient, str]]:
        """Everybody opens every page that is for them."""
        return cycle([(client, path) for path in self.pages[name] for client in self.who_opens(name)])

    def who_opens(self, name: str) -> list[FlaskClient]:
        return self.whose.get(name, self.clients)

    def spent(self, name: str) -> list[float]:
        turns = self.turns(name)
        return alone(lambda: show(*next(turns)), ROUNDS)

    def asked(self, name: str) -> tuple[int, str]:
        return max((_asked(client, path), path) for path in self.pages[name][:2] for client in self.who_opens(name))


def measured(url: str, folder: Path) -> dict[str, float]:
    city = City(url, folder)
    with city.app.app_context(), reactions.quietly():
        work = Work(city)
        learn(city)
        readers = Readers(city, work)
        work.grow(1)
        begin_work()
        for name in readers.pages:       # once to warm up
            readers.spent(name)
        small = sum(median(readers.spent(name)) for name in GROWING)
        work.grow(YEARS)
        begin_work()
        spent, asked = {name: readers.spent(name) for name in readers.pages}, {name: readers.asked(name) for name in readers.pages}
    click.echo(json.dumps(asked))
    close_database()
    return {**{f"{name}_p95_ms": p95(times) for name, times in spent.items()}, "queries": max(many for many, _ in asked.values()),
            "cost_growth": round(sum(median(spent[name]) for name in GROWING) / small, 2)}


def _asked(client: FlaskClient, path: str) -> int:
    show(client, path)
    db.forget_reading()
    with statements() as asked:
        show(client, path)
    return len(asked)


def main() -> None:
    began, found = clock.now(), []
    for name, database in DATABASES.items():
        with tempfile.TemporaryDirectory() as folder, database() as url:
            found.append(measured(url, Path(folder)))
        click.echo(f"{name} {json.dumps(found[-1])}")
    click.echo(json.dumps({**worse(found), "seconds": round((clock.now() - began).total_seconds())}))


if __name__ == "__main__":
    main()
