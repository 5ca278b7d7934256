"""A restart in the middle of the day: who is connected is told when to come back, and nothing that was being said is lost."""
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import pytest
import requests

from tests.support.people import Visitor, look_up
from tests.support.servers import Served
from tests.support.waiting import until

pytestmark = pytest.mark.real
PEOPLE = ("002079", "002977", "002662", "900156")
TEAM = "窓口DX推進チーム"


@pytest.fixture
def visitors(city: Served) -> Iterator[list[Visitor]]:
    with ExitStack() as stack:
        yield [stack.enter_context(Visitor(city, number)).connect() for number in PEOPLE * 5]


def test_everybody_is_told_to_come_back_spread_over_some_seconds_and_the_end_is_quick(city: Served, visitors: list[Visitor]) -> None:
    assert city.web
    assert city.web.end() == 0
    for visitor in visitors:
        [told] = visitor.until_heard("live.return")
        assert 2 <= told["within"] <= 20
    until(lambda: not any(visitor.connected for visitor in visitors), 10, "all sockets are closed")


def test_what_is_being_said_during_a_restart_is_said_once(city: Served) -> None:
    room = look_up(city, "select id from chat_room where name = ?", TEAM)[0][0]
    keys = [uuid4().hex for _ in range(60)]
    with Visitor(city, PEOPLE[0]) as writer, ThreadPoolExecutor(4) as hands:
        saying = [hands.submit(_say_until_it_is_heard, writer, room, key) for key in keys]
        until(lambda: sum(each.done() for each in saying) > 5, 10, "some of it said")
        assert city.web
        city.web.end()
        city.start()
        ids = [each.result(60) for each in saying]
    assert len(set(ids)) == len(keys)
    rows = look_up(city, f"select id, client_key from chat_message where client_key in ({', '.join('?' * len(keys))})", *keys)   # noqa: S608
    assert sorted(rows) == sorted(zip(ids, keys, strict=True))


def _say_until_it_is_heard(writer: Visitor, room: int, key: str) -> int:
    """As the outbox of the browser does: the same key until there is an answer."""
    def once() -> Any:
        try:
            answer = writer.post(f"/chat/rooms/{room}/messages", {"text": f"続けて {key}", "key": key})
        except requests.ConnectionError:
            return None
        assert answer.status_code in {200, 201, 503}, answer.text
        return answer.json() if answer.ok else None
    answer: dict[str, Any] = until(once, 30, "an answer")
    return int(answer["id"])
