"""/notifications: a person's stream."""
from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel.ref import Ref
from groupware.kernel.things import card_for
from groupware.notifications.queries import notification_for, stream
from groupware.notifications.reading import mark_hidden, mark_read

blueprint = Blueprint("notifications", __name__, url_prefix="/notifications", template_folder="templates")


@blueprint.get("")
def index() -> str:
    found = stream(current_user)
    mark_hidden(current_user, found.hidden)
    return render_template("notifications/index.html", lines=found.lines, title="お知らせ")


@blueprint.get("/<int:notification_id>")
def show(notification_id: int) -> Response:
    """Opens at the place; opening is reading."""
    row = notification_for(current_user, notification_id)
    card = card_for(current_user, Ref.parse(row.about))
    mark_read(current_user, row.id)
    return redirect(card.url)


@blueprint.post("/reading")
def read_all() -> Response:
    mark_read(current_user)
    return redirect(url_for("notifications.index"))
