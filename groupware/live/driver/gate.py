"""Who may shake hands with the socket server. In front of engineio, because engineio lets pass what has no Origin, and the list [] and '*'."""
from collections.abc import Callable, Iterable
from urllib.parse import parse_qs, urlsplit

from groupware.kernel.turns import turnstile
from groupware.live.driver.upgrade import Environ, StartResponse, fault_of_handshake

PATH = "/socket.io/"
App = Callable[[Environ, StartResponse], Iterable[bytes]]
STRANGE_SITES = {"cross-site", "same-site"}


class NoOrigins(SystemExit):
    """The program does not start without a list of its own origins."""


class Gate:
    """In front of the application. ``origins``: where our own pages come from, spelled out; forwarded headers mean nothing here."""

    def __init__(self, app: App, origins: Iterable[str]) -> None:
        self.app, self.origins = app, explicit(origins)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        turnstile.enter()
        fault = self._fault(environ) if environ["PATH_INFO"].startswith(PATH) else ""
        if fault:
            start_response("400 Bad Request", [("Content-Type", "text/plain"), ("Connection", "close"), ("Sec-WebSocket-Version", "13")])
            return [fault.encode()]
        return self.app(environ, start_response)

    def _fault(self, environ: Environ) -> str:
        asked = parse_qs(environ["QUERY_STRING"])
        websocket = "websocket" in {environ.get("HTTP_UPGRADE", "").lower(), *asked.get("transport", ())}
        if not self._is_ours(environ, websocket):
            return "strange origin"
        if "j" in asked:
            return "no JSONP"           # it would hand a session's number to any page that asks
        return fault_of_handshake(environ) if websocket else ""

    def _is_ours(self, environ: Environ, websocket: bool) -> bool:      # noqa: FBT001
        """A browser sends no Origin when a page reads its own site by GET; with a WebSocket it always sends one."""
        origin = environ.get("HTTP_ORIGIN")
        if origin is None:
            return not websocket and environ.get("HTTP_SEC_FETCH_SITE") not in STRANGE_SITES
        return origin in self.origins


def explicit(origins: object) -> frozenset[str]:
    """Raises NoOrigins for a list that would let anybody in: engineio takes [] for "do not check" and '*' for "all"."""
    listed = frozenset(origins) if isinstance(origins, list | tuple | set | frozenset) else frozenset({str(origins)})
    if not listed or not all(_is_origin(origin) for origin in listed):
        raise NoOrigins(f"the origins of the socket server must be spelled out, not {origins!r}")
    return listed


def _is_origin(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "*" not in text and text == f"{parts.scheme}://{parts.netloc}"
