"""メールの配達: for the administrator."""
from flask import current_app, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries import people_cards
from groupware.kernel.permissions import authorize
from groupware.notifications.commands.post import change_post, retry_letter, send_trial
from groupware.notifications.models import FAILED
from groupware.notifications.permissions import Notifications
from groupware.notifications.queries.letters import letters_by_state, titles_allowed, troubled_letters
from groupware.notifications.views import blueprint


@blueprint.get("/post")
def post() -> str:
    authorize(current_user, Notifications.KEEP_POST)
    letters = troubled_letters()
    return render_template("notifications/post.html", title="メールの配達", config=current_app.config["HOUSE"], letters=letters, failed=FAILED,
                           people=people_cards(letter.user_id for letter in letters), counts=letters_by_state(), titles=titles_allowed())


@blueprint.post("/post")
def set_post() -> Response:
    change_post(current_user, request.form.get("titles") == "1")
    return _back()


@blueprint.post("/post/trial")
def try_post() -> Response:
    send_trial(current_user)
    return _back()


@blueprint.post("/post/letters/<int:letter_id>")
def retry(letter_id: int) -> Response:
    retry_letter(current_user, letter_id)
    return _back()


def _back() -> Response:
    return redirect(url_for("notifications.post"), 303)
