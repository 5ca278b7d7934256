"""``serve``: from an application and its sockets to an open port, until somebody asks for the end."""
import logging
import signal
from collections.abc import Callable
from functools import partial
from typing import Any

import gevent
from engineio.payload import Payload
from flask import Flask
from flask_socketio import SocketIO
from gevent.event import Event

from groupware.live.driver.gate import Gate, explicit
from groupware.live.driver.limits import Limits
from groupware.live.driver.listener import listen, raise_file_limit
from groupware.live.driver.packets import Guard, TextPacket
from groupware.live.driver.server import Server, tls_context
from groupware.live.driver.upgrade import Upgrade

log = logging.getLogger("groupware.live.driver")


def serve(app: Flask, socketio: SocketIO, host: str, port: int, *, limits: Limits | None = None, tls: tuple[str, str] | None = None,
          on_stop: Callable[[], None] | None = None) -> None:
    """Until SIGTERM or SIGINT. In a process that gevent has patched, with ``SocketIO(async_mode="gevent", cors_allowed_origins=[...])``.

    ``tls``: paths of a certificate and its key. ``on_stop`` runs when the end was asked for and nobody is let in any more, while
    connections still stand: the moment to tell the sockets when to return. Requests under way are finished first. Without ``limits``
    a body may be as long as the application's MAX_CONTENT_LENGTH. Raises
    ``gate.NoOrigins`` for a list of origins that would let anybody in, and RuntimeError for a socket server that is not gevent's.
    """
    limits = limits or _limits_of(app)
    plug_in(socketio, limits)
    raise_file_limit()
    server = Server(listen(host, port), Gate(app, socketio.server.eio.cors_allowed_origins), limits, tls_context(*tls) if tls else None)
    asked = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, asked.set)
    server.start()
    asked.wait()
    _end(server, socketio, on_stop)


def _limits_of(app: Flask) -> Limits:
    most = app.config["MAX_CONTENT_LENGTH"]
    return Limits(body=most) if most else Limits()


def plug_in(socketio: SocketIO, limits: Limits) -> None:
    """Gives the socket server our WebSocket, our packets and our bounds. Nothing of the library is patched."""
    server = socketio.server
    engine = server.eio
    if engine.async_mode != "gevent":
        raise RuntimeError(f"the socket server must run on gevent, not on {engine.async_mode}")
    explicit(engine.cors_allowed_origins)
    engine._async = {**engine._async, "websocket": Upgrade}       # noqa: SLF001 (the one place where engineio names its WebSocket)
    engine.max_http_buffer_size = min(engine.max_http_buffer_size, limits.message)
    Payload.max_decode_packets = limits.burst
    server.packet_class = TextPacket
    engine.on("message", Guard(server))


def _end(server: Server, socketio: SocketIO, on_stop: Callable[[], None] | None) -> None:
    log.info("ending")
    server.finish_requests()
    if on_stop:
        _run(on_stop, server.limits.farewell_seconds)
    for connection in list(socketio.server.eio.sockets.values()):
        _run(partial(_part, connection), server.limits.farewell_seconds)
    server.end_connections()


def _part(connection: Any) -> None:
    """Without waiting for the browser: thousands leave at the same time."""
    if not connection.closed:
        connection.close(wait=False)


def _run(act: Callable[[], None], seconds: float) -> None:
    """Whatever happens in it, the end goes on."""
    with gevent.Timeout(seconds, False):
        try:
            act()
        except Exception:
            log.exception("at the end")
