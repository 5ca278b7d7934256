"""The socket door: the same commands, the same refusals. Every event asks anew who is speaking."""
import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, session
from flask_login import current_user
from sqlalchemy.exc import OperationalError

from groupware.auth.queries import actor_for_token
from groupware.kernel import db, trace
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Forbidden, Refusal, SignInNeeded, Unavailable
from groupware.kernel.house import house
from groupware.kernel.permissions import note_refusal
from groupware.kernel.turns import turnstile
from groupware.live import hub
from groupware.live.connections import Connection, connections, speaking
from groupware.live.signals import FAILED, Signals, readable, refused

log = logging.getLogger(__name__)
Handler = Callable[[Actor, dict[str, Any]], dict[str, Any] | None]


def open_door(app: Flask) -> None:
    """Native handlers of the socket server: half the cost of Flask-SocketIO's, which build a request for each event."""
    server = hub.socketio.server
    server.on("connect", lambda sid, environ, auth=None: _connect(app, sid, environ))
    server.on("disconnect", lambda sid, *_: _disconnect(sid))
    for feature in house.features:
        for event, handler in feature.sockets.items():
            server.on(event, _event(app, event, handler))
    signals = {event: handler for feature in house.features for event, handler in feature.signals.items()}
    server.eio.on("message", Signals(server, signals))


def _connect(app: Flask, sid: str, environ: dict[str, Any]) -> bool:
    with app.request_context(environ):
        if not current_user.is_authenticated or current_user.must_change_password or current_user.owes:
            return False
        actor: Actor = current_user._get_current_object()       # noqa: SLF001 (the proxy's own way)
        connection = Connection(sid, session["_user_id"], actor.user_id, actor.session_id or 0, environ.get("REMOTE_ADDR", ""))
        connections.add(connection)
        _seat(connection, actor)
    return True


def follow_again(actor: Actor, _: dict[str, Any]) -> None:
    """After a loss a browser follows what the database says it may, as if it had just come."""
    for connection in connections.of(actor.user_id, actor.session_id):
        _seat(connection, actor)


def _seat(connection: Connection, actor: Actor) -> None:
    with hub.seating:
        db.end_reading()
        topics = set(_topics(actor))
        for topic in connection.topics - topics:
            hub.leave(connection.sid, topic)
        for topic in topics:
            hub.join(connection.sid, topic)


def _topics(actor: Actor) -> list[str]:
    return [f"user:{actor.user_id}", *(topic for feature in house.features if feature.topics for topic in feature.topics(actor))]


def _disconnect(sid: str) -> None:
    connections.drop(sid)


def _event(app: Flask, event: str, handler: Handler) -> Callable[..., dict[str, Any]]:
    def receive(sid: str, data: Any = None) -> dict[str, Any]:
        turnstile.enter()
        connection = connections.by_sid.get(sid)
        if connection is None:
            return refused(SignInNeeded())
        speaking.set(connection)
        with app.app_context(), trace.through("socket", connection.address):
            return _answer(connection, event, handler, data)
    return receive


def _answer(connection: Connection, event: str, handler: Handler, data: Any) -> dict[str, Any]:
    actor = None
    try:
        actor = actor_for_token(connection.token)
        if actor is None:
            hub.disconnect(connection.user_id, connection.session_id)
            raise SignInNeeded
        return {"ok": True, **(handler(actor, readable(data)) or {})}
    except Refusal as refusal:
        if actor and isinstance(refusal, Forbidden):
            note_refusal(actor, event, event)
        return refused(refusal)
    except OperationalError as trouble:         # locked, restarting, away, full: it is back soon
        log.warning("the database does not answer: %s", trouble)
        return refused(Unavailable())
    except Exception:
        log.exception("a socket event failed")
        return FAILED
    finally:
        db.forget_reading()
