"""Two web processes, one city: what is said in one is heard in the other at once, and what Redis loses is made good."""
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from random import Random
from time import monotonic
from uuid import uuid4

import pytest

from groupware.live.bus import ANEW
from tests.support.databases import RedisServer
from tests.support.people import Visitor, look_up
from tests.support.servers import Served, running
from tests.support.waiting import until

pytestmark = pytest.mark.real
FUJIKURA, KASHIWAGI, HASUMI = "002079", "002977", "003005"
TEAM = "窓口DX推進チーム"


@pytest.fixture(scope="module")
def two(each_shared_city: dict[str, str], shared_redis: RedisServer) -> Iterator[tuple[Served, Served]]:
    with ExitStack() as stack:
        settings = {"REDIS_URL": shared_redis.url, **each_shared_city}
        yield tuple(stack.enter_context(running(Path(each_shared_city["DATA"]), settings)) for _ in range(2))       # type: ignore[misc]


@pytest.fixture
def pair(two: tuple[Served, Served]) -> Iterator[tuple[Visitor, Visitor]]:
    """Two people of one room, each at another process."""
    with Visitor(two[0], KASHIWAGI) as one, Visitor(two[1], FUJIKURA) as other:
        yield one.connect(), other.connect()


def room_of(served: Served) -> int:
    return int(look_up(served, "select id from chat_room where name = ?", TEAM)[0][0])


def heard_numbers(visitor: Visitor, many: int) -> list[int]:
    """Of so many messages; two processes may tell them in another order, the browser sorts."""
    def numbers() -> list[int]:
        return [message["seq"] for change in visitor.heard_of("chat.change") for message in change["messages"]]
    until(lambda: len(numbers()) >= many, 10, f"{many} messages")
    return numbers()


def test_who_looks_and_writes_in_one_process_is_seen_in_the_other(pair: tuple[Visitor, Visitor]) -> None:
    one, other = pair
    at = room_of(one.served)
    for visitor in pair:
        visitor.ask("chat.here", room=at)

    until(lambda: all(_seen(visitor, "people") == {"柏木 真帆", "藤倉 美咲"} for visitor in pair), 10, "both are seen")
    one.ask("chat.writing", room=at, on=True)
    until(lambda: _seen(other, "writing") == {"柏木 真帆"}, 10, "writing is seen")
    one.close()
    until(lambda: _seen(other, "people") == {"藤倉 美咲"}, 10, "gone with the connection")


def _seen(visitor: Visitor, key: str) -> set[str]:
    told = visitor.heard_of("live.here")
    return {person[1] for person in told[-1][key]} if told else set()


def _room_with(one: Visitor, other: Visitor, name: str) -> int:
    made = one.http.post(f"{one.served.url}/chat/rooms", data={"name": name, "kind": "closed", "people": [str(other.user_id)]}, allow_redirects=False)
    return int(made.headers["Location"].rsplit("/", 1)[1])


def _talk_while_the_other_is_taken_out(one: Visitor, rooms: list[int], dice: Random) -> None:
    """Before, at the same moment, and after: as the dice fall."""
    deeds = [(room, deed) for room in rooms for deed in ["say"] * dice.randint(1, 3) + ["remove"]]
    dice.shuffle(deeds)
    with ThreadPoolExecutor(4) as hands:
        list(hands.map(lambda each: _do(one, *each), deeds))


def _do(one: Visitor, room: int, deed: str) -> None:
    if deed == "say":
        one.post(f"/chat/rooms/{room}/messages", {"text": "いまのうちに", "key": uuid4().hex})
        return
    [other_id] = [number for (number,) in look_up(
        one.served, "select user_id from chat_member where room_id = ? and user_id <> ? and left_at is null", room, one.user_id)]
    assert one.http.post(f"{one.served.url}/chat/rooms/{room}/members/{other_id}/removal", allow_redirects=False).status_code == 303


def _let_pass(seconds: float) -> None:
    """What is promised of a moment after cannot be asked before."""
    until_then = monotonic() + seconds
    until(lambda: monotonic() > until_then, seconds + 2, "time to pass")


def hears(visitor: Visitor, text: str, seconds: float = 10) -> None:
    until(lambda: text in str(visitor.heard), seconds, f"hearing of {text}")


def test_what_is_said_in_one_process_is_heard_in_the_other(pair: tuple[Visitor, Visitor]) -> None:
    one, other = pair
    at = room_of(one.served)
    for number in range(5):
        one.say(at, f"こちらから {number}")
        other.say(at, f"そちらから {number}")
    for visitor in pair:
        assert len(set(heard_numbers(visitor, 10))) == 10


def test_a_room_made_in_one_process_is_followed_in_the_other_and_left_there_too(pair: tuple[Visitor, Visitor]) -> None:
    one, other = pair
    one.http.post(f"{one.served.url}/chat/rooms", data={"name": "二つの間", "kind": "closed", "people": [str(other.user_id)]})
    at = int(look_up(one.served, "select id from chat_room where name = '二つの間'")[0][0])
    until(lambda: any(come["room"] == at for come in other.heard_of("chat.come")), 10, "the other is told of the room")
    one.say(at, "見えますか")
    hears(other, "見えますか")
    one.http.post(f"{one.served.url}/chat/rooms/{at}/members/{other.user_id}/removal")
    until(lambda: any(gone["room"] == at for gone in other.heard_of("chat.gone")), 10, "the other is told of the removal")
    until(lambda: other.ask("chat.changes", room=at, after=0).get("status") == 404, 10, "the room is closed to the other")
    one.say(at, "もう聞こえません")
    one.say(room_of(one.served), "別の部屋で")
    hears(other, "別の部屋で")
    assert "もう聞こえません" not in str(other.heard)


