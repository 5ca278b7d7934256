"""Runs the web process: the listener, the sockets, the watchers, and the end of it all."""
import gc
from collections.abc import Callable

import gevent
from flask import Flask

from groupware.auth.revocation import watch_revocations
from groupware.config import Config
from groupware.kernel import json
from groupware.live import hub, watching
from groupware.live.attendance import attendance
from groupware.live.bus import Bus
from groupware.live.delivery import FastManager
from groupware.live.driver import serve
from groupware.live.effects import Present
from groupware.live.sockets import open_door

MOST_BYTES = 256 * 1024         # of one event; nothing a person types comes near


def run_web(app: Flask, config: Config, tell_for_ever: Callable[[], None]) -> None:
    """``tell_for_ever``: what happened, to the reactions, in the order of the commits."""
    hub.Hub.holds = True
    hub.ACTS[Present] = attendance.hear
    _open_sockets(app, config)
    gevent.spawn(_within, app, tell_for_ever)
    gevent.spawn(watching.for_ever, watching.RelayWatch().look)
    if config.redis_url:
        hub.Hub.bus = _bus(config)
    watch_revocations(hub.disconnect)
    gc.collect()
    gc.freeze()                 # a full collection over the start's objects would stop the loop for up to 100 ms
    gc.enable()
    serve(app, hub.socketio, config.host, config.port, tls=_tls(config), on_stop=hub.say_farewell)


def _bus(config: Config) -> Bus:
    bus = Bus(config.redis_url, config.secret, hub.hear, lambda effects: hub.relay(effects, hub.ORIGIN), hub.look_anew)
    bus.start()
    return bus


def _within(app: Flask, act: Callable[[], None]) -> None:
    """A greenlet begins without the application's context."""
    with app.app_context():
        act()


def _open_sockets(app: Flask, config: Config) -> None:
    hub.socketio.init_app(
        app, async_mode="gevent", client_manager=FastManager(), json=json, manage_session=False, cors_allowed_origins=list(config.origins),
        ping_interval=25, ping_timeout=20, max_http_buffer_size=MOST_BYTES, logger=False, engineio_logger=False)
    open_door(app)


def _tls(config: Config) -> tuple[str, str] | None:
    return (config.tls_certificate, config.tls_key) if config.tls_certificate else None
