"""What a browser may say in Socket.IO: text only, and only in the forms we use. Who says anything else is disconnected at once.

No binary attachments: one header may announce thousands, and the library keeps them all while it waits for the rest.
"""
import logging
from collections.abc import Callable
from typing import Any

from socketio.packet import ACK, CONNECT, DISCONNECT, EVENT, Packet

log = logging.getLogger(__name__)
COMING_OR_GOING = {"0", "1"}
RESERVED = {"connect", "disconnect", "connect_error", "newListener", "removeListener", "*"}     # handlers that only the library may call


class Malformed(ValueError):
    """Not a packet that we speak."""


class TextPacket(Packet):
    """One of four kinds in its right form, or Malformed."""

    uses_binary_events = False

    def decode(self, encoded_packet: Any) -> int:
        if not isinstance(encoded_packet, str) or encoded_packet[:1] not in {"0", "1", "2", "3"}:
            raise Malformed("no such packet")
        try:
            attachments = super().decode(encoded_packet)
        except (ValueError, RecursionError):
            raise Malformed("not readable") from None
        if attachments or not FORMS[self.packet_type](self.data):
            raise Malformed("not in its form")
        return 0


class Guard:
    """Stands where engineio hands over a message."""

    def __init__(self, server: Any) -> None:
        self.server = server
        self.handle: Callable[[str, Any], None] = server.eio.handlers["message"]

    def __call__(self, eio_sid: str, data: Any) -> None:
        try:
            self.handle(eio_sid, data or "-")       # an empty one would not be looked at
        except Malformed as fault:
            log.info("put out after a packet: %s", fault)
            self._put_out(eio_sid)
        else:
            if data[0] in COMING_OR_GOING:
                self._note_who_is_inside(eio_sid)

    def _put_out(self, eio_sid: str) -> None:
        connection = self.server.eio.sockets.get(eio_sid)
        if connection:
            connection.close(wait=False, abort=True, reason=self.server.eio.reason.TRANSPORT_ERROR)

    def _note_who_is_inside(self, eio_sid: str) -> None:
        """Only who was let in may write at length, and stay."""
        connection = self.server.eio.sockets.get(eio_sid)
        if connection:
            connection.inside = any(self._is_in(eio_sid, namespace) for namespace in self.server.manager.get_namespaces())
            websocket = getattr(connection, "websocket", None)
            if connection.inside and websocket:
                websocket.let_in()

    def _is_in(self, eio_sid: str, namespace: str) -> bool:
        sid = self.server.manager.sid_from_eio_sid(eio_sid, namespace)
        return bool(self.server.manager.is_connected(sid, namespace))


def _is_event(data: Any) -> bool:
    return isinstance(data, list) and bool(data) and isinstance(data[0], str) and data[0] not in RESERVED


FORMS: dict[Any, Callable[[Any], bool]] = {
    CONNECT: lambda data: data is None or isinstance(data, dict), DISCONNECT: lambda data: data is None,
    EVENT: _is_event, ACK: lambda data: isinstance(data, list)}
