"""The fast path: the same bytes as the library's, in the order of the calls, and nobody forgotten in a room."""
import json
import logging
from collections.abc import Callable
from typing import Any

import gevent
import pytest
from engineio.packet import MESSAGE, PING, PONG
from engineio.packet import Packet as EnginePacket
from gevent import socket
from hypothesis import given, settings
from hypothesis import strategies as st
from socketio import Manager, Server

from groupware.kernel.turns import next_turn
from groupware.live.delivery import proof
from groupware.live.delivery.fast import FastManager, Unproven
from groupware.live.driver.halves import Halves
from groupware.live.driver.limits import Limits
from groupware.live.driver.packets import TextPacket
from groupware.live.driver.websocket import WebSocket


def test_the_fast_path_says_what_the_library_says() -> None:
    """With the versions that are installed here: otherwise the house would run on the library's path."""
    assert proof.fault_of(Unproven) == ""


class SaysTwice(Unproven):
    def emit(self, *args: Any, **options: Any) -> None:
        super().emit(*args, **options)
        super().emit(*args, **options)


class SaysNothing(Unproven):
    def emit(self, *args: Any, **options: Any) -> None:
        pass


class Forgets(Unproven):
    def basic_enter_room(self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None) -> None:
        if room != proof.OTHER:
            super().basic_enter_room(sid, namespace, room, eio_sid)


class Skips(Unproven):
    def emit(self, event: str, data: Any, namespace: str, *args: Any, **options: Any) -> None:
        super().emit(event, data, namespace, *args, **{**options, "skip_sid": None})


class Breaks(Unproven):
    def emit(self, *args: Any, **options: Any) -> None:
        raise RuntimeError("broken")


class Waits(Unproven):
    def emit(self, *args: Any, **options: Any) -> None:
        gevent.get_hub().wait(gevent.get_hub().loop.timer(3600))


@pytest.mark.parametrize("kind", [SaysTwice, SaysNothing, Forgets, Skips])
def test_a_path_that_says_something_else_is_found_out(kind: Callable[[], Manager]) -> None:
    assert "does not say the same" in proof.fault_of(kind)


@pytest.mark.parametrize("kind", [Breaks, Waits])
def test_a_path_that_fails_or_hangs_is_found_out(kind: Callable[[], Manager], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "SECONDS", 0.3)
    assert "it failed" in proof.fault_of(kind)


def test_another_version_of_the_library_is_not_trusted(caplog: pytest.LogCaptureFixture) -> None:
    class Doubted(FastManager):
        def find_fault(self) -> str:
            return proof.fault_of(Unproven, {"python-engineio": "4.99.0"})
    with caplog.at_level(logging.WARNING):
        server = Server(async_mode="gevent", client_manager=Doubted(), serializer=TextPacket)
    assert type(server.eio.sockets) is dict
    assert "the library's own way" in caplog.text
    assert "python-engineio" in caplog.text


CALLS = ("room", "person", "rooms", "callback", "engine", "packet", "ping", "pause", "skipped")


@settings(deadline=None, max_examples=60)
@given(calls=st.lists(st.sampled_from(CALLS), max_size=40))
def test_whoever_sends_by_whichever_way_the_order_of_the_calls_is_kept(calls: list[str]) -> None:
    server = Server(async_mode="gevent", client_manager=Unproven(), serializer=TextPacket, monitor_clients=False)
    here, there = socket.socketpair()
    with here, there, gevent.Timeout(10):
        serving = gevent.spawn(proof._serve, server, here)
        gevent.spawn(make_calls, server, calls)
        heard = b"".join(iter(lambda: there.recv(1 << 16), b""))
        there.shutdown(socket.SHUT_WR)
        serving.get()
    assert numbers_in(heard) == [number for number, call in enumerate(calls) if call not in {"ping", "pause", "skipped"}]


def test_who_leaves_is_kept_for_no_ping() -> None:
    """A thousand strangers a second, each kept for 25 seconds, would be what a full collection has to look through."""
    server = Server(async_mode="gevent", client_manager=Unproven(), serializer=TextPacket, monitor_clients=False)
    here, there = socket.socketpair()
    with here, there, gevent.Timeout(10):
        serving = gevent.spawn(proof._serve, server, here)
        next_turn()
        connection = server.eio.sockets[proof.NAME]
        connection.schedule_ping()          # as engineio does for whoever comes
        assert connection in connection.wheel.to_ping
        connection.close()
        assert connection not in connection.wheel.to_ping
        connection.last_ping = 1.0
        connection.receive(EnginePacket(PONG))      # was on its way: a ping for who has left would end the wheel for everybody
        assert connection not in connection.wheel.to_ping
        there.shutdown(socket.SHUT_WR)
        serving.get()


