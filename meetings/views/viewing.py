"""The viewer of a sitting's papers, and its doors for browsers without a socket."""
from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from groupware.directory.queries import people_cards
from groupware.files.pages import pages_of
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.given import number
from meetings import following, noting
from meetings.cards import name_of
from meetings.commands import floor
from meetings.note_draft import NotesDraft
from meetings.permissions import Table, can_present, is_early
from meetings.queries.bodies import members_of
from meetings.queries.items import agenda_for
from meetings.queries.minutes import desk_of
from meetings.queries.sittings import table_for
from meetings.queries.viewing import Sheaf, Stack, place_for, stack_for
from meetings.rights import can_open
from meetings.views.reading import blueprint


@blueprint.get("/<int:sitting_id>/viewing")
def viewing(sitting_id: int) -> str:
    """?paper=&page=; without them at the presenter's page, or at the first."""
    table = table_for(current_user, sitting_id)
    stack, place, rows = stack_for(current_user, table), place_for(current_user, table), agenda_for(current_user, table)
    asked = request.args.get("paper", type=int)
    sheaf = stack.of(asked) or stack.of(place["paper"]) or next(iter(stack.sheaves), None)
    pages = pages_of(sheaf.file) if sheaf else None
    page = _page(request.args.get("page", type=int), place, sheaf, asked)
    presenters = people_cards(row.line.item.presenter_id for row in rows if row.line.item.presenter_id)
    told = _told(table, stack, place, sheaf, pages, page)
    return render_template("meetings/viewing.html", title=name_of(table), table=table, sitting=table.sitting, rows=rows, stack=stack,
                           sheaf=sheaf, pages=pages, page=page, shown=place, presenters=presenters, told=told, early=is_early(table),
                           may_present=can_present(current_user, table), company=_company(table, current_user),
                           minutes=can_open(current_user, desk_of(table)))


@blueprint.get("/<int:sitting_id>/stack")
def stack(sitting_id: int) -> Response:
    """What may be read of it at this moment."""
    table = table_for(current_user, sitting_id)
    return jsonify(_papers(stack_for(current_user, table)))


@blueprint.get("/<int:sitting_id>/place")
def place(sitting_id: int) -> Response:
    """Where the presenter is: asked again and again by who has no socket."""
    return jsonify(place=following.enter(_me(), sitting_id))


@blueprint.post("/<int:sitting_id>/turn")
def turn(sitting_id: int) -> Response:
    data = _sent()
    return jsonify(place=following.turn(_me(), sitting_id, number(data, "paper"), number(data, "page")))


@blueprint.post("/<int:sitting_id>/floor")
def take_floor(sitting_id: int) -> AnyResponse:
    floor.take_floor(current_user, sitting_id)
    return _back(sitting_id)


@blueprint.post("/<int:sitting_id>/floor/handing")
def hand_floor(sitting_id: int) -> AnyResponse:
    floor.hand_floor(current_user, sitting_id, number(request.form, "to"))
    return _back(sitting_id)


@blueprint.post("/<int:sitting_id>/floor/leaving")
def leave_floor(sitting_id: int) -> AnyResponse:
    floor.leave_floor(current_user, sitting_id)
    return _back(sitting_id)


@blueprint.post("/<int:sitting_id>/floor/call")
def call_everyone(sitting_id: int) -> AnyResponse:
    floor.call_everyone(current_user, sitting_id)
    return _back(sitting_id)


@blueprint.get("/papers/<int:paper_id>/notes")
def notes(paper_id: int) -> Response:
    """One's own."""
    return jsonify(noting.notes_on(_me(), paper_id))


@blueprint.post("/papers/<int:paper_id>/notes")
def keep_notes(paper_id: int) -> Response:
    return jsonify(kept=noting.keep_notes(_me(), paper_id, NotesDraft.parse(_sent())))


def _page(asked: int | None, place: dict[str, Any], sheaf: Sheaf | None, paper: int | None) -> int:
    if sheaf is None:
        return 0
    wanted = asked or (place["page"] if place["paper"] == sheaf.paper.id and paper is None else 1)
    return max(1, min(wanted, sheaf.count or 1))


def _told(table: Table, stack: Stack, place: dict[str, Any], sheaf: Sheaf | None, pages: Any, page: int) -> dict[str, Any]:
    """What the browser begins with; more is fetched when it is needed."""
    return {"sitting": table.sitting.id, "paper": sheaf.paper.id if sheaf else None, "page": page, "place": place, "now": clock.now().isoformat(),
            "early": is_early(table), "manifest": pages.manifest() if pages else None, **_papers(stack)}


def _papers(stack: Stack) -> dict[str, Any]:
    return {"total": stack.total, "papers": [
        {"id": each.paper.id, "label": each.label, "title": each.paper.title, "file": each.file.id, "count": each.count, "first": each.first,
         "version": each.paper.version} for each in stack.sheaves]}


def _company(table: Table, actor: Actor) -> list[Any]:
    """Who may be handed the floor: all but oneself, and but those who only listen."""
    return [card for role, people in members_of(table.seat.body) if role != "observer" for card in people if card.id != actor.user_id]


def _me() -> Actor:
    me: Actor = current_user._get_current_object()      # noqa: SLF001 (the proxy's own way)
    return me


def _sent() -> dict[str, Any]:
    data = request.get_json(silent=True)
    return data if isinstance(data, dict) else {}


def _back(sitting_id: int) -> AnyResponse:
    """A script looks at the answer; without one the page comes again."""
    if request.accept_mimetypes.best == "application/json":
        return jsonify(place=following.enter(_me(), sitting_id))
    return redirect(url_for("meetings.viewing", sitting_id=sitting_id), 303)
