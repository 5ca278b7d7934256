"""/running: the work of the helper, for the administrator."""
from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel.permissions import authorize
from groupware.running.commands import drop_jobs, retry_jobs
from groupware.running.permissions import Running
from groupware.running.queries import words_of, work

blueprint = Blueprint("running", __name__, url_prefix="/running", template_folder="templates", static_folder="static/running",
                      static_url_path="/static")


@blueprint.get("")
def index() -> str:
    authorize(current_user, Running.KEEP)
    return render_template("running/index.html", title="仕事", work=work(), words=words_of)


@blueprint.post("/retrial")
def retry() -> Response:
    """job= one of them; without, all that stand still."""
    retry_jobs(current_user, request.form.get("job", 0, type=int))
    return redirect(url_for("running.index"), 303)


@blueprint.post("/removal")
def drop() -> Response:
    drop_jobs(current_user, request.form.get("job", 0, type=int))
    return redirect(url_for("running.index"), 303)
