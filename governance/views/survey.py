"""概況: one A4 page for the CIO and 行政管理課; and how reports are asked for and rated."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from governance.commands.evaluations import change_ruling
from governance.forms.papers import ruling as read_ruling
from governance.permissions import can_keep
from governance.queries.overview import overview, stuck
from governance.queries.papers import ruling_in_force
from governance.queries.plan import current_plan
from governance.rating import EVERY, REMINDED
from governance.views.plan import NONE_YET, blueprint
from groupware.kernel import clock
from groupware.kernel.errors import Forbidden, NotFound
from groupware.kernel.ports import leader_coverage

MOST_STUCK = 14


@blueprint.get("/survey")
def survey() -> str:
    """What is stuck and what waits for a decision: of what whoever looks may see."""
    plan = current_plan()
    if plan is None:
        raise NotFound(NONE_YET)
    waiting, over = stuck(current_user), overview(current_user)
    late = [line for line in over.lines if line.late and any(cell.opens and cell.report is line.late for cell in line.cells)]
    return render_template(
        "governance/survey.html", title="概況", plan=plan, over=over, late=late, decisions=[each for each in waiting if each.decides],
        stuck=[each for each in waiting if not each.decides][:MOST_STUCK], more=max(0, sum(not each.decides for each in waiting) - MOST_STUCK),
        unled=[line for line in over.lines if not line.units], unmeasured=[line for line in over.lines if not line.indicators],
        coverage=leader_coverage().covered(current_user), at=clock.now())


@blueprint.get("/settings")
def settings() -> str:
    if not can_keep(current_user, None):
        raise Forbidden
    return render_template("governance/settings.html", title="報告の決まり", ruling=ruling_in_force(), every=EVERY, reminded=REMINDED)


@blueprint.post("/settings")
def change_settings() -> Response:
    change_ruling(current_user, read_ruling(request.form))
    return redirect(url_for("governance.settings"), 303)
