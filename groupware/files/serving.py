"""How the bytes of others' files leave the house: shown only as what they are, run by nobody, kept by no cache."""
from http import HTTPStatus
from pathlib import Path

from flask import Response, current_app, request, send_file
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from groupware.files.kinds import PICTURES, SHOWN_IN_PLACE
from groupware.files.models import File
from groupware.files.names import disposition
from groupware.files.store import store, store_folder

SEALED = {"X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "private, no-store"}
SANDBOX = "sandbox; default-src 'none'"
FRAMED = f"{SANDBOX}; style-src 'unsafe-inline'"        # a browser lays its own frame around a picture, by a style it writes itself
PREVIEW = "image/webp"
YEAR = 365 * 24 * 3600


def whole(file: File) -> Response:
    kind = "inline" if file.media_type in SHOWN_IN_PLACE else "attachment"
    return _sealed(store().path(file.blob.place), file.media_type, disposition(kind, file.name), file.sha256)


def small(path: Path, file: File) -> Response:
    return _sealed(path, PREVIEW, disposition("inline", f"{file.name}.webp"), f"{file.sha256}-preview")


def page(path: Path, file: File) -> Response:
    """Kept by the browser of who was allowed to see it: other bytes have another address. Whoever asks anew is judged anew."""
    with path.open("rb") as picture:
        media_type = "image/png" if picture.read(4) == b"\x89PNG" else "image/jpeg"
    response = _sealed(path, media_type, "inline", f"{file.sha256}-{path.name}")
    response.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    return response


def words(text: str) -> Response:
    response = Response(text, mimetype="text/plain")
    response.headers.update(SEALED)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    return response


def _handed_over(path: Path, etag: str) -> Response:
    """The server in front sends the bytes (nginx: X-Accel-Redirect); who may have them is decided here, every time. deploy/nginx has its part."""
    if "," in request.headers.get("Range", ""):
        raise RequestedRangeNotSatisfiable
    response = Response()
    response.set_etag(etag)
    response.make_conditional(request)
    if response.status_code == HTTPStatus.OK:
        response.headers["X-Accel-Redirect"] = f"{current_app.config['FILES_ACCEL']}/{path.relative_to(store_folder()).as_posix()}"
    return response


def _sealed(path: Path, media_type: str, shown: str, etag: str) -> Response:
    """Conditional and single ranges; several ranges at once are refused (416), so that few bytes cannot ask for many."""
    response = _handed_over(path, etag) if current_app.config["FILES_ACCEL"] else send_file(path, mimetype=media_type, conditional=True, etag=etag)
    response.headers.update(SEALED)
    response.headers["Content-Security-Policy"] = FRAMED if media_type in PICTURES else SANDBOX
    response.headers["Content-Type"] = media_type       # without a guess at the encoding
    response.headers["Content-Disposition"] = shown
    return response
