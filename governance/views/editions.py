"""Editions of the plan: what they change, and how far their revision has come."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from governance.commands import plan as deeds
from governance.flows import EDITION
from governance.forms import MOST_BYTES, PlanDraft
from governance.models.plan import IN_FORCE, STATES
from governance.permissions import can_draft, edition_parts
from governance.plan import Plan
from governance.queries.plan import current_plan, edition_numbered, impact_of
from governance.queries.plan import editions as all_editions
from governance.views.plan import blueprint
from groupware.kernel.errors import Invalid
from groupware.kernel.given import day, words


@blueprint.get("/editions")
def editions() -> str:
    return render_template("governance/editions.html", title="計画の版", editions=all_editions(current_user), states=STATES,
                           may_draft=can_draft(current_user, None))


@blueprint.post("/editions")
def draft() -> Response:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Invalid(file="計画のファイルを選んでください。")
    edition_id = deeds.draft_revision(current_user, PlanDraft.parse(sent.stream.read(MOST_BYTES + 1), words(request.form, "reason")))
    return redirect(url_for("governance.editions", _anchor=f"e{edition_id}"), 303)


@blueprint.get("/editions/<int:number>/revision")
def revision(number: int) -> str:
    """What it changes, and the acts that are open to whoever looks."""
    edition = edition_numbered(current_user, number)
    impact = impact_of(current_plan(), Plan(edition.content)) if edition.state != IN_FORCE else None
    steps = [step for step in EDITION.open_to(edition.state, edition_parts(current_user, edition)) if step.by != {"system"}]
    return render_template("governance/revision.html", title=f"第{number}版の改訂", edition=edition, impact=impact, steps=steps, states=STATES)


@blueprint.post("/editions/<int:number>/revision")
def move(number: int) -> Response:
    edition = edition_numbered(current_user, number)
    deeds.move_edition(current_user, edition.id, request.form.get("act", ""), words(request.form, "reason"), day(request.form, "from_day"))
    return redirect(url_for("governance.revision", number=number), 303)
