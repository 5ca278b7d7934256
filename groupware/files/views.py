"""/files: up (at once, or piece by piece), down, and the small picture. The right is asked of the thing a file hangs on, every time."""
import base64
import binascii
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import BinaryIO, cast
from urllib.parse import unquote

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Answered

from groupware.directory.queries import people_cards
from groupware.files import serving
from groupware.files.breathing import Breathing
from groupware.files.checking.passing import passed
from groupware.files.commands import end_hold, place_hold, set_retention
from groupware.files.forms import HoldDraft, ReleaseDraft, RetentionDraft, TooLarge, UploadDraft, refuse_large
from groupware.files.models import File
from groupware.files.pages import page_image, page_says, pages_of
from groupware.files.parts import MOST_PIECE, parts
from groupware.files.permissions import Files
from groupware.files.previews import preview_of
from groupware.files.queries import address_of, file_for, sent_by
from groupware.files.recording import opened
from groupware.files.retaining import (
    LIFTED,
    NAMED,
    TERMS,
    ended_holds,
    foretell,
    holds,
    named,
    runs,
    seal_of,
    tally,
    terms,
    terms_of,
    years_end,
)
from groupware.files.sending import begin, complete, go_on, send
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid, NotFound, Refusal
from groupware.kernel.house import house
from groupware.kernel.permissions import authorize

Answer = Answered | tuple[str, int]
PIECE = 256 * 1024
DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")      # RFC 9530

blueprint = Blueprint("files", __name__, url_prefix="/files", template_folder="templates", static_folder="static/files",
                      static_url_path="/static")


@blueprint.post("")
def upload() -> tuple[Response, int]:
    """A form with ``file``, or the bytes alone with the name percent-encoded in X-File-Name. JSON: {id, name, size, type, ...}."""
    name, stream = _sent()
    return jsonify(_described(send(_me(), name, _pieces(stream)))), 201


@blueprint.post("/uploads")
def begin_upload() -> tuple[Response, int]:
    """JSON {size}: may so much come? Nothing of it is kept yet. Answer: {id, arrived}; the file will have this id."""
    return jsonify(id=begin(_me(), UploadDraft.parse(_said())).id, arrived=0), 201


@blueprint.get("/uploads/<part_id>")
def upload_state(part_id: str) -> Response:
    """How far it has come, for whoever begins again after a cut line, a closed window, a restart. What is whole says so by its size."""
    done = sent_by(_me(), part_id)
    if done:
        return jsonify(arrived=done.size, size=done.size)
    part = parts().find(_me().user_id, part_id)
    return jsonify(arrived=parts().arrived(part), size=part.size)


@blueprint.patch("/uploads/<part_id>")
def continue_upload(part_id: str) -> Response:
    """The next piece, from byte Upload-Offset on; Content-Digest, where given, must be its sum. Answer: {arrived}."""
    if (request.content_length or MOST_PIECE + 1) > MOST_PIECE:
        raise TooLarge(f"一度に送れるのは{MOST_PIECE // 1024 // 1024}MBまでです。")
    at = request.headers.get("Upload-Offset", type=int)
    if at is None:
        raise Invalid("どこからの続きかが分かりません。")
    return jsonify(arrived=go_on(_me(), part_id, at, request.get_data(cache=False), _digest(request.headers.get("Content-Digest", ""))))


@blueprint.post("/uploads/<part_id>/completion")
def complete_upload(part_id: str) -> tuple[Response, int]:
    """JSON {name}, and the sum of all of it in Repr-Digest if it is known. Asked twice, it is one file. Answer: as of an upload at once."""
    name = _said().get("name")
    file = complete(_me(), part_id, name if isinstance(name, str) else "", _digest(request.headers.get("Repr-Digest", "")))
    return jsonify(_described(file)), 201


@blueprint.post("/uploads/<part_id>/removal")
def drop_upload(part_id: str) -> tuple[str, int]:
    """Thought better of it."""
    parts().forget(parts().find(_me().user_id, part_id))
    return "", 204


@blueprint.get("/<file_id>/<name>")
def download(file_id: str, name: str) -> Response:        # noqa: ARG001 (the address has it)
    """``name`` is for the eyes and for saving; it decides nothing."""
    return serving.whole(opened(_me(), passed(file_for(current_user, file_id))))


