"""The stream, the panel below the bell, and the two ways to a place: a line, a code."""
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel.errors import NotFound, Refusal
from groupware.kernel.house import house
from groupware.kernel.things import card_for
from groupware.notifications.queries.codes import ref_of_code
from groupware.notifications.queries.stream import ALL, UNREAD, Asked, Stream, kinds_told, notification_for, stream
from groupware.notifications.reading import mark_all, mark_hidden, mark_line
from groupware.notifications.views import blueprint

OF_PANEL = 8


@blueprint.get("")
def index() -> str:
    """?show=unread, ?kind=, ?before="""
    asked = Asked(UNREAD if request.args.get("show") == UNREAD else ALL, request.args.get("kind", "")[:60], request.args.get("before", 0, type=int))
    told = kinds_told(current_user.user_id)
    kinds = [kind for kind in house.notices.values() if kind.name in told]
    return render_template("notifications/index.html", stream=_found(asked), asked=asked, kinds=kinds, title="お知らせ")


@blueprint.get("/panel")
def panel() -> str:
    """The newest few, fetched when the bell is pressed."""
    return render_template("notifications/panel.html", stream=_found(Asked(page=OF_PANEL)))


@blueprint.get("/<int:notification_id>")
def show(notification_id: int) -> Response:
    """Opens at the place; opening is reading. ?to= is the newest of its line."""
    row = notification_for(current_user, notification_id)
    card = card_for(current_user, row.ref)
    newest = request.args.get("to", type=int)
    mark_line(current_user, notification_for(current_user, newest) if newest else row)
    return redirect(card.url)


@blueprint.post("/<int:notification_id>/reading")
def read(notification_id: int) -> Response:
    mark_line(current_user, notification_for(current_user, notification_id))
    return _back()


@blueprint.post("/reading")
def read_all() -> Response:
    mark_all(current_user, request.form.get("newest", 0, type=int) or 2 ** 62)
    return _back()


@blueprint.get("/code")
def code() -> Any:
    """?code=K7M-4QP: to its place, for who may see it."""
    typed = request.args.get("code", "").strip()
    if not typed:
        return render_template("notifications/code.html", title="コードで開く", typed="", error="")
    try:
        return redirect(card_for(current_user, ref_of_code(typed[:40])).url)
    except Refusal:
        sentence = "このコードでは開けません。字を確かめてください。移動または削除されたか、見る権限がないものも開けません。"
        return render_template("notifications/code.html", title="コードで開く", typed=typed[:40], error=sentence), NotFound.status


@blueprint.get("/c/<code>")
def follow(code: str) -> Response:
    """The link of a mail: the same right, the same answer."""
    return redirect(card_for(current_user, ref_of_code(code)).url)


def _found(asked: Asked) -> Stream:
    found = stream(current_user, asked)
    mark_hidden(current_user.user_id, found.hidden)
    return found


def _back() -> Response:
    """To the list as it was, by its own words only."""
    return redirect(url_for("notifications.index", show=request.form.get("show") or None, kind=request.form.get("kind") or None), 303)
