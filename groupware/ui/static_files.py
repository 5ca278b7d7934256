"""How static files go out: with the hash of their content once a year, texts pressed."""
import gzip

from flask import Flask, Response, request, session

FOR_EVER = "public, max-age=31536000, immutable"
A_MONTH = "public, max-age=2592000"         # fonts: asked for by the vendor's stylesheet, without a hash
ASK_AGAIN = "no-cache"
TEXTS = {"text/css", "text/javascript", "application/javascript", "image/svg+xml"}
kept: dict[str, bytes] = {}


def install_static_files(app: Flask) -> None:
    @app.after_request
    def send(response: Response) -> Response:
        if request.endpoint and request.endpoint.endswith(".static") and response.status_code in {200, 206, 304}:
            response.headers["Cache-Control"] = _how_long()
            _press(response)
            session.accessed = False        # a file is the same for everybody: no "Vary: Cookie", so a new sign-in fetches nothing again
        return response


def _how_long() -> str:
    if request.args.get("v"):
        return FOR_EVER
    return A_MONTH if request.path.endswith(".woff2") else ASK_AGAIN


def _press(response: Response) -> None:
    """A third of the bytes, for those without an nginx that does it."""
    if response.status_code != 200 or response.mimetype not in TEXTS or not request.accept_encodings.quality("gzip"):
        return
    response.direct_passthrough = False
    etag, _ = response.get_etag()
    response.set_data(_pressed(f"{request.path} {etag}", response.get_data()))
    response.set_etag(f"{etag}-gzip", weak=True)
    response.headers["Content-Encoding"] = "gzip"
    response.headers.remove("Accept-Ranges")
    response.vary.add("Accept-Encoding")
    response.make_conditional(request)


def _pressed(name: str, body: bytes) -> bytes:
    """Once for each state of a file."""
    if name not in kept:
        kept[name] = gzip.compress(body, mtime=0)
    return kept[name]
