"""The socket server's table of who is in which room, and the way out to them."""
import logging
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from engineio.packet import MESSAGE
from engineio.packet import Packet as EnginePacket
from engineio.socket import Socket
from socketio import Manager
from socketio.packet import EVENT

from groupware.live.delivery import proof
from groupware.live.delivery.connection import Connection, Connections, frame_of
from groupware.live.delivery.flusher import Flusher
from groupware.live.delivery.wheel import Wheel
from groupware.live.driver.limits import Limits
from groupware.live.driver.outbox import Outbox

log = logging.getLogger("groupware.live.delivery")


class FastManager(Manager):
    """``client_manager`` for ``SocketIO``. ``limits``: the same as for ``serve``.

    ``fault`` is empty, or says why the library's own path is used.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        super().__init__()
        self.limits = limits or Limits()
        self.flusher = Flusher()
        self.places: dict[tuple[str, str], set[str | None]] = defaultdict(set)      # (namespace, sid): its rooms
        self.fault = ""

    def set_server(self, server: Any) -> None:
        super().set_server(server)
        self.fault = self.find_fault()
        if self.fault:
            log.warning("messages go the library's own way: %s", self.fault)
        else:
            self._take_over(server.eio)

    def find_fault(self) -> str:
        return proof.fault_of(Unproven)

    @property
    def backlog(self) -> int:
        """Browsers that wait for broadcasts."""
        return len(self.flusher.bulk)

    def emit(self, event: str, data: Any, namespace: str, room: Any = None, skip_sid: Any = None, callback: Any = None,
             to: Any = None, **options: Any) -> None:
        """Returns when the event is in every outbox. Callbacks take the library's way, into the same outboxes."""
        if callback or self.fault:
            super().emit(event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, to=to, **options)
        else:
            self._send(self._packet(event, data, namespace), self._members(namespace, to or room), _listed(skip_sid))

    def basic_enter_room(self, sid: str, namespace: str, room: str | None, eio_sid: str | None = None) -> None:
        super().basic_enter_room(sid, namespace, room, eio_sid=eio_sid)
        self.places[namespace, sid].add(room)

    def basic_leave_room(self, sid: str, namespace: str, room: str | None) -> None:
        super().basic_leave_room(sid, namespace, room)
        self.places[namespace, sid].discard(room)

    def basic_disconnect(self, sid: str, namespace: str, **options: Any) -> None:
        """The library would look into every room there is: with thousands leaving at once, for minutes."""
        for room in self.places.pop((namespace, sid), ()):
            super().basic_leave_room(sid, namespace, room)
        self.callbacks.pop(sid, None)
        for pending in (self.pending_connect, self.pending_disconnect):
            if sid in pending.get(namespace, ()):
                pending[namespace].remove(sid)

    def get_rooms(self, sid: str, namespace: str) -> list[str]:
        return [room for room in self.places.get((namespace, sid), ()) if room is not None]

    def _take_over(self, engine: Any) -> None:
        wheel = Wheel(engine)
        kind = type("Connection", (Connection,), {"flusher": self.flusher, "wheel": wheel, "limits": self.limits})

        def adopt(socket: Socket) -> None:
            socket.__class__ = kind
        engine.sockets = Connections(adopt)
        engine.start_service_task = False       # the wheel does its work

    def _packet(self, event: str, data: Any, namespace: str) -> EnginePacket:
        arguments = list(data) if isinstance(data, tuple) else [] if data is None else [data]
        return EnginePacket(MESSAGE, self.server.packet_class(EVENT, namespace=namespace, data=[event, *arguments]).encode())

    def _members(self, namespace: str, room: Any) -> Iterable[tuple[str, str]]:
        if isinstance(room, list | tuple):
            return tuple(self.get_participants(namespace, room))
        members = self.rooms.get(namespace, {}).get(room)
        return members.items() if members else ()

    def _send(self, packet: EnginePacket, members: Iterable[tuple[str, str]], skip: set[str]) -> None:
        """Nothing in it yields, so nobody comes or goes meanwhile."""
        frame, find = frame_of(packet), self.server.eio.sockets.get
        dirty: list[Outbox] = []
        for sid, eio_sid in members:
            connection = find(eio_sid)
            if connection is None or connection.closed or sid in skip:
                continue
            outbox = connection.outbox
            if outbox is None:
                connection.enqueue(packet)
                continue
            outbox.add(frame)
            if not outbox.queued:
                outbox.queued = True
                dirty.append(outbox)
        if len(dirty) == 1:
            self.flusher.soon(dirty[0])
        else:
            self.flusher.later(dirty)


class Unproven(FastManager):
    """On trial."""

    def find_fault(self) -> str:
        return ""


def _listed(skip: Any) -> set[str]:
    return set(skip) if isinstance(skip, list | tuple | set) else {skip}
