"""順次回覧: it is stamped, stood in for, given back, skipped, sent on again."""
from flask import redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from boards.commands import routes as deeds
from boards.views.reading import blueprint
from groupware.kernel.given import line, number

LONGEST_REASON = 300


@blueprint.post("/notices/<int:notice_id>/steps/<int:step_id>/stamp")
def stamp(notice_id: int, step_id: int) -> Response:
    deeds.stamp_step(current_user, step_id, number(request.form, "asked"))
    return _back(notice_id)


@blueprint.post("/notices/<int:notice_id>/steps/<int:step_id>/stand-in")
def stand_at(notice_id: int, step_id: int) -> Response:
    """代"""
    deeds.stand_at_step(current_user, step_id, number(request.form, "asked"), _reason())
    return _back(notice_id)


@blueprint.post("/notices/<int:notice_id>/steps/<int:step_id>/return")
def give_back(notice_id: int, step_id: int) -> Response:
    deeds.return_step(current_user, step_id, _reason(), deeds.TO_BEFORE if request.form.get("to") == deeds.TO_BEFORE else deeds.TO_SENDER)
    return _back(notice_id)


@blueprint.post("/notices/<int:notice_id>/steps/<int:step_id>/skip")
def skip(notice_id: int, step_id: int) -> Response:
    deeds.skip_step(current_user, notice_id, step_id, _reason())
    return _back(notice_id)


@blueprint.post("/notices/<int:notice_id>/circulation")
def resume(notice_id: int) -> Response:
    deeds.resume_round(current_user, notice_id)
    return _back(notice_id)


def _reason() -> str:
    return line(request.form, "reason", most=LONGEST_REASON)


def _back(notice_id: int) -> Response:
    return redirect(url_for("boards.notice", notice_id=notice_id, _anchor="way"), 303)
