"""「施策に結び付ける」: an offer on things of other features."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from governance.commands.ties import tie_thing, untie_thing
from governance.permissions import can_tie
from governance.queries.roadmap import measures
from governance.queries.ties import chips, tie_for
from governance.views.plan import blueprint
from groupware.kernel.errors import Forbidden, Invalid
from groupware.kernel.ref import Ref
from groupware.kernel.things import card_for


@blueprint.get("/ties/new")
def new_tie() -> str:
    """?about="""
    about = Ref.parse(request.args.get("about", ""))
    if not can_tie(current_user, None):
        raise Forbidden
    return render_template("governance/tie.html", title="施策に結び付ける", card=card_for(current_user, about), measures=measures(),
                           tied=[chip.label for chip in chips([about]).get(about, [])])


@blueprint.post("/ties")
def tie() -> Response:
    about, code = Ref.parse(request.form.get("about", "")), request.form.get("measure", "")
    if not code:
        raise Invalid(measure="施策を一つ選んでください。")
    tie_thing(current_user, about, code)
    return redirect(card_for(current_user, about).url, 303)


@blueprint.post("/ties/<int:tie_id>/removal")
def untie(tie_id: int) -> Response:
    found = tie_for(current_user, tie_id)
    code = next((each.code for each in measures() if each.id == found.measure_id), "")
    untie_thing(current_user, tie_id)
    return redirect(url_for("governance.measure", code=code) if code else url_for("governance.index"), 303)
