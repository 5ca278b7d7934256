"""One HTTP connection: gevent's handler, with deadlines, bounds and a strict reading of the head."""
from typing import Any

from gevent.pywsgi import MAX_REQUEST_LINE, WSGIHandler

from groupware.live.driver.gate import PATH as SOCKETS
from groupware.live.driver.heads import Head, Refused, check_body, read_head
from groupware.live.driver.stream import Stream, TooMuch, TooSlow
from groupware.live.driver.upgrade import WIRE, Wire

PIECE = 64 * 1024
STATUS: dict[type[Exception], str] = {TooMuch: "431 Request Header Fields Too Large", TooSlow: "408 Request Timeout"}


class Handler(WSGIHandler):
    """Known to its server while it lives; ``busy`` while a request is under way. The sockets' requests wait for news, not for work."""

    busy = False
    headers: Head
    close_connection: bool

    def __init__(self, sock: Any, address: Any, server: Any) -> None:
        super().__init__(sock, address, server, rfile=Stream(sock, server.limits))

    def handle(self) -> None:
        self.server.handlers.add(self)
        try:
            super().handle()
        finally:
            self.server.handlers.discard(self)

    def read_requestline(self) -> str:
        if not self.rfile.await_request():
            return ""
        self.rfile.expect_head()
        return str(self.rfile.readline(MAX_REQUEST_LINE).decode("latin-1"))

    def MessageClass(self, *_: object) -> Head:         # noqa: N802 (pywsgi's name for what reads the header lines)
        head = read_head(self.rfile)
        self.rfile.expect_body(check_body(head, self.server.limits.body))
        return head

    def read_request(self, raw_requestline: str) -> bool:
        if not super().read_request(raw_requestline) or self.request_version == "HTTP/0.9":
            raise Refused("400 Bad Request")
        self.busy = not self.path.startswith(SOCKETS)
        return True

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        if self.content_length is not None:
            del environ["wsgi.input_terminated"]        # so Werkzeug counts for itself, and takes a torn body for a browser gone
        if environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            environ[WIRE] = Wire(self.socket, self.rfile.left_over, self.server.limits, self.server.halves)
        return environ

    def handle_one_response(self) -> None:
        try:
            super().handle_one_response()
        finally:
            self.busy = False
            # After a torn body, what else comes is not the next request.
            self.close_connection = self.close_connection or self.server.ending or self.rfile.torn

    def finalize_headers(self) -> None:
        if self.server.ending:
            self.response_headers.append((b"Connection", b"close"))
        super().finalize_headers()
        if self.connection_upgraded:
            self._become_a_websocket()

    def _become_a_websocket(self) -> None:
        self.close_connection = True        # when the WebSocket is over, so is the connection
        self.headers = Head([])             # a few kilobytes for each of thousands

    def _sendall(self, data: bytes) -> None:
        """Piece by piece: a browser may take long for a long answer, not for any part of it."""
        self.socket.settimeout(self.server.limits.answer_seconds)
        for start in range(0, len(data), PIECE):
            super()._sendall(data[start:start + PIECE])

    def _handle_client_error(self, ex: Exception) -> tuple[str, bytes]:
        """The browser's fault: no traceback of ours."""
        status = ex.status if isinstance(ex, Refused) else STATUS.get(type(ex), "400 Bad Request")
        return status, f"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".encode()
