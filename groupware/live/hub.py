"""Deals with the effects: at once for the connections held here, over the bus or by a row for those held elsewhere."""
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict
from secrets import token_hex
from typing import Any

import gevent
from flask_socketio import SocketIO
from gevent.lock import RLock
from sqlalchemy import insert

from groupware.kernel import clock, db
from groupware.kernel.house import house
from groupware.live.bus import Bus
from groupware.live.connections import Connection, connections
from groupware.live.effects import EFFECTS, Besides, Broadcast, Effect, Follow, Present, Unfollow
from groupware.live.models import Relay

log = logging.getLogger(__name__)
socketio = SocketIO()
ORIGIN = token_hex(8)           # this process, and not the one it may be forked from
LEAST_SPREAD, MOST_SPREAD = 2.0, 20.0       # seconds over which the browsers come back after a restart
EVERYBODY = ""                  # the topic that all follow
MADE_GOOD_AFTER = 1.0           # seconds: a database that was away may be back by then
COMING_PER_SECOND = 150                     # how many of them a starting process takes without making the others wait


seating = RLock()               # one look at the database and what follows from it; then the next


class Hub:
    """``holds``: this process has connections (a web process). ``bus``: further web processes hear of it too.

    ``owes``: something was not told, and all browsers will soon be asked to look at the database.
    """

    holds = False
    bus: Bus | None = None
    owes = False


def _be_somebody() -> None:
    global ORIGIN       # noqa: PLW0603 (there is one of it in a process)
    ORIGIN = token_hex(8)


os.register_at_fork(after_in_child=_be_somebody)


def deliver(effect: Effect) -> None:
    """Registered for every effect of this room. Inside a command it is for every process, this one too, and as durable as the command."""
    if db.current.get() is not None:
        relay([effect], "")
    elif Hub.holds:
        apply(effect)
        if Hub.bus:
            Hub.bus.say(effect)
    else:
        relay([effect], ORIGIN)


def relay(effects: list[Effect], origin: str) -> None:
    """By rows that every process reads. Inside a command in its transaction, outside by itself. What is of the moment is not kept."""
    now, effects = clock.now(), [effect for effect in effects if not isinstance(effect, Present)]
    rows = [{"at": now, "origin": origin, "effect": type(effect).__name__, "body": asdict(effect)} for effect in effects]
    if rows:
        db.write(lambda: db.unit().connection.execute(insert(Relay.__table__), rows))      # type: ignore[arg-type]


def apply(effect: Effect) -> None:
    ACTS[type(effect)](effect)


def hear(effect: Effect) -> None:
    """From another process. What was read for it is not held on to."""
    try:
        apply(effect)
    finally:
        db.forget_reading()


def look_anew() -> None:
    """Something was lost on its way here: every browser asks the database what it has missed, not all at the same moment."""
    log.warning("something told by another process was lost; every browser looks anew")
    socketio.server.emit("live.lost")


def make_good() -> None:
    """What should have been told after a commit could not be, and nobody knows what it was. Once for all that fails within a moment."""
    if Hub.holds and not Hub.owes:
        Hub.owes = True
        gevent.spawn_later(MADE_GOOD_AFTER, _make_good)


def _make_good() -> None:
    Hub.owes = False
    deliver(Broadcast(EVERYBODY, "live.lost"))


def say_farewell() -> None:
    """The program ends. The browsers come back spread over some seconds, the longer the more there are."""
    socketio.server.emit("live.return", {"within": min(MOST_SPREAD, LEAST_SPREAD + len(connections) / COMING_PER_SECOND)})
    if Hub.bus:
        Hub.bus.end()


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
    socketio.server.emit(effect.event, effect.payload, to=effect.topic or None)


def _besides(effect: Besides) -> None:
    for user_id, payload, speaker in effect.told:
        screens = [connection.sid for connection in connections.of(user_id) if connection.sid != speaker]
        if screens:
            socketio.server.emit(effect.event, payload, to=screens)


def _follow(effect: Follow) -> None:
    for connection, may in _judged(effect):
        if may:
            join(connection.sid, effect.topic)


def _unfollow(effect: Unfollow) -> None:
    for connection, may in _judged(effect):
        if not may:
            leave(connection.sid, effect.topic)


def _judged(effect: Follow | Unfollow) -> Iterator[tuple[Connection, bool]]:
    """Comings and goings arrive by several ways, in any order: what the database says now counts. One at a time, so that the last look wins."""
    here = [connection for user_id in effect.user_ids for connection in connections.of(user_id)]
    if not here:
        return
    with seating:
        may = _followers(effect.topic, {connection.user_id for connection in here})
        yield from ((connection, connection.user_id in may) for connection in here)


def _followers(topic: str, user_ids: set[int]) -> set[int]:
    """Nobody, when it cannot be asked: a door that should be closed stays closed."""
    package = topic.partition(".")[0]
    asked = next((feature.followers for feature in house.features if feature.name == package and feature.followers), None)
    db.end_reading()
    try:
        return asked(topic, user_ids) if asked else set()
    except Exception:
        log.exception("who may follow %s could not be asked", topic)
        return set()


ACTS: dict[type, Callable[[Any], None]] = {Broadcast: _broadcast, Besides: _besides, Follow: _follow, Unfollow: _unfollow}


def revive(row: Relay) -> Effect:
    return EFFECTS[row.effect](**row.body)