@blueprint.get("/previews/<file_id>")
def preview(file_id: str) -> Response:
    """An address which no name of a file can take."""
    file = opened(_me(), passed(file_for(current_user, file_id)))
    return serving.small(preview_of(file), file)


@blueprint.get("/pages/<file_id>")
def pages(file_id: str) -> Response:
    """What there is of its pages, for a viewer."""
    return jsonify(pages_of(file_for(current_user, file_id)).manifest())


@blueprint.get("/pages/<file_id>/<key>/<int:number>-<int:width>")
def page(file_id: str, key: str, number: int, width: int) -> Response:
    file = _file_with(file_id, key)
    return serving.page(page_image(file, number, width), file)


@blueprint.get("/pages/<file_id>/<key>/<int:number>.txt")
def page_text(file_id: str, key: str, number: int) -> Response:
    """What a page says, for whoever does not see it."""
    return serving.words(page_says(_file_with(file_id, key), number))


@blueprint.get("/retention")
def retention(refusal: Refusal | None = None) -> str:
    """For how long files stay, by what they hang on; what is held; what went."""
    authorize(current_user, Files.RETAIN)
    standing, ended = holds(), ended_holds()
    named_in = {number for each in [*standing, *ended] for number in (each.person_id, each.by_id, each.ended_by_id) if number}
    return render_template("files/retention.html", title="ファイルの保存期間", refusal=refusal, given=request.form, terms=terms(), terms_of=terms_of,
                           choices=[(kind, each.words) for kind, each in house.retained.items()],
                           kinds=house.retained, tally=tally(), runs=runs(), holds=standing, ended=ended, lifted=LIFTED.days, year=_example(),
                           people=people_cards(named_in))


@blueprint.get("/retention/trial")
def retention_trial() -> str | tuple[str, int]:
    """What the terms in the address would remove in the coming night."""
    authorize(current_user, Files.RETAIN)
    try:
        outcomes = foretell(RetentionDraft.parse(request.args).terms)
    except Refusal as refusal:
        return retention(refusal), refusal.status
    names = {each.kind: named(_me(), each) for each in outcomes if each.numbers}
    return render_template("files/retention_trial.html", title="削除されるものを確かめる", outcomes=outcomes, seen=seal_of(outcomes), words=TERMS,
                           kinds=house.retained, before=terms(), named_most=NAMED, named=names)


@blueprint.post("/retention")
def decide_retention() -> Answer:
    return _answer(lambda: set_retention(current_user, RetentionDraft.parse(request.form)))


@blueprint.post("/retention/holds")
def hold() -> Answer:
    authorize(current_user, Files.RETAIN)
    return _answer(lambda: place_hold(current_user, HoldDraft.parse(request.form)))


@blueprint.post("/retention/holds/<int:hold_id>/ending")
def release(hold_id: int) -> Answer:
    authorize(current_user, Files.RETAIN)
    return _answer(lambda: end_hold(current_user, hold_id, ReleaseDraft.parse(request.form, hold_id)))


def _answer(act: Callable[[], object]) -> Answer:
    """Refused, the page says why, with what was typed."""
    try:
        act()
    except Refusal as refusal:
        return retention(refusal), refusal.status
    return redirect(url_for("files.retention"), 303)


def _example() -> tuple[int, date]:
    """A fiscal year, and the last day of what was sent in it and stays for three."""
    year = clock.fiscal_year(clock.today())
    return year, years_end(year, 3)


def _me() -> Actor:
    return current_user._get_current_object()       # noqa: SLF001 (the proxy's own way)


def _said() -> dict[str, object]:
    said = request.get_json(silent=True)
    return said if isinstance(said, dict) else {}


def _digest(header: str) -> str | None:
    """In hexadecimal; of what is not understood None, as the RFC says."""
    found = DIGEST.search(header)
    try:
        return base64.b64decode(found[1]).hex() if found else None
    except binascii.Error:
        return None


def _file_with(file_id: str, key: str) -> File:
    file = passed(file_for(current_user, file_id))
    if key != file.key:
        raise NotFound
    return opened(_me(), file)


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