def test_a_database_that_cuts_everybody_off_silences_no_process(pair: tuple[Visitor, Visitor]) -> None:
    one, other = pair
    for name in ("切れる前", "切れた後"):
        one.http.post(f"{one.served.url}/chat/rooms", data={"name": name, "kind": "closed", "people": [str(other.user_id)]})
        at = int(look_up(one.served, "select id from chat_room where name = ?", name)[0][0])
        until(lambda at=at: any(come["room"] == at for come in other.heard_of("chat.come")), 10, f"the other is told of {name}")  # type: ignore[misc]
        _cut_off_everybody(one.served)
        _is_written_and_heard_of(one, other, at)


def _is_written_and_heard_of(one: Visitor, other: Visitor, room: int) -> None:
    """Told, or asked to look at the database."""
    before, key = len(other.heard_of("live.lost")), uuid4().hex
    until(lambda: one.ask("chat.post", room=room, text="まだ聞こえますか", key=key)["ok"], 10, "it is written")
    until(lambda: any(told["room"] == room and told["messages"] for told in other.heard_of("chat.change"))
          or len(other.heard_of("live.lost")) > before, 10, "the other hears of it")


def _cut_off_everybody(served: Served) -> None:
    """SQLite has nobody to cut off."""
    if "postgresql" in served.environment.get("DATABASE_URL", ""):
        look_up(served, "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()")


def test_who_is_stopped_in_one_process_is_cut_off_in_the_other(two: tuple[Served, Served], pair: tuple[Visitor, Visitor]) -> None:
    _, other = pair
    with Visitor(two[0], HASUMI) as administrator:
        administrator.http.post(f"{two[0].url}/admin/people/{other.user_id}/state", data={"state": "disabled"})
        until(lambda: not other.connected, 20, "the socket at the other process is cut")
        assert other.get("/chat").status_code in {303, 401}
        administrator.http.post(f"{two[0].url}/admin/people/{other.user_id}/state", data={"state": "active"})


def test_however_removals_and_words_interleave_nothing_reaches_the_removed_a_second_later(
        pair: tuple[Visitor, Visitor], trials: Callable[[int, int], int]) -> None:
    one, other = pair
    for batch in range(trials(1, 20)):
        rooms = [_room_with(one, other, f"間合い {batch}-{number}") for number in range(50)]
        _talk_while_the_other_is_taken_out(one, rooms, Random(batch))
        _let_pass(1)
        mark = len(other.heard)
        for room in rooms:
            assert one.say(room, f"後から {room}")["ok"]
        one.say(room_of(one.served), f"終わり {batch}")
        hears(other, f"終わり {batch}")
        assert not [data for _, data in other.heard[mark:] if "後から" in str(data)]


def test_without_redis_it_goes_on_by_the_database(two: tuple[Served, Served], pair: tuple[Visitor, Visitor], shared_redis: RedisServer) -> None:
    one, other = pair
    at = room_of(one.served)
    one.say(at, "その前に")
    hears(other, "その前に")
    shared_redis.kill()
    for number in range(3):
        one.say(at, f"いない間に {number}")
    for number in range(3):
        hears(other, f"いない間に {number}")
    looks = len(_looks(two[1]))
    until(lambda: len(_looks(two[1])) >= looks + 2, 20, "as long as it is away, what it may have lost is looked for")
    before, after = _looks(two[1])[-2:]
    assert (after - before).total_seconds() > ANEW - 0.5, "and not without end"
    shared_redis.start()
    until(lambda: _heard_over_redis(one, other, at), 25, "redis carries again")


def test_a_process_that_dies_with_words_on_its_lips_makes_the_others_look_anew(
        two: tuple[Served, Served], pair: tuple[Visitor, Visitor]) -> None:
    _, other = pair
    until(lambda: pair[0].say(room_of(two[0]), "生きています")["ok"], 10, "a beat or two")
    hears(other, "生きています")
    assert two[0].web
    two[0].web.kill()
    until(lambda: other.heard_of("live.lost"), 20, "the other browsers are told to look anew")
    assert other.ask("live.again") == {"ok": True}
    two[0].start()


def test_what_a_stranger_says_on_redis_is_not_believed(pair: tuple[Visitor, Visitor], shared_redis: RedisServer) -> None:
    one, other = pair
    at = room_of(one.served)
    with shared_redis.client() as redis:
        channel = until(lambda: redis.pubsub_channels("tsunagaru:*"), 10, "the channel")[0]
        forged = b'{"from":"x","number":1,"effect":"Broadcast","body":{"topic":"chat.room:%d","event":"chat.change","payload":{"forged":1}}}' % at
        for data in (forged, b"\0" * 32 + forged, b"", b"\xff" * 7):
            redis.publish(channel, data)
    one.say(at, "本物です")
    hears(other, "本物です")
    assert "forged" not in str(other.heard)


def _is_heard(visitor: Visitor, text: str) -> bool:
    with suppress(AssertionError):
        hears(visitor, text, 3)
    return text in str(visitor.heard)


def _looks(served: Served) -> list[datetime]:
    """When that process had all its browsers look anew."""
    said = [json.loads(line) for line in served.said().splitlines() if "every browser looks anew" in line]
    return [datetime.fromisoformat(each["at"]) for each in said]


def _heard_over_redis(one: Visitor, other: Visitor, at: int) -> bool:
    """Said and heard without a row of the relay."""
    before = look_up(one.served, "select count(*) from live_relay")[0][0]
    words = f"また {len(other.heard)}"
    one.say(at, words)
    if not _is_heard(other, words):
        return False            # said before the other one listened again: its browsers look anew
    return bool(look_up(one.served, "select count(*) from live_relay")[0][0] == before)
