"""What a team means to reach by when, and what it has decided."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel import clock
from groupware.kernel.errors import Forbidden
from groupware.kernel.ref import Ref
from groupware.kernel.things import card_for, cards_for
from teams.commands import plans as deeds
from teams.forms import DecisionDraft, MilestoneDraft
from teams.permissions import can_work
from teams.queries.plans import PAGE, decisions_from, decisions_of, milestone_for, milestones_of
from teams.queries.tasks import inside_for
from teams.tabs import framed
from teams.views.teams import blueprint
from teams.views.which import to_its_form


@blueprint.get("/<int:team_id>/plans")
def plans(team_id: int) -> str:
    held, page = inside_for(current_user, team_id), request.args.get("page", 1, type=int)
    found, total = decisions_of(held.team, page)
    sources = cards_for(current_user, [Ref.parse(each.decision.about) for each in found if each.decision.about])
    return render_template("teams/plans.html", title=f"{held.team.name}の節目と決定", milestones=milestones_of(held.team), decisions=found,
                           total=total, page=page, pages=-(-total // PAGE), sources={str(ref): card for ref, card in sources.items()}, **framed(held))


@blueprint.get("/<int:team_id>/milestones/new")
def new_milestone(team_id: int) -> str:
    held = inside_for(current_user, team_id)
    if not can_work(current_user, held):
        raise Forbidden("このチームには、いま節目を加えられません。")
    return render_template("teams/milestone_form.html", title="節目を加える", milestone=None, **framed(held))


@blueprint.post("/<int:team_id>/milestones")
def set_milestone(team_id: int) -> Response:
    deeds.set_milestone(current_user, team_id, MilestoneDraft.parse(request.form))
    return _to(team_id)


@blueprint.get("/milestones/<int:milestone_id>")
def editing_milestone(milestone_id: int) -> str:
    held = milestone_for(current_user, milestone_id)
    if not can_work(current_user, held):
        raise Forbidden("このチームの節目は、いま書きかえられません。")
    return render_template("teams/milestone_form.html", title="節目を書き直す", milestone=held.milestone, **framed(held))


@blueprint.post("/milestones/<int:milestone_id>")
def change_milestone(milestone_id: int) -> Response:
    deeds.change_milestone(current_user, milestone_id, MilestoneDraft.parse(request.form))
    return _to(milestone_for(current_user, milestone_id).team.id)


@blueprint.post("/milestones/<int:milestone_id>/state")
def reach_milestone(milestone_id: int) -> Response:
    deeds.reach_milestone(current_user, milestone_id, reached=request.form.get("reached") == "1")
    return _to(milestone_for(current_user, milestone_id).team.id)


@blueprint.post("/milestones/<int:milestone_id>/removal")
def drop_milestone(milestone_id: int) -> Response:
    team_id = milestone_for(current_user, milestone_id).team.id
    deeds.drop_milestone(current_user, milestone_id)
    return _to(team_id)


@blueprint.get("/<int:team_id>/decisions/new")
def new_decision(team_id: int) -> str:
    """?about=: the paragraph in which it stands; ?instead_of=: the number whose place it takes."""
    held, about = inside_for(current_user, team_id), request.args.get("about", "")
    if not can_work(current_user, held):
        raise Forbidden("このチームには、いま決定を載せられません。")
    return render_template("teams/decision_form.html", title="決定を載せる", card=card_for(current_user, Ref.parse(about)) if about else None,
                           noted=decisions_from(held.team, about) if about else [], instead_of=request.args.get("instead_of", 0, type=int),
                           today=clock.today(), **framed(held))


@blueprint.get("/decisions/new")
def decision_from() -> Response | str:
    return to_its_form("teams.new_decision", "チームの決定に載せる", "どのチームの決定にしますか")


@blueprint.post("/<int:team_id>/decisions")
def note_decision(team_id: int) -> Response:
    number = deeds.note_decision(current_user, team_id, DecisionDraft.parse(request.form))
    return redirect(url_for("teams.plans", team_id=team_id, _anchor=f"d-{number}"), 303)


def _to(team_id: int) -> Response:
    return redirect(url_for("teams.plans", team_id=team_id), 303)
