"""/files: up, down, and the small picture. The right is asked of the thing a file hangs on, every time."""
from collections.abc import Iterator
from typing import BinaryIO, cast
from urllib.parse import unquote

from flask import Blueprint, Response, jsonify, request, url_for
from flask_login import current_user

from groupware.files import serving
from groupware.files.breathing import Breathing
from groupware.files.forms import refuse_large
from groupware.files.models import File
from groupware.files.pages import page_image, pages_of
from groupware.files.previews import preview_of
from groupware.files.queries import address_of, file_for
from groupware.files.sending import send
from groupware.kernel.errors import Invalid, NotFound

PIECE = 256 * 1024
KEY = 16         # characters of the sum in the address of a page

blueprint = Blueprint("files", __name__, url_prefix="/files")


@blueprint.post("")
def upload() -> tuple[Response, int]:
    """A form with ``file``, or the bytes alone with the name percent-encoded in X-File-Name. JSON: {id, name, size, type, ...}."""
    name, stream = _sent()
    file = send(current_user._get_current_object(), name, _pieces(stream))       # noqa: SLF001 (the proxy's own way)
    return jsonify(_described(file)), 201


@blueprint.get("/<file_id>/<name>")
def download(file_id: str, name: str) -> Response:        # noqa: ARG001 (the address has it)
    """``name`` is for the eyes and for saving; it decides nothing."""
    return serving.whole(file_for(current_user, file_id))


@blueprint.get("/previews/<file_id>")
def preview(file_id: str) -> Response:
    """An address which no name of a file can take."""
    file = file_for(current_user, file_id)
    return serving.small(preview_of(file), file)


@blueprint.get("/pages/<file_id>")
def pages(file_id: str) -> Response:
    """What there is of its pages, for a viewer."""
    return jsonify(pages_of(file_for(current_user, file_id)).manifest())


@blueprint.get("/pages/<file_id>/<key>/<int:number>-<int:width>")
def page(file_id: str, key: str, number: int, width: int) -> Response:
    file = file_for(current_user, file_id)
    if key != file.sha256[:len(key)] or len(key) < KEY:
        raise NotFound
    return serving.page(page_image(file, number, width), file)


def _sent() -> tuple[str, BinaryIO]:
    if "X-File-Name" in request.headers:
        refuse_large(request.content_length)
        return unquote(request.headers["X-File-Name"]), cast("BinaryIO", request.stream)
    request.environ["wsgi.input"] = Breathing(request.environ["wsgi.input"])
    if "file" not in request.files:
        raise Invalid(file="ファイルを選んでください。")
    return request.files["file"].filename or "", cast("BinaryIO", request.files["file"].stream)


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(PIECE):
        yield piece


def _described(file: File) -> dict[str, object]:
    preview_url = url_for("files.preview", file_id=file.id) if file.width else None
    return {"id": file.id, "name": file.name, "size": file.size, "type": file.media_type, "width": file.width, "height": file.height,
            "url": address_of(file), "preview": preview_url}
