"""From an HTTP request to a WebSocket. The gate has checked the request; engineio decides whom it belongs to and calls ``Upgrade``."""
import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from types import MethodType
from typing import Any

from groupware.live.driver.halves import Halves
from groupware.live.driver.limits import Limits
from groupware.live.driver.websocket import WebSocket

Environ = dict[str, Any]
StartResponse = Callable[..., Callable[[bytes], object]]

WIRE = "groupware.wire"         # in the environ of every request that asks for a WebSocket
GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
VERSION = "13"


@dataclass(slots=True)
class Wire:
    """What a WebSocket is made of. ``left_over`` gives what the browser sent already behind its request."""

    sock: Any
    left_over: Callable[[], bytes]
    limits: Limits
    halves: Halves


class Upgrade:
    """Stands where engineio expects a WebSocket library: ``Upgrade(handler, server)(environ, start_response)``."""

    def __init__(self, handler: MethodType, server: object) -> None:
        self.handler = handler
        self.owner: Any = handler.__self__      # engineio's socket

    def __call__(self, environ: Environ, start_response: StartResponse) -> tuple[bytes, ...]:
        """Returns when the WebSocket is over. A tuple: engineio would take a list for packets to answer with."""
        wire: Wire = environ.pop(WIRE)
        start_response("101 Switching Protocols", [("Upgrade", "websocket"), ("Connection", "Upgrade"),
                                                   ("Sec-WebSocket-Accept", accept(environ["HTTP_SEC_WEBSOCKET_KEY"]))])(b"")
        websocket = self.owner.websocket = WebSocket(wire.sock, wire.limits, wire.halves, wire.left_over())
        if getattr(self.owner, "inside", False):        # let in while it polled
            websocket.let_in()
        try:
            self.handler(websocket)
        except ValueError:          # the library's own loop does not expect a packet that is none
            self.owner.close(wait=False, abort=True)
        finally:
            websocket.over()
            self.owner.websocket = None
        return ()


def accept(key: str) -> str:
    return base64.b64encode(hashlib.sha1(key.encode() + GUID, usedforsecurity=False).digest()).decode()


def fault_of_handshake(environ: Environ) -> str:
    """What is wrong with it by RFC 6455, or nothing."""
    asked = {token.strip().lower() for token in environ.get("HTTP_CONNECTION", "").split(",")}
    if environ["REQUEST_METHOD"] != "GET" or environ["SERVER_PROTOCOL"] != "HTTP/1.1" or "upgrade" not in asked or WIRE not in environ:
        return "not a WebSocket handshake"
    if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != VERSION:
        return f"WebSocket version {VERSION} only"
    if not _is_key(environ.get("HTTP_SEC_WEBSOCKET_KEY", "")):
        return "no WebSocket key"
    return ""


def _is_key(key: str) -> bool:
    try:
        return len(base64.b64decode(key, validate=True)) == 16
    except (binascii.Error, ValueError):
        return False
