"""One truth through both doors: HTTP and socket, with nervous retries."""
from collections.abc import Iterator
from typing import Any

import pytest
import socketio

from tests.support.people import Visitor, look_up
from tests.support.servers import Served
from tests.support.waiting import until

pytestmark = pytest.mark.real
FUJIKURA, KASHIWAGI, INOUE, SAEGUSA = "002079", "002977", "002662", "900156"


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


def room_called(served: Served, name: str) -> int:
    return look_up(served, "select id from chat_room where name = ?", name)[0][0]


def test_a_message_sent_through_both_doors_with_a_nervous_retry_is_one_of_everything(
        shared_city: Served, fujikura: Visitor, kashiwagi: Visitor) -> None:
    room = room_called(shared_city, "窓口DX推進チーム")
    text, key = f"<@{kashiwagi.user_id}> 確認をお願いします。", "both-doors-0001"
    by_socket = [fujikura.say(room, text, key) for _ in range(3)]
    by_http = [fujikura.post(f"/chat/rooms/{room}/messages", {"text": text, "key": key}) for _ in range(3)]
    ids = {answer["id"] for answer in by_socket} | {reply.json()["id"] for reply in by_http}
    assert len(ids) == 1
    (message_id,) = ids
    about = f"chat.message:{message_id}"
    until(lambda: look_up(shared_city, "select 1 from notifications_notification where about = ?", about), 10, "the notice")
    counted = {
        "messages": look_up(shared_city, "select count(*) from chat_message where client_key = ?", key),
        "entries": look_up(shared_city, "select count(*) from audit_entry where about = ?", about),
        "jobs": look_up(shared_city, "select count(*) from kernel_job where json_extract(body, '$.message_id') = ?", message_id),
        "notices": look_up(shared_city, "select count(*) from notifications_notification where about = ?", about),
    }
    assert {name: rows[0][0] for name, rows in counted.items()} == dict.fromkeys(counted, 1)
    fujikura.say(room, "次の一言")
    until(lambda: len(changes_of(kashiwagi, room)) >= 2, 10, "both messages")
    told = [message["id"] for change in changes_of(kashiwagi, room) for message in change["messages"]]
    assert told.count(message_id) == 1


def test_what_is_refused_or_unseen_leaves_nothing_of_anything(shared_city: Served, fujikura: Visitor, saegusa: Visitor) -> None:
    room = room_called(shared_city, "市民課 連絡")
    before = everything(shared_city)
    assert saegusa.say(room, "見えない部屋へ")["status"] == 404
    assert saegusa.post(f"/chat/rooms/{room}/messages", {"text": "見えない部屋へ", "key": "unseen-0001"}).status_code == 404
    assert fujikura.say(room, "")["status"] == 422
    assert fujikura.post(f"/chat/rooms/{room}/messages", {"text": "x" * 10_001, "key": "too-long-0001"}).status_code == 422
    assert fujikura.ask("chat.post", room="three", text="あ", key="abcdefgh")["status"] == 422
    assert everything(shared_city) == before
    assert not saegusa.heard_of("chat.change")


def test_a_number_that_is_missing_is_found_among_the_changes(shared_city: Served, fujikura: Visitor, kashiwagi: Visitor) -> None:
    room = room_called(shared_city, "窓口DX推進チーム")
    at = fujikura.ask("chat.changes", room=room, after=0)["room"]["seq"]
    change = look_up(shared_city, "select last_change from chat_room where id = ?", room)[0][0]
    said = [kashiwagi.say(room, f"続き {number}") for number in range(5)]
    by_socket = fujikura.ask("chat.changes", room=room, after=change)
    by_http = fujikura.get(f"/chat/rooms/{room}/changes?after={change}").json()
    assert [message["seq"] for message in by_socket["messages"]] == [answer["seq"] for answer in said] == list(range(at + 1, at + 6))
    assert [message["id"] for message in by_http["messages"]] == [answer["id"] for answer in said]


def test_a_removed_member_hears_nothing_more_and_every_door_is_closed(shared_city: Served, fujikura: Visitor, kashiwagi: Visitor) -> None:
    draft = {"name": "抜ける部屋", "kind": "closed", "people": kashiwagi.user_id}
    made = fujikura.http.post(f"{shared_city.url}/chat/rooms", data=draft, allow_redirects=False)
    room = int(made.headers["Location"].rsplit("/", 1)[1])
    fujikura.say(room, "最初")
    kashiwagi.until_heard("chat.change")
    fujikura.http.post(f"{shared_city.url}/chat/rooms/{room}/members/{kashiwagi.user_id}/removal", allow_redirects=False)
    kashiwagi.until_heard("chat.gone")
    fujikura.say(room, "聞こえてはいけない一言")
    until(lambda: "聞こえてはいけない" in str(fujikura.heard_of("chat.change")), 10, "the sender hears it")
    assert "聞こえてはいけない" not in str(kashiwagi.heard)
    assert kashiwagi.ask("chat.changes", room=room, after=0)["status"] == 404
    assert kashiwagi.get(f"/chat/rooms/{room}/changes?after=0").status_code == 404
    assert kashiwagi.get(f"/chat/rooms/{room}").status_code == 404


def test_a_read_message_is_told_to_its_author_and_clears_the_other_screen(shared_city: Served, fujikura: Visitor, kashiwagi: Visitor) -> None:
    room = room_called(shared_city, "窓口DX推進チーム")
    said = kashiwagi.say(room, "読んでください")
    with Visitor(shared_city, FUJIKURA) as tablet:
        tablet.connect()
        fujikura.ask("chat.read", room=room, seq=said["seq"])
        until(lambda: any(badge["room"] == room and badge["unread"] == 0 for badge in tablet.heard_of("chat.badge")), 10, "the badge is gone")
    until(lambda: any(str(said["id"]) in reads["reads"] for reads in kashiwagi.heard_of("chat.reads")), 10, "既読 is told")
    read, unread, _ = kashiwagi.heard_of("chat.reads")[-1]["reads"][str(said["id"])]
    assert read >= 1
    assert unread >= 1


def test_a_session_that_is_ended_closes_its_socket_and_no_other(city: Served) -> None:
    with Visitor(city, FUJIKURA) as here, Visitor(city, FUJIKURA) as there:
        here.connect()
        there.connect()
        here.post("/me/sessions/ending")
        until(lambda: not there.connected, 20, "the other screen is cut")
        assert here.connected
        assert there.get("/chat").status_code == 401


def test_nobody_connects_without_a_session_or_from_a_foreign_page(shared_city: Served, fujikura: Visitor) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        knock(shared_city, shared_city.url, "")
    cookies = "; ".join(f"{name}={value}" for name, value in fujikura.http.cookies.items())
    for origin in ("http://evil.example", "null"):
        with pytest.raises(socketio.exceptions.ConnectionError):
            knock(shared_city, origin, cookies)


def knock(served: Served, origin: str, cookies: str) -> None:
    client = socketio.Client(reconnection=False, websocket_extra_options={"origin": origin})
    client.connect(served.url, headers={"Cookie": cookies}, transports=["websocket"])


def changes_of(visitor: Visitor, room: int) -> list[dict[str, Any]]:
    return [change for change in visitor.heard_of("chat.change") if change["room"] == room]


def everything(served: Served) -> list[object]:
    tables = ("chat_message", "audit_entry", "kernel_job", "notifications_notification")
    return [look_up(served, f"select count(*) from {table}")[0][0] for table in tables]      # noqa: S608 (our own names)
