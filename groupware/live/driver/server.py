"""gevent's WSGI server with our handler, and an end in good order."""
import logging
import socket
import ssl
from contextlib import suppress
from typing import Any

import gevent
from gevent.pywsgi import WSGIServer
from gevent.ssl import SSLContext

from groupware.live.driver.gate import Gate
from groupware.live.driver.halves import Halves
from groupware.live.driver.handler import Handler
from groupware.live.driver.limits import Limits

log = logging.getLogger("groupware.live.driver")
GLANCE = 0.05


class Server(WSGIServer):
    """``tls``: a context, where this program ends TLS itself."""

    handler_class = Handler

    def __init__(self, listener: socket.socket, gate: Gate, limits: Limits, tls: SSLContext | None = None) -> None:
        self.limits, self.halves, self.handlers, self.ending = limits, Halves(limits.halves), set[Handler](), False
        host = listener.getsockname()[0]
        options = {"ssl_context": tls} if tls else {}
        # SERVER_NAME is given, so that the start does not wait for a name server.
        super().__init__(listener, gate, log=None, error_log=log, environ={"SERVER_NAME": host}, **options)

    def wrap_socket_and_handle(self, client_socket: Any, address: Any) -> None:
        """A TLS handshake has its time too, and a failed one is nobody's error."""
        client_socket.settimeout(self.limits.head_seconds)
        try:
            wrapped = self.wrap_socket(client_socket, **self.ssl_args)
        except (OSError, ssl.SSLError):
            return
        with wrapped:
            self.handle(wrapped, address)

    def finish_requests(self) -> None:
        """New connections are refused, idle ones end, requests under way have a while to finish."""
        self.ending = True
        self.stop_accepting()
        self.socket.close()
        with gevent.Timeout(self.limits.farewell_seconds, False):
            while any(handler.busy for handler in self.handlers):
                gevent.sleep(GLANCE)

    def end_connections(self) -> None:
        """What is still open is closed, at the latest after the time of a farewell."""
        with gevent.Timeout(self.limits.farewell_seconds, False):
            while self.handlers:
                self._cut_idle()
                gevent.sleep(GLANCE)
        self.close()

    def _cut_idle(self) -> None:
        for handler in [handler for handler in self.handlers if not handler.busy and not handler.connection_upgraded]:
            self._cut(handler.__dict__.get("socket"))

    def _cut(self, sock: Any) -> None:
        with suppress(OSError, AttributeError):
            sock._sock.shutdown(socket.SHUT_RDWR)       # noqa: SLF001 (gevent's would raise in the handler)


def tls_context(certificate: str, key: str) -> SSLContext:
    context = SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    return context
