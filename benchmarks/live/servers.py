"""The servers that are compared; all do the same: ``python -m benchmarks.live.servers KIND PORT``.

``raw``      gevent's sockets, one prebuilt frame, one send for each browser: what this runtime can do at best without joining frames
``stock``    Flask-SocketIO as it comes, with the WebSocket library it brings (and TCP_NODELAY, which it forgets)
``driver``   Flask-SocketIO's own delivery on our driver
``house``    our driver and our delivery
``strict``   the same with the bounds it has in earnest
"""
from gevent import monkey

monkey.patch_all()

import gc  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
from flask import Flask  # noqa: E402
from flask_socketio import SocketIO  # noqa: E402
from gevent.pywsgi import WSGIServer  # noqa: E402
from gevent.server import StreamServer  # noqa: E402
from socketio import Manager  # noqa: E402

from groupware.kernel import json  # noqa: E402
from groupware.live.delivery import FastManager  # noqa: E402
from groupware.live.driver import Limits, serve  # noqa: E402
from groupware.live.driver.frames import FrameReader, text_frame  # noqa: E402
from groupware.live.driver.listener import listen, raise_file_limit  # noqa: E402
from groupware.live.driver.upgrade import accept  # noqa: E402

HOST = "127.0.0.1"
TALKATIVE = Limits(rate=1_000_000, burst=1_000_000)     # one browser posts what a whole city hall would


def raw(port: int) -> None:
    StreamServer(listen(HOST, port), _talk).serve_forever()


def stock(port: int) -> None:
    app = Flask(__name__)
    _sockets(app, port, Manager())
    WSGIServer(listen(HOST, port), app, log=None).serve_forever()


def driver(port: int) -> None:
    app = Flask(__name__)
    serve(app, _sockets(app, port, Manager()), HOST, port, limits=TALKATIVE)


def house(port: int) -> None:
    app = Flask(__name__)
    serve(app, _sockets(app, port, FastManager(TALKATIVE)), HOST, port, limits=TALKATIVE)


def strict(port: int) -> None:
    app = Flask(__name__)
    socketio = _sockets(app, port, FastManager())
    beats: list[float] = []
    gevent.spawn(_beat, beats)
    socketio.server.on("beats", lambda sid: _taken(beats))
    serve(app, socketio, HOST, port)


def _beat(beats: list[float]) -> None:
    """How much this process worked between two moments in which it would have had time for somebody."""
    while True:
        before = time.process_time()
        gevent.sleep(0.001)
        beats.append(round((time.process_time() - before) * 1000, 2))


def _taken(beats: list[float]) -> list[float]:
    taken = beats.copy()
    beats.clear()
    return taken


def _sockets(app: Flask, port: int, manager: Manager) -> SocketIO:
    socketio = SocketIO(app, async_mode="gevent", json=json, manage_session=False, client_manager=manager,
                        cors_allowed_origins=[f"http://{HOST}:{port}"], ping_interval=25, ping_timeout=20, max_http_buffer_size=1 << 18)
    server = socketio.server
    server.on("connect", lambda sid, environ, auth=None: server.enter_room(sid, auth["rooms"][0]))
    server.on("post", lambda sid, data: server.emit("posted", data, to=data["room"]))
    return socketio


sends: dict[Any, Callable[[bytes], int]] = {}


def _talk(sock: Any, _: object) -> None:
    """Enough of the protocol for our client."""
    key = next(line.split(b":")[1].strip() for line in _head(sock) if line.lower().startswith(b"sec-websocket-key"))
    sock.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
                 + accept(key.decode()).encode() + b"\r\n\r\n" + text_frame(b"0{}"))
    reader = FrameReader(1 << 18, lambda length, opcode: None)
    try:
        while data := sock.recv(1 << 16):
            reader.feed(data)
            while message := reader.take():
                _answer(sock, message.text)
    finally:
        sends.pop(sock, None)


def _head(sock: Any) -> list[bytes]:
    head = b""
    while b"\r\n\r\n" not in head:
        head += sock.recv(4096) or b"\r\nSec-WebSocket-Key: \r\n\r\n"       # somebody only knocked
    return head.split(b"\r\n")


def _answer(sock: Any, text: str) -> None:
    if text.startswith("40"):
        sends[sock] = sock._sock.send       # noqa: SLF001
        sock.sendall(text_frame(b"40{}"))
    elif text.startswith("42"):
        _broadcast(text_frame(text.replace('"post"', '"posted"', 1).encode()))


def _broadcast(frame: bytes) -> None:
    length = len(frame)
    for sock, send in list(sends.items()):
        try:
            sent = send(frame)
        except BlockingIOError:
            sent = 0
        except OSError:
            continue
        if sent != length:
            gevent.spawn(sock.sendall, frame[sent:])


if __name__ == "__main__":
    raise_file_limit()
    gc.collect()
    gc.freeze()
    {"raw": raw, "stock": stock, "driver": driver, "house": house, "strict": strict}[sys.argv[1]](int(sys.argv[2]))
