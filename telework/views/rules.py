"""The city's rules: read and changed by whoever keeps them."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries.lists import staff_kinds
from groupware.kernel.errors import Invalid
from groupware.kernel.permissions import authorize
from telework.commands.applications import change_rules
from telework.permissions import Telework
from telework.queries.applications import rules_before, rules_in_force
from telework.rules import EXCLUDED, REASONS, REPORTS, TRIPS, Rules
from telework.telling import sentences_of
from telework.views.places import blueprint


@blueprint.get("/rules")
def rules() -> str:
    authorize(current_user, Telework.RULE)
    before = [(row, sentences_of(Rules.of(row.content))) for row in rules_before()]
    return render_template("telework/rules.html", title="テレワークのきまり", rules=rules_in_force(), kinds=[(each, each) for each in _kinds()],
                           excluded=EXCLUDED, trips=TRIPS, reports=REPORTS, reasons=REASONS, before=before)


@blueprint.post("/rules")
def rule() -> Response:
    chosen = tuple(request.form.getlist("kinds"))
    if not set(chosen) <= set(_kinds()):
        raise Invalid(kinds="区分を選び直してください。")
    change_rules(current_user, Rules.parse(request.form, chosen))
    return redirect(url_for("telework.rules"), 303)


def _kinds() -> list[str]:
    """Of those who may ask, and what the rules name already."""
    return list(dict.fromkeys([*(kind.name for kind in staff_kinds() if not kind.outside), *rules_in_force().limited_kinds]))
