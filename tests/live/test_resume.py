"""Cut off and back, taken out and brought back: whoever may hear hears everything, over real sockets, at one web process and at two."""
import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

import psycopg
import pytest

from tests.support.databases import RedisServer
from tests.support.people import Visitor
from tests.support.servers import Served, running
from tests.support.waiting import until

pytestmark = pytest.mark.real
FUJIKURA, KASHIWAGI = "002079", "002977"


@pytest.fixture(params=[1, 2], ids=["one process", "two processes"])
def doors(request: pytest.FixtureRequest, each_city: dict[str, str], redis_server: RedisServer) -> Iterator[tuple[Served, Served]]:
    """Where the two people come in."""
    settings = {"REDIS_URL": redis_server.url, **each_city}
    with ExitStack() as stack:
        served = [stack.enter_context(running(Path(each_city["DATA"]), settings)) for _ in range(request.param)]
        yield served[0], served[-1]


def test_who_is_taken_out_and_brought_back_at_once_goes_on_hearing(doors: tuple[Served, Served]) -> None:
    with Visitor(doors[0], KASHIWAGI) as owner, Visitor(doors[1], FUJIKURA) as other:
        owner.connect()
        other.connect()
        made = owner.http.post(f"{owner.served.url}/chat/rooms", data={"name": "出入り", "kind": "closed", "people": str(other.user_id)},
                               allow_redirects=False)
        room = int(made.headers["Location"].rsplit("/", 1)[1])
        for number in range(3):
            owner.http.post(f"{owner.served.url}/chat/rooms/{room}/members/{other.user_id}/removal", allow_redirects=False)
            owner.http.post(f"{owner.served.url}/chat/rooms/{room}/members", data={"people": str(other.user_id)}, allow_redirects=False)
            until_rows_are_read(other)
            owner.say(room, f"戻ってからの {number}")
            until_heard(other, f"戻ってからの {number}")


def until_heard(visitor: Visitor, words: str) -> None:
    until(lambda: words in str(visitor.heard), 10, f"hearing {words}")


def until_rows_are_read(visitor: Visitor) -> None:
    """By the process at which the visitor is: a row behind all others, as the helper would write it, has arrived."""
    mark = token_hex(4)
    write_row(visitor.served, f"user:{visitor.user_id}", mark)
    until_heard(visitor, mark)


def write_row(served: Served, topic: str, mark: str) -> None:
    body, url = json.dumps({"topic": topic, "event": "mark", "payload": {"mark": mark}}), served.environment.get("DATABASE_URL", "")
    statement, now = "insert into live_relay (at, origin, effect, body) values (?, 'x', 'Broadcast', ?)", datetime.now(UTC)
    if url:
        with psycopg.connect(url.replace("+psycopg", "")) as postgres:
            postgres.execute(statement.replace("?", "%s"), (now, body))
    else:
        with closing(sqlite3.connect(served.data / "tsunagaru.db", timeout=10)) as lite, lite:
            lite.execute(statement, (now.strftime("%Y-%m-%d %H:%M:%S.%f"), body))
