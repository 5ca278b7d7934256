"""Completions outside of the city hall, by a list."""
from flask import Response as FlaskResponse
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel.permissions import authorize
from groupware.ui.tables import as_table
from training.bringing import COLUMNS, MOST_BYTES, lines_in, look_at
from training.commands import bringing as deeds
from training.models.duties import READ
from training.permissions.courses import Courses, heads_of
from training.queries.outside import bringing_for
from training.views.learning import blueprint


@blueprint.get("/outside")
def outside() -> str:
    authorize(current_user, Courses.BRING, None)
    return render_template("training/outside.html", title="庁外の修了を取り込む", columns=COLUMNS, heads=bool(heads_of(current_user)))


@blueprint.get("/outside/form.csv")
def outside_form() -> FlaskResponse:
    """The headings alone, to be filled in."""
    authorize(current_user, Courses.BRING, None)
    return as_table("completions", tuple(column.title for column in COLUMNS), ())


@blueprint.post("/outside")
def bring() -> Response:
    authorize(current_user, Courses.BRING, None)
    file = request.files.get("file")
    lines = lines_in(file.stream.read(MOST_BYTES + 1) if file else b"")
    made = deeds.bring_list(current_user, (file.filename if file else "") or "", lines)
    return redirect(url_for("training.bringing", bringing_id=made), 303)


@blueprint.get("/outside/<int:bringing_id>")
def bringing(bringing_id: int) -> str:
    """What it would add; nothing has changed yet."""
    kept = bringing_for(current_user, bringing_id)
    return render_template("training/bringing.html", title="庁外の修了を取り込む", kept=kept, found=look_at(kept) if kept.state == READ else None)


@blueprint.post("/outside/<int:bringing_id>/application")
def take_in(bringing_id: int) -> Response:
    deeds.take_in(current_user, bringing_id, request.form.get("digest", ""))
    return redirect(url_for("training.bringing", bringing_id=bringing_id), 303)