def make_calls(server: Server, calls: list[str]) -> None:
    server.manager.pre_connect(proof.NAME, "/")
    sid = server.manager.connect(server.manager.sid_from_eio_sid(proof.NAME, "/"), "/")
    server.enter_room(sid, "hall")
    acts: dict[str, Callable[[int], object]] = {
        "room": lambda n: server.emit("n", n, to="hall"),
        "person": lambda n: server.emit("n", n, to=sid),
        "rooms": lambda n: server.emit("n", n, to=["hall", "empty"]),
        "callback": lambda n: server.emit("n", n, to=sid, callback=print),
        "engine": lambda n: server.eio.send(proof.NAME, f'2["n",{n}]'),
        "packet": lambda n: server.eio.send_packet(proof.NAME, EnginePacket(MESSAGE, f'2["n",{n}]')),
        "ping": lambda n: server.eio.send_packet(proof.NAME, EnginePacket(PING)),
        "pause": lambda n: gevent.idle(),
        "skipped": lambda n: server.emit("n", n, to="hall", skip_sid=sid)}
    for number, call in enumerate(calls):
        acts[call](number)
    server.eio.sockets[proof.NAME].close()


def numbers_in(heard: bytes) -> list[int]:
    found, at = [], 0
    while at < len(heard):
        text = heard[at + 2:at + 2 + heard[at + 1]]
        at += 2 + heard[at + 1]
        if text.startswith(b"42"):
            found.append(json.loads(text[text.index(b"["):])[1])
    return found


VERBS, PEOPLE, ROOMS = st.sampled_from(["come", "enter", "leave", "close", "go"]), st.integers(0, 3), st.sampled_from(["a", "b", "c"])
MOVES = st.lists(st.tuples(VERBS, PEOPLE, ROOMS), max_size=40)


@given(moves=MOVES)
def test_the_table_of_rooms_is_the_librarys(moves: list[tuple[str, int, str]]) -> None:
    ours, theirs = tables(Unproven(), moves), tables(Manager(), moves)
    assert ours == theirs


def tables(manager: Manager, moves: list[tuple[str, int, str]]) -> list[object]:
    """What it answers after each move."""
    server = Server(async_mode="gevent", client_manager=manager, monitor_clients=False)
    answers: list[object] = []
    for move, person, room in moves:
        sid = str(person)
        server.eio.generate_id = lambda sid=sid: sid
        try:
            act(manager, move, sid, room)
        except (ValueError, KeyError) as problem:
            answers.append(type(problem))
        answers.append({name: dict(members) for name, members in manager.rooms.get("/", {}).items()})
        answers += [sorted(manager.get_rooms(str(other), "/")) for other in range(4)]
        answers += [{name: ids for name, ids in pending.items() if ids} for pending in (manager.pending_connect, manager.pending_disconnect)]
    return answers


def act(manager: Manager, move: str, sid: str, room: str) -> None:
    if move == "come" and manager.pre_connect(f"engine-{sid}", "/"):
        manager.connect(sid, "/")
    elif move == "enter":
        manager.enter_room(sid, "/", room)
    elif move == "leave":
        manager.leave_room(sid, "/", room)
    elif move == "close":
        manager.close_room(room, "/")
    elif move == "go" and manager.is_connected(sid, "/"):
        manager.pre_disconnect(sid, "/")
        manager.disconnect(sid, "/")


def test_a_thousand_who_leave_at_once_cost_no_look_into_every_room() -> None:
    """The library looks into all of them for each one: a million looks."""
    manager = Unproven()
    Server(async_mode="gevent", client_manager=manager, monitor_clients=False)
    people = [manager.connect(manager.pre_connect(f"engine-{number}", "/"), "/") for number in range(1000)]
    rooms = manager.rooms["/"] = CountingDict(manager.rooms["/"])
    for sid in people:
        manager.pre_disconnect(sid, "/")
        manager.disconnect(sid, "/")
    assert rooms.looks < 20_000
    assert manager.places == {}


class CountingDict(dict[Any, Any]):
    looks = 0

    def __getitem__(self, key: Any) -> Any:
        self.looks += 1
        return super().__getitem__(key)

    def copy(self) -> "CountingDict":
        self.looks += len(self)
        return self


def test_a_message_is_encoded_and_framed_once_for_all() -> None:
    manager = Unproven()
    server = Server(async_mode="gevent", client_manager=manager, serializer=TextPacket, monitor_clients=False)
    pairs = [socket.socketpair() for _ in range(3)]
    for number, (here, _) in enumerate(pairs):
        proof_socket = proof.Socket(server.eio, str(number))
        server.eio.sockets[str(number)] = proof_socket
        proof_socket.outbox = WebSocket(here, Limits(), Halves(0)).outbox
        manager.enter_room(manager.connect(manager.pre_connect(str(number), "/"), "/"), "/", "hall")
    server.emit("said", {"text": "一度だけ"}, to="hall")
    frames = [server.eio.sockets[str(number)].outbox.frames[0] for number in range(3)]
    assert frames[0] is frames[1] is frames[2]
    for here, there in pairs:
        here.close()
        there.close()
