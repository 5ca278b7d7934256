"""State + changes = state fetched afresh: wherever somebody was cut off, whatever happened meanwhile, at whichever process they come back."""
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from secrets import token_hex

import psycopg
import pytest

from tests.live.screens import Screen, State
from tests.live.story import Story
from tests.support.databases import RedisServer
from tests.support.people import Visitor, look_up
from tests.support.servers import Served, running
from tests.support.waiting import until

LEGS = [pytest.param(1, "sqlite"), pytest.param(2, "postgresql"),
        pytest.param(2, "sqlite", marks=pytest.mark.long), pytest.param(1, "postgresql", marks=pytest.mark.long)]
pytestmark = [pytest.mark.real, pytest.mark.parametrize(("doors", "each_shared_city"), LEGS, indirect=True, scope="module")]
FUJIKURA, KASHIWAGI, INOUE, HASUMI, SAEGUSA = "002079", "002977", "002662", "003005", "900156"
MANY = 210          # more than one answer holds
PATIENCE = 20
Doors = tuple[Served, Served]


@pytest.fixture(scope="module")
def doors(request: pytest.FixtureRequest, each_shared_city: dict[str, str], shared_redis: RedisServer) -> Iterator[Doors]:
    """Where people come in: the one process, or both."""
    settings = {"REDIS_URL": shared_redis.url, **each_shared_city}
    with ExitStack() as stack:
        served = [stack.enter_context(running(Path(each_shared_city["DATA"]), settings)) for _ in range(request.param)]
        yield served[0], served[-1]


@pytest.fixture
def enter(doors: Doors) -> Iterator[Callable[[str], Visitor]]:
    """``enter(number)``: one more browser of this person."""
    with ExitStack() as stack:
        yield lambda number: stack.enter_context(Visitor(doors[0], number))


@pytest.mark.parametrize("seed", [7])
def test_at_every_cut_point_what_one_had_and_what_changed_is_what_there_is(
        seed: int, doors: Doors, enter: Callable[[str], Visitor], trials: Callable[[int, int], int]) -> None:
    for number in range(trials(1, 25)):
        _play(Random(seed * 1000 + number), doors, enter, trials(40, 150))


def _play(dice: Random, doors: Doors, enter: Callable[[str], Visitor], many: int) -> None:
    story = Story(dice, doors, [enter(KASHIWAGI), enter(FUJIKURA), enter(INOUE)], [enter(HASUMI), enter(SAEGUSA)])
    watchers = [story.people[1], story.comers[0]]
    screens = [Screen(enter(FUJIKURA), story.room) for _ in range(3)]
    kept: list[tuple[Visitor, State]] = []
    for number in range(many + 4):
        story.go_on() if number != many else story.say_much(MANY)
        watcher = dice.choice(watchers)
        state = State.fetched(watcher, dice.choice(doors), story.room)
        kept += [(watcher, state)] if state else []
        _cut_or_mend(dice, screens, doors)
    _settle(story)
    now = {watcher: State.fetched(watcher, dice.choice(doors), story.room) for watcher in watchers}
    for watcher, state in kept:
        if should := now[watcher]:
            _same(state.and_changes(watcher, dice.choice(doors), story.room), should)
    for screen in screens:
        _comes_to_see(screen, dice.choice(doors))


def _cut_or_mend(dice: Random, screens: list[Screen], doors: Doors) -> None:
    """The first is never cut, the others are now and then, and come back after a while."""
    for screen in screens[1:]:
        if dice.random() < 0.2:
            if screen.visitor.connected:
                screen.cut()
            else:
                screen.come_back(dice.choice(doors))


def _settle(story: Story) -> None:
    """Cursors are merged for a moment: behind the last of each process nothing is on its way."""
    for served, reader in zip(story.doors, (story.people[1], story.people[2]), strict=True):
        seq = story.say_at(served, "最後に")
        reader.http.post(f"{served.url}{story.path}/cursor", json={"seq": seq})
        seen = "select seen_seq from chat_member where room_id = ? and user_id = ?"
        until(lambda: look_up(served, seen, story.room, reader.user_id) == [(seq,)], PATIENCE, "the cursors are kept")     # noqa: B023


def _comes_to_see(screen: Screen, served: Served) -> None:
    """By what it hears, and by asking when a number is missing or counts may have fallen, as the page does."""
    if not screen.visitor.connected:
        screen.come_back(served)
    now = State.fetched(screen.visitor, served, screen.room)
    assert now

    def agrees() -> bool:
        screen.listen()
        if screen.is_behind():
            screen.catch_up()
        return {**screen.state.seen, "me": {}} == {**now.seen, "me": {}}
    try:
        until(agrees, PATIENCE, "what was told is what there is")
    except AssertionError:
        screen.state.me = now.me
        _same(screen.state, now)
        raise


def _same(has: State, should: State) -> None:
    for part, told in deepcopy(should.seen).items():
        assert has.seen[part] == told, part


def test_who_is_taken_out_and_brought_back_at_once_goes_on_hearing(doors: Doors) -> None:
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
