"""Signals over real sockets: who may say and hear them, how little is told of them, and that nothing strange is believed."""
import time
from collections.abc import Iterator
from typing import Any

import pytest

from groupware.live.attendance import MOST_PEOPLE, MOST_WRITING, Person, summary
from groupware.live.driver.limits import Limits
from tests.support.people import Visitor, look_up
from tests.support.servers import Served
from tests.support.waiting import until

FUJIKURA, KASHIWAGI, SAEGUSA, HASUMI = "002079", "002977", "900156", "001880"
OFTEN = Limits().burst // 2         # who says more at once is cut off, and rightly
TEAM, SECTION = "窓口DX推進チーム", "市民課 連絡"


@pytest.fixture
def fujikura(shared_city: Served) -> Iterator[Visitor]:
    with Visitor(shared_city, FUJIKURA) as visitor:
        yield visitor.connect()


@pytest.fixture
def kashiwagi(shared_city: Served) -> Iterator[Visitor]:
    with Visitor(shared_city, KASHIWAGI) as visitor:
        yield visitor.connect()


@pytest.fixture
def saegusa(shared_city: Served) -> Iterator[Visitor]:
    with Visitor(shared_city, SAEGUSA) as visitor:
        yield visitor.connect()


@pytest.fixture
def team(shared_city: Served) -> int:
    return room_called(shared_city, TEAM)


def room_called(served: Served, name: str) -> int:
    return int(look_up(served, "select id from chat_room where name = ?", name)[0][0])


def last_told(visitor: Visitor, room: int) -> dict[str, Any]:
    """What the visitor knows of who is here."""
    told: list[dict[str, Any]] = [here for here in visitor.heard_of("live.here") if here["place"] == f"chat.here:{room}"]
    return told[-1] if told else {"people": [], "writing": [], "here": 0, "away": 0}


def until_told(visitor: Visitor, room: int, names: set[str], key: str = "people") -> None:
    """``key``: "people" or "writing"."""
    until(lambda: {person[1] for person in last_told(visitor, room)[key]} == names, 10, f"{key}: {names}")


def test_whoever_comes_and_goes_and_writes_is_told_to_those_who_look(fujikura: Visitor, kashiwagi: Visitor, team: int) -> None:
    for visitor in (fujikura, kashiwagi):
        assert visitor.ask("chat.here", room=team) == {"ok": True}
    until_told(fujikura, team, {"藤倉 美咲", "柏木 真帆"})
    kashiwagi.ask("chat.writing", room=team, on=True)
    until_told(fujikura, team, {"柏木 真帆"}, "writing")
    kashiwagi.ask("chat.writing", room=team, on=False)
    until_told(fujikura, team, set(), "writing")
    kashiwagi.ask("chat.here", room=team, away=True)
    until(lambda: last_told(fujikura, team)["away"] == 1, 10, "away is seen")
    kashiwagi.close()
    until_told(fujikura, team, {"藤倉 美咲"})


def test_who_writes_and_falls_silent_is_forgotten(fujikura: Visitor, kashiwagi: Visitor, team: int) -> None:
    for visitor in (fujikura, kashiwagi):
        visitor.ask("chat.here", room=team)
    kashiwagi.ask("chat.writing", room=team, on=True)
    until_told(fujikura, team, {"柏木 真帆"}, "writing")
    until_told(fujikura, team, set(), "writing")


def test_neither_a_stranger_nor_somebody_from_outside_says_or_hears_anything(
        shared_city: Served, fujikura: Visitor, saegusa: Visitor, team: int) -> None:
    section = room_called(shared_city, SECTION)
    fujikura.ask("chat.here", room=team)
    fujikura.ask("chat.here", room=section)
    assert saegusa.ask("chat.here", room=team)["status"] == 403, "a member, but from outside"
    assert saegusa.ask("chat.here", room=section)["status"] == 404, "a stranger"
    for room in (team, section):
        assert saegusa.ask("chat.writing", room=room, on=True) == {"ok": True}
        fujikura.ask("chat.writing", room=room, on=True)
    for room in (team, section):
        until_told(fujikura, room, {"藤倉 美咲"}, "writing")
    assert not saegusa.heard_of("live.here")


def test_a_removed_member_is_out_of_the_place_and_comes_in_no_more(shared_city: Served, fujikura: Visitor, kashiwagi: Visitor) -> None:
    draft = {"name": "在席を見る部屋", "kind": "closed", "people": kashiwagi.user_id}
    made = fujikura.http.post(f"{shared_city.url}/chat/rooms", data=draft, allow_redirects=False)
    room = int(made.headers["Location"].rsplit("/", 1)[1])
    for visitor in (fujikura, kashiwagi):
        visitor.ask("chat.here", room=room)
        until_told(visitor, room, {"藤倉 美咲"} if visitor is fujikura else {"藤倉 美咲", "柏木 真帆"})
    fujikura.http.post(f"{shared_city.url}/chat/rooms/{room}/members/{kashiwagi.user_id}/removal", allow_redirects=False)
    until_told(fujikura, room, {"藤倉 美咲"})
    heard = len(kashiwagi.heard_of("live.here"))
    assert kashiwagi.ask("chat.here", room=room)["status"] == 404
    kashiwagi.ask("chat.writing", room=room, on=True)
    fujikura.ask("chat.writing", room=room, on=True)
    until_told(fujikura, room, {"藤倉 美咲"}, "writing")
    assert len(kashiwagi.heard_of("live.here")) == heard


