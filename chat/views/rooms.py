"""Pages: the list, a room, and what stands in the right column."""
from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from chat.commands import rooms as acts
from chat.forms import RoomDraft, numbers, room_words, whole_units
from chat.models import KINDS
from chat.permissions import CREATABLE, Seat, can_appear, can_invite, can_leave, can_manage, can_post
from chat.queries import messages, rooms
from chat.queries.members import matching_members, member_count, members_of, rules_of
from chat.queries.reads import readers_of
from chat.queries.seats import message_at, message_for, room_for
from chat.showing import own_reads
from groupware.directory.queries import people_cards, unit_tree
from groupware.kernel.ref import Ref
from groupware.kernel.things import chips_for

blueprint = Blueprint("chat", __name__, url_prefix="/chat", template_folder="../templates", static_folder="../static/chat", static_url_path="/static")


@blueprint.get("")
def index() -> str:
    return render_template("chat/index.html", title="チャット", **_list())


@blueprint.get("/rooms/<int:room_id>")
def room(room_id: int) -> str:
    """Opens at the first unread message, else at the end."""
    seat = room_for(current_user, room_id)
    at = seat.member.read_seq + 1 if seat.member and seat.room.last_seq - seat.member.read_seq > messages.PAGE // 3 else 0
    return _room(seat, messages.around(seat.room, at) if at else messages.latest(seat.room))


@blueprint.get("/rooms/<int:room_id>/messages/<int:seq>")
def permalink(room_id: int, seq: int) -> str:
    said = message_at(current_user, room_id, seq)
    return _room(said.seat, messages.around(said.seat.room, seq), target=seq)


@blueprint.get("/list")
def room_list() -> str:
    """The left column alone: fetched again when a room comes, goes or is renamed."""
    return render_template("chat/_rooms.html", open_room=request.args.get("open", type=int), **_list())


@blueprint.get("/rooms/new")
def new_room() -> str:
    return render_template("chat/new_room.html", title="新しい部屋", kinds=[(kind, KINDS[kind]) for kind in CREATABLE], draft=request.args,
                           tree=[] if current_user.outside else unit_tree(), **_list())


@blueprint.post("/rooms")
def create_room() -> Response:
    form = request.form
    draft = RoomDraft.parse({**form.to_dict(), "people": form.getlist("people"), "units": form.getlist("units")})
    return redirect(url_for("chat.room", room_id=acts.create_room(current_user, draft)))


@blueprint.post("/direct")
def open_direct() -> Response:
    other = numbers(request.form.getlist("person"))
    return redirect(url_for("chat.room", room_id=acts.open_direct(current_user, other[0] if other else 0)))


@blueprint.get("/rooms/joinable")
def joinable() -> str:
    return render_template("chat/joinable.html", title="部屋をさがす", rooms=rooms.joinable(current_user), **_list())


@blueprint.get("/rooms/<int:room_id>/members")
def members(room_id: int) -> str:
    seat = room_for(current_user, room_id)
    here = members_of(seat.room.id)
    cards = people_cards([member.user_id for member in here])
    people = sorted(((cards[m.user_id], m) for m in here if m.user_id in cards), key=lambda pair: (pair[0].unit_name or "", pair[0].kana))
    can = _abilities(seat)
    return render_template("chat/members.html", seat=seat, people=people, can=can, tree=unit_tree() if can["manage"] else [],
                           units=[unit for unit, _ in rules_of(room_id)])


@blueprint.get("/rooms/<int:room_id>/people.json")
def people(room_id: int) -> Response:
    """?q=: members whose name, かな or number begins so; for addressing somebody."""
    seat = room_for(current_user, room_id)
    found = matching_members(seat.room.id, request.args.get("q", ""))
    return jsonify(people=[{"id": card.id, "name": card.name, "label": card.label} for card in found])


@blueprint.get("/rooms/<int:room_id>/settings")
def settings(room_id: int) -> str:
    seat = room_for(current_user, room_id)
    return render_template("chat/_settings.html", seat=seat, can=_abilities(seat), kind=KINDS[seat.room.kind])


@blueprint.post("/rooms/<int:room_id>/settings")
def change_room(room_id: int) -> Response:
    acts.change_room(current_user, room_id, *room_words(request.form))
    return _back(room_id)


@blueprint.post("/rooms/<int:room_id>/members")
def add_members(room_id: int) -> Response:
    acts.add_members(current_user, room_id, numbers(request.form.getlist("people")))
    return _back(room_id)


@blueprint.post("/rooms/<int:room_id>/units")
def set_units(room_id: int) -> Response:
    acts.set_units(current_user, room_id, whole_units(request.form.getlist("units")))
    return _back(room_id)


@blueprint.post("/rooms/<int:room_id>/members/<int:user_id>/removal")
def remove_member(room_id: int, user_id: int) -> Response:
    acts.remove_member(current_user, room_id, user_id)
    return _back(room_id)


@blueprint.post("/rooms/<int:room_id>/membership")
def join(room_id: int) -> Response:
    acts.join_room(current_user, room_id)
    return _back(room_id)


@blueprint.post("/rooms/<int:room_id>/departure")
def leave(room_id: int) -> Response:
    acts.leave_room(current_user, room_id)
    return redirect(url_for("chat.index"))


@blueprint.post("/rooms/<int:room_id>/archive")
def archive(room_id: int) -> Response:
    acts.archive_room(current_user, room_id)
    return _back(room_id)


@blueprint.post("/rooms/<int:room_id>/reopening")
def reopen(room_id: int) -> Response:
    acts.reopen_room(current_user, room_id)
    return _back(room_id)


@blueprint.get("/messages/<int:message_id>/readers")
def readers(message_id: int) -> str:
    said = message_for(current_user, message_id)
    units = readers_of(said.message)
    return render_template("chat/_readers.html", message=said.message, units=units, seen=sum(len(u.seen) for u in units),
                           unseen=sum(len(u.unseen) for u in units))


@blueprint.get("/messages/<int:message_id>/thread")
def thread(message_id: int) -> str:
    said = message_for(current_user, message_id)
    root = said.message if not said.message.reply_to_id else message_for(current_user, said.message.reply_to_id).message
    shown = messages.thread_of(root)
    return render_template("chat/_thread.html", root=root, shown=shown, seat=said.seat, reads=own_reads(shown, current_user.user_id))


def _room(seat: Seat, page: messages.Page, target: int = 0) -> str:
    entry = rooms.entry_of(current_user, seat)
    return render_template(
        "chat/room.html", title=entry.title, seat=seat, entry=entry, page=page, target=target, can=_abilities(seat), chips=_chips(page),
        reads=own_reads(page.shown, current_user.user_id), open_room=seat.room.id, count=member_count(seat.room.id), **_list())


def _list() -> dict[str, object]:
    found = rooms.entries(current_user)
    return {"sections": rooms.sections(found), "unread_rooms": sum(entry.unread > 0 for entry in found)}


def _abilities(seat: Seat) -> dict[str, bool]:
    tests = {"post": can_post, "appear": can_appear, "invite": can_invite, "manage": can_manage, "leave": can_leave}
    return {name: test(current_user, seat) for name, test in tests.items()}


def _back(room_id: int) -> Response:
    return redirect(url_for("chat.room", room_id=room_id), 303)


def _chips(page: messages.Page) -> dict[str, list[tuple[str, str, str]]]:
    """What the messages of the page carry of other features, by message id: one question. The browser puts it on them."""
    found = chips_for([Ref("chat.message", shown.message.id) for shown in page.shown])
    return {str(ref.id): [(chip.label, chip.title, chip.url) for chip in chips] for ref, chips in found.items()}
