"""Does the fast path say, byte by byte, what the library would say? Asked once at the start, of both, over a pair of sockets."""
import struct
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import Any

import gevent
from engineio.socket import Socket
from gevent import socket
from socketio import Manager, Server

from groupware.live.driver.frames import FINAL, MASKED, TEXT
from groupware.live.driver.halves import Halves
from groupware.live.driver.limits import Limits
from groupware.live.driver.packets import TextPacket
from groupware.live.driver.websocket import WebSocket

PROVEN_WITH = {"python-socketio": "5.18.1", "python-engineio": "4.15.1", "flask-socketio": "5.7.0", "gevent": "26.9.0"}
SECONDS = 5
NAME, ROOM, OTHER = "one", "hall", "stairs"
EVENTS: tuple[tuple[str, Any], ...] = (
    ("chat.change", {"text": '会議は10時からです 🏢 "引用" \\ </script>', "seq": 1, "none": None, "half": 0.5}), ("empty", None),
    ("two", ("一", [1, 2])), ("long", "長" * 30_000))


def fault_of(kind: Callable[[], Manager], proven_with: Mapping[str, str] = PROVEN_WITH) -> str:
    """Why managers of this kind are not to be used, or nothing."""
    strange = {name: version(name) for name, proven in proven_with.items() if version(name) != proven}
    if strange:
        return f"not tried with {strange}"
    try:
        with gevent.Timeout(SECONDS):
            return "" if said_by(kind()) == said_by(Manager()) else "it does not say the same"
    except (Exception, gevent.Timeout) as problem:      # noqa: BLE001 (whatever it is, there is a way that works)
        return f"it failed: {problem!r}"


def said_by(manager: Manager) -> bytes:
    """All bytes that reach a browser which comes, hears some events, has one answered and is shown out."""
    server = Server(async_mode="gevent", client_manager=manager, serializer=TextPacket, async_handlers=False, monitor_clients=False)
    server.eio.generate_id = lambda: "the-same-for-both"
    server.on("connect", lambda *_: [server.enter_room(_[0], room) for room in (ROOM, OTHER)] and None)
    server.on("ask", lambda sid, question: _speak(server, sid, question))
    server.on("leave", lambda sid: _show_out(server, sid))
    here, there = socket.socketpair()
    with here, there:
        serving = gevent.spawn(_serve, server, here)
        there.sendall(_masked("40") + _masked('427["ask","?"]') + _masked('42["leave"]'))
        heard = b"".join(iter(lambda: there.recv(1 << 16), b""))
        there.shutdown(socket.SHUT_WR)
        serving.get()
    return heard


def _serve(server: Server, sock: socket.socket) -> None:
    engine = server.eio
    connection = Socket(engine, NAME)
    engine.sockets[NAME] = connection
    engine._trigger_event("connect", NAME, {}, run_async=False)         # noqa: SLF001 (as engineio does when a browser comes)
    connection._websocket_handler(WebSocket(sock, Limits(), Halves(0)))            # noqa: SLF001


def _speak(server: Server, sid: str, question: str) -> dict[str, Any]:
    for event, data in EVENTS:
        server.emit(event, data, to=ROOM)
    server.emit("personal", {"to": "you"}, to=sid)
    server.emit("upstairs", 1, to=OTHER)
    server.emit("both", [ROOM, OTHER], to=[ROOM, OTHER])
    server.emit("others", to=ROOM, skip_sid=sid)
    server.emit("asked", to=sid, callback=lambda: None)
    return {"ok": True, "question": question}


def _show_out(server: Server, sid: str) -> None:
    server.emit("last", to=ROOM)
    server.disconnect(sid)
    server.eio.sockets[NAME].close(wait=False)


def _masked(text: str) -> bytes:
    """With a mask of zeros, which leaves it as it is."""
    return struct.pack("!BBI", FINAL | TEXT, MASKED | len(text), 0) + text.encode()
