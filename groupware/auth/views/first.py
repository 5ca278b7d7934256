"""/first-run: there is no city yet."""
from flask import current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from groupware.auth import first_run as setting_up
from groupware.auth.arrival import arrival, remember_device
from groupware.auth.forms import Foundation
from groupware.auth.login import remember
from groupware.auth.returning import HOME
from groupware.auth.views import blueprint
from groupware.kernel.errors import NotFound, Refusal

IMPORTS = "admin.imports"       # of a room above this one, if there is such a room


@blueprint.get("/first-run")
def first_run() -> str:
    return _page()


@blueprint.post("/first-run")
def found_city() -> str | Response | tuple[str, int]:
    known = arrival()
    try:
        entered = setting_up.found(Foundation.parse(request.form), request.form.get("code", ""), known)
    except Refusal as refusal:
        return _page(refusal), refusal.status
    remember(entered.actor, entered.token)
    response = redirect(next_step(), 303)
    remember_device(response, known, entered.actor.user_id)
    return response


def next_step() -> str:
    """The people come in by CSV, where there is an administrator's page for it."""
    return url_for(IMPORTS) if IMPORTS in current_app.view_functions else HOME


def _page(refusal: Refusal | None = None) -> str:
    if not setting_up.is_first_run():
        raise NotFound
    return render_template("auth/first_run.html", refusal=refusal, given=request.form, needs_code=setting_up.needs_code())