def test_however_often_somebody_turns_away_and_back_it_is_told_once_a_second(fujikura: Visitor, kashiwagi: Visitor, team: int) -> None:
    fujikura.ask("chat.here", room=team)
    until(lambda: last_told(fujikura, team)["here"], 10, "seen")
    before, began = len(fujikura.heard_of("live.here")), time.monotonic()
    for _ in range(OFTEN // 2):
        for away in (False, True):
            kashiwagi.ask("chat.here", room=team, away=away)
    until(lambda: last_told(fujikura, team)["away"] == 1, 10, "how it is at the end")
    assert len(fujikura.heard_of("live.here")) - before <= time.monotonic() - began + 2


def test_a_cursor_is_told_to_the_author_and_to_ones_other_screens_alone(
        shared_city: Served, fujikura: Visitor, kashiwagi: Visitor, saegusa: Visitor, team: int) -> None:
    with Visitor(shared_city, FUJIKURA) as tablet:
        tablet.connect()
        said = kashiwagi.say(team, "どこまで読まれたか")
        assert fujikura.ask("chat.read", room=team, seq=said["seq"]) == {"ok": True}
        until(lambda: any(badge["unread"] == 0 for badge in tablet.heard_of("chat.badge")), 10, "the other screen")

        def hears(who: Visitor) -> bool:
            """Of this message: what was read before may still be told."""
            return any(str(said["id"]) in told["reads"] for told in who.heard_of("chat.reads"))
        until(lambda: hears(kashiwagi), 10, "the author")
        assert not fujikura.heard_of("chat.badge"), "the one that said it knows"
        assert not any(map(hears, (fujikura, tablet, saegusa))), "how many have read is the author's"


def test_a_stranger_moves_no_cursor_and_nobody_moves_anothers(shared_city: Served, fujikura: Visitor, saegusa: Visitor) -> None:
    section = room_called(shared_city, SECTION)
    cursors = "select user_id, seen_seq, read_seq from chat_member where room_id = ? order by user_id"
    before = look_up(shared_city, cursors, section)
    assert saegusa.ask("chat.read", room=section, seq=1_000) == {"ok": True}, "whether there is such a room is not told"
    fujikura.ask("chat.read", room=section, seq=0)
    last = fujikura.say(room_called(shared_city, TEAM), "次の取引まで")["seq"]
    fujikura.ask("chat.read", room=room_called(shared_city, TEAM), seq=last + 1_000)
    seen = "select seen_seq from chat_member m join chat_room r on r.id = m.room_id where r.name = ? and m.user_id = ?"
    until(lambda: look_up(shared_city, seen, TEAM, fujikura.user_id) == [(last,)], 10, "kept, and not beyond the last message")
    assert look_up(shared_city, cursors, section) == before


@pytest.mark.parametrize("event", ["chat.read", "chat.writing", "chat.elsewhere", "chat.here"])
@pytest.mark.parametrize("data", [None, [], "room", 5, {}, {"room": "x"}, {"room": -1}, {"room": True}, {"room": 2**70}, {"room": {"a": 1}}])
def test_what_cannot_be_read_is_refused_in_a_sentence(event: str, data: Any, shared_city: Served, fujikura: Visitor) -> None:
    assert fujikura.socket
    answer = fujikura.socket.call(event, data, timeout=10)
    assert (answer["ok"], answer["status"]) == (False, 422)
    assert answer["message"].endswith("。")


def test_nobody_counts_twice_however_many_screens_and_processes() -> None:
    here: list[Person] = [(1, "藤倉 美咲", False, False), (1, "藤倉 美咲", True, False), (2, "柏木 真帆", True, False)]
    there: list[Person] = [(2, "柏木 真帆", True, True), (1, "藤倉 美咲", True, False)]
    told = summary([here, there])
    assert (told["here"], told["away"]) == (1, 1)
    assert told["people"] == [[1, "藤倉 美咲", False], [2, "柏木 真帆", True]]
    assert told["writing"] == [[2, "柏木 真帆"]]


@pytest.mark.parametrize("many", [0, 1, 7, 500, 3000])
def test_what_is_told_does_not_grow_with_the_people(many: int) -> None:
    told = summary([[(number, f"職員 {number}", number % 3 == 0, True) for number in range(many)]])
    assert told["here"] + told["away"] == many
    assert len(told["people"]) == min(many, MOST_PEOPLE)
    assert len(told["writing"]) == min(many, MOST_WRITING)
