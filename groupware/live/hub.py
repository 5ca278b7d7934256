"""Deals with the effects: at once for the connections held here, by a row for those held elsewhere."""
from collections.abc import Callable
from dataclasses import asdict
from secrets import token_hex
from typing import Any

from flask_socketio import SocketIO
from sqlalchemy import insert

from groupware.kernel import clock, db
from groupware.live.connections import connections
from groupware.live.effects import Broadcast, Effect, Follow, Unfollow
from groupware.live.models import Relay

socketio = SocketIO()
ORIGIN = token_hex(8)           # this process
EFFECTS: dict[str, type[Effect]] = {kind.__name__: kind for kind in (Broadcast, Follow, Unfollow)}


class Hub:
    """``holds``: this process has connections (a web process). ``others``: further web processes must hear of it too."""

    holds = False
    others = False


def deliver(effect: Effect) -> None:
    """Registered for every effect of this room."""
    inside = db.current.get() is not None
    if Hub.holds and not inside:
        apply(effect)
    if inside or not Hub.holds or Hub.others:
        relay(effect, "" if inside else ORIGIN)


def relay(effect: Effect, origin: str) -> None:
    """Inside a command: in its transaction. Outside: by itself."""
    row = {"at": clock.now(), "origin": origin, "effect": type(effect).__name__, "body": asdict(effect)}
    db.write(lambda: db.unit().connection.execute(insert(Relay.__table__), [row]))      # type: ignore[arg-type]


def apply(effect: Effect) -> None:
    ACTS[type(effect)](effect)


def disconnect(user_id: int, session_id: int | None) -> None:
    """The login session ended: its connections are cut at once."""
    for connection in connections.of(user_id, session_id):
        for topic in tuple(connection.topics):
            leave(connection.sid, topic)
        socketio.server.disconnect(connection.sid)


def join(sid: str, topic: str) -> None:
    connection = connections.by_sid.get(sid)
    if connection:
        connection.topics.add(topic)
        socketio.server.enter_room(sid, topic)


def leave(sid: str, topic: str) -> None:
    connection = connections.by_sid.get(sid)
    if connection:
        connection.topics.discard(topic)
        socketio.server.leave_room(sid, topic)


def _broadcast(effect: Broadcast) -> None:
    socketio.server.emit(effect.event, effect.payload, to=effect.topic)


def _follow(effect: Follow) -> None:
    for connection in connections.of(effect.user_id):
        join(connection.sid, effect.topic)


def _unfollow(effect: Unfollow) -> None:
    for connection in connections.of(effect.user_id):
        leave(connection.sid, effect.topic)


ACTS: dict[type, Callable[[Any], None]] = {Broadcast: _broadcast, Follow: _follow, Unfollow: _unfollow}


def revive(row: Relay) -> Effect:
    return EFFECTS[row.effect](**row.body)
