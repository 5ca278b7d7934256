"""Messages over HTTP: the same commands as over the socket, for polling networks, forms and programs."""
from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from chat import reading, sockets
from chat.commands import messages as acts
from chat.forms import EditDraft, stamp_of
from chat.permissions import can_edit
from chat.queries import messages
from chat.queries.history import history_of
from chat.queries.seats import message_for, number, room_for
from chat.showing import changes_wire, page_wire, seat_wire
from chat.views.rooms import blueprint
from groupware.kernel.errors import Forbidden, Invalid


@blueprint.post("/rooms/<int:room_id>/messages")
def post(room_id: int) -> AnyResponse:
    """JSON for the page's own program; without JavaScript a form, and then the room again."""
    data = _data()
    answer = sockets.post(current_user, {**data, "room": room_id, "reply_to": int(data["reply_to"]) if data.get("reply_to") else None})
    if request.is_json:
        return jsonify(ok=True, **answer)
    return redirect(url_for("chat.room", room_id=room_id) + f"#m{answer['seq']}", 303)


@blueprint.get("/rooms/<int:room_id>/page")
def page(room_id: int) -> Response:
    """?before=seq or ?after=seq: the neighbouring page, for scrolling."""
    seat = room_for(current_user, room_id)
    before, after = request.args.get("before", type=int), request.args.get("after", type=int)
    if before is None and after is None:
        raise Invalid("before か after を指定してください。")
    found = messages.before(seat.room, before) if before is not None else messages.after(seat.room, number(after))
    return jsonify(page_wire(found, current_user.user_id))


@blueprint.get("/rooms/<int:room_id>/changes")
def changes(room_id: int) -> Response:
    """?after=n&first=seq: everything that changed since; fetched whenever a number is missing, and after every absence."""
    after, first = request.args.get("after", type=int), request.args.get("first", type=int)
    if after is None or after < 0:
        raise Invalid("after を指定してください。")
    return jsonify(changes_wire(room_for(current_user, room_id), after, current_user.user_id, first))


@blueprint.post("/rooms/<int:room_id>/cursor")
def read(room_id: int) -> Response:
    return jsonify(ok=True, **reading.move_cursor(current_user, room_id, number(_data().get("seq"))))


@blueprint.post("/rooms/<int:room_id>/unread")
def set_back(room_id: int) -> Response:
    return jsonify(ok=True, **reading.set_back(current_user, room_id, number(_data().get("seq"))))


@blueprint.post("/rooms/<int:room_id>/favourite")
def favourite(room_id: int) -> Response:
    answer = reading.set_favourite(current_user, room_id, _data().get("favourite") in {True, "1"})
    return jsonify(ok=True, **answer, me=seat_wire(room_for(current_user, room_id)))


@blueprint.get("/messages/<int:message_id>/source")
def source(message_id: int) -> Response:
    """The Markdown of one's own message, for correcting it."""
    said = message_for(current_user, message_id)
    if not can_edit(current_user, said):
        raise Forbidden
    return jsonify(text=said.message.body, revision=said.message.revision)


@blueprint.post("/messages/<int:message_id>/text")
def edit(message_id: int) -> Response:
    acts.edit_message(current_user, message_id, EditDraft.parse(_data()))
    return jsonify(ok=True)


@blueprint.post("/messages/<int:message_id>/removal")
def remove(message_id: int) -> Response:
    acts.delete_message(current_user, message_id)
    return jsonify(ok=True)


@blueprint.post("/messages/<int:message_id>/stamps")
def stamp(message_id: int) -> Response:
    """{stamp, pressed}: says how it shall be, so that a repeated press does no harm."""
    data = _data()
    act = acts.press_stamp if data.get("pressed") else acts.lift_stamp
    act(current_user, message_id, stamp_of(data))
    return jsonify(ok=True)


@blueprint.get("/messages/<int:message_id>/history")
def history(message_id: int) -> str:
    said = message_for(current_user, message_id)
    return render_template("chat/_history.html", message=said.message, revisions=history_of(said.message))


def _data() -> dict[str, Any]:
    data = request.get_json(silent=True) if request.is_json else request.form.to_dict()
    if not isinstance(data, dict):
        raise Invalid("送られた内容を読み取れません。")
    return data
