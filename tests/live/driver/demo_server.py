"""A small program with the real driver, to be started by tests and attacked: ``python -m tests.live.driver.demo_server '{"port": 5000}'``.

Everybody who says hello as "anna" is let in, into the rooms named in ``rooms``. ``post`` goes to its room and is acknowledged.
"""
from gevent import monkey

monkey.patch_all()

import sys  # noqa: E402
from dataclasses import fields  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
from flask import Flask, request  # noqa: E402
from flask_socketio import SocketIO  # noqa: E402
from socketio import Manager  # noqa: E402

from groupware.kernel import json  # noqa: E402
from groupware.live.delivery import FastManager  # noqa: E402
from groupware.live.driver import Limits, serve  # noqa: E402

app = Flask(__name__)
socketio = SocketIO()


def main(port: int, origins: list[str] | None = None, ping_interval: float = 25, tls: tuple[str, str] | None = None, path: str = "fast",
         **options: Any) -> None:
    known = {field.name for field in fields(Limits)}
    limits = Limits(**{name: value for name, value in options.items() if name in known})
    manager = FastManager(limits) if path == "fast" else Manager()
    own = f"http{'s' if tls else ''}://127.0.0.1:{port}"
    socketio.init_app(app, async_mode="gevent", json=json, manage_session=False, client_manager=manager,
                      ping_interval=ping_interval, ping_timeout=ping_interval * 0.8,
                      cors_allowed_origins=[own] if origins is None else origins, max_http_buffer_size=limits.message)
    _open_door()
    serve(app, socketio, "127.0.0.1", port, limits=limits, tls=tls, on_stop=_say_goodbye)


def _open_door() -> None:
    server = socketio.server
    server.on("connect", _connect)
    server.on("post", _post)
    server.on("shout", _shout)
    server.on("quit", server.disconnect)


def _connect(sid: str, environ: dict[str, Any], auth: dict[str, Any] | None = None) -> bool:
    if not auth or auth.get("name") != "anna":
        return False
    for room in auth.get("rooms", ["hall"]):
        socketio.server.enter_room(sid, room)
    return True


def _post(sid: str, data: dict[str, Any]) -> dict[str, Any]:
    socketio.server.emit("posted", data, to=data.get("room", "hall"))
    return {"ok": True, "n": data.get("n")}


def _shout(sid: str, size: int, times: int) -> int:
    """Sends so much to the room; yields now and then as a busy house would."""
    for number in range(times):
        socketio.server.emit("noise", {"n": number, "text": "x" * size}, to="hall")
        if number % 16 == 15:
            gevent.sleep(0)
    return times


def _say_goodbye() -> None:
    socketio.server.emit("come_back", {"seconds": 1})


@app.get("/healthz")
def healthz() -> str:
    return "ok"


@app.get("/slow")
def slow() -> str:
    gevent.sleep(float(request.args["seconds"]))
    return "done"


@app.post("/echo")
def echo() -> bytes:
    return request.get_data()


@app.get("/long")
def long_answer() -> bytes:
    return b"x" * int(request.args["bytes"])


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
