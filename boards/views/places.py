"""Pages for those who keep the boards."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from boards.commands import places as deeds
from boards.forms import BoardDraft
from boards.models.places import VERBS
from boards.permissions import can_found, can_manage
from boards.queries.choices import choices
from boards.queries.desks import desk_for, desks, rights_on
from boards.views.reading import blueprint
from groupware.directory.queries import people_cards
from groupware.kernel.errors import Forbidden


@blueprint.get("/new")
def new_board() -> str:
    """?parent="""
    parents = [desk for desk in desks(current_user) if can_manage(current_user, desk)]
    if not parents and not can_found(current_user, None):
        raise Forbidden
    return render_template("boards/settings.html", title="掲示板をつくる", desk=None, parents=parents, verbs=VERBS, chosen={}, people={},
                           parent=request.args.get("parent", type=int), top=can_found(current_user, None), **choices(current_user))


@blueprint.post("")
def create() -> Response:
    draft = BoardDraft.parse(request.form)
    board_id = deeds.add_board(current_user, draft.parent_id, draft) if draft.parent_id else deeds.found_board(current_user, draft)
    return redirect(url_for("boards.board", board_id=board_id), 303)


@blueprint.get("/<int:board_id>/settings")
def settings(board_id: int) -> str:
    desk = desk_for(current_user, board_id)
    if not can_manage(current_user, desk):
        raise Forbidden
    chosen: dict[str, list[str]] = {}
    for right in rights_on(desk.board):
        kind, _, number = right.who.partition(":")
        chosen.setdefault(f"{right.verb}_{kind}", []).append(number)
    people = people_cards(int(each) for key, values in chosen.items() if key.endswith("_person") for each in values)
    return render_template("boards/settings.html", title=f"{desk.board.name}の設定", desk=desk, parents=[], verbs=VERBS, chosen=chosen, people=people,
                           parent=None, top=False, **choices(current_user))


@blueprint.post("/<int:board_id>/settings")
def change(board_id: int) -> Response:
    deeds.change_board(current_user, board_id, BoardDraft.parse(request.form))
    return redirect(url_for("boards.board", board_id=board_id), 303)


@blueprint.post("/<int:board_id>/archive")
def archive(board_id: int) -> Response:
    deeds.archive_board(current_user, board_id)
    return redirect(url_for("boards.index"), 303)


@blueprint.post("/<int:board_id>/reopening")
def reopen(board_id: int) -> Response:
    deeds.reopen_board(current_user, board_id)
    return redirect(url_for("boards.board", board_id=board_id), 303)
