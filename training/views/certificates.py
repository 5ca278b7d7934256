"""A completion and its certificate."""
from flask import redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries import people_cards
from groupware.files.queries import files_of
from training.certificates import number_of
from training.commands import certificates as deeds
from training.models.courses import SOURCES
from training.queries.certificates import certificate_of, completion_for
from training.views.learning import blueprint


@blueprint.get("/completions/<int:completion_id>")
def completion(completion_id: int) -> str:
    found = completion_for(current_user, completion_id)
    return render_template("training/completion.html", title=f"{found.title}の修了", done=found, card=people_cards([found.user_id])[found.user_id],
                           sources=SOURCES, number=number_of(found), certificate=certificate_of(completion_id),
                           files=files_of([found.ref]).get(found.ref, []))


@blueprint.post("/completions/<int:completion_id>/certificate")
def certify(completion_id: int) -> Response:
    deeds.ask_certificate(current_user, completion_id)
    return redirect(url_for("training.completion", completion_id=completion_id), 303)
