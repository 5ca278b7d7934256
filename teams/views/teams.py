"""The list of teams, each one's first page, and how it is led on."""
from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries import sections_of, standing_of, unit_tree
from groupware.kernel.errors import Forbidden
from groupware.kernel.given import words
from groupware.kernel.permissions import authorize
from groupware.kernel.ports import approval_desk
from groupware.kernel.things import cards_for
from teams.commands import life
from teams.flows import TEAM
from teams.forms import CharterDraft
from teams.models import ARCHIVED, ASKING, DISSOLVED, DROPPED, ROLES, STATES, WAY
from teams.models.checkins import KINDS, PULSES, SIGNS
from teams.models.tasks import COLUMNS
from teams.permissions import Teams, can_convene, can_look_in, can_move, can_oversee, can_propose
from teams.queries import around, partners_of, rows, steps_of, team_for, unit_names
from teams.queries.tasks import crew_of
from teams.tabs import concerns, framed

blueprint = Blueprint("teams", __name__, url_prefix="/teams", template_folder="../templates", static_folder="../static/teams",
                      static_url_path="/static")
ENDED = (DISSOLVED, ARCHIVED, DROPPED)
SIMPLE = {"write", "ask", "report"}         # acts with a form of their own


@blueprint.get("")
def index() -> str:
    """?ended=1: those that have ended."""
    ended = bool(request.args.get("ended"))
    shown = rows(current_user, [state for state in STATES if (state in ENDED) == ended])
    return render_template("teams/index.html", title="DX推進チーム", rows=shown, ended=ended, states=STATES, roles=ROLES, names=unit_names(),
                           may_propose=can_propose(current_user, None), may_oversee=can_oversee(current_user, None),
                           may_convene=can_convene(current_user, None))


@blueprint.get("/new")
def new() -> str:
    authorize(current_user, Teams.PROPOSE)
    return render_template("teams/charter.html", title="チームの発足を提案する", team=None, names=unit_names(), mine=_section(), partners=[],
                           tree=unit_tree())


@blueprint.post("")
def propose() -> Response:
    return _to(life.propose_team(current_user, CharterDraft.parse(request.form)))


@blueprint.get("/<int:team_id>")
def team(team_id: int) -> str:
    held = team_for(current_user, team_id)
    steps = TEAM.open_to(held.team.state, held.parts) if can_move(current_user, held) else []
    beside = around(held.team)
    return render_template(
        "teams/team.html", title=held.team.name, here=crew_of(held.team), way=WAY, roles=ROLES, partners=beside.partners,
        doors=cards_for(current_user, beside.opened).values(),
        steps=[step for step in steps if step.act not in SIMPLE], acts={step.act for step in steps}, deciders=life.DECIDERS,
        counts=beside.tasks if can_look_in(current_user, held) else {}, columns=COLUMNS, pulses=PULSES, signs=SIGNS, kinds=KINDS,
        asked=approval_desk().standing(held.team.ref) if held.team.state == ASKING else None, **framed(held))


@blueprint.get("/<int:team_id>/steps")
def steps(team_id: int) -> str:
    """What was said on the way is for those it concerns."""
    held = team_for(current_user, team_id)
    if not concerns(held):
        raise Forbidden
    return render_template("teams/steps.html", title=f"{held.team.name}の経緯", history=steps_of(held.team), **framed(held))


@blueprint.get("/<int:team_id>/charter")
def charter(team_id: int) -> str:
    held = team_for(current_user, team_id)
    if "write" not in {step.act for step in TEAM.open_to(held.team.state, held.parts)}:
        raise Forbidden("いまは書きかえられません。")
    return render_template("teams/charter.html", title="チームの定めを書く", team=held.team, names=unit_names(), mine=held.team.unit_id,
                           partners=partners_of(held.team), tree=unit_tree())


@blueprint.post("/<int:team_id>/charter")
def write(team_id: int) -> Response:
    life.write_charter(current_user, team_id, CharterDraft.parse(request.form))
    return _to(team_id)


@blueprint.post("/<int:team_id>/steps")
def move(team_id: int) -> Response:
    life.move_team(current_user, team_id, request.form.get("act", ""), words(request.form, "reason"))
    return _to(team_id)


@blueprint.post("/<int:team_id>/report")
def report(team_id: int) -> Response:
    life.report_done(current_user, team_id, words(request.form, "report"))
    return _to(team_id)


@blueprint.post("/<int:team_id>/approval")
def ask(team_id: int) -> Response:
    life.ask_approval(current_user, team_id, request.form.get("decider", ""))
    return _to(team_id)


def _section() -> int | None:
    """The 課 that one sits in."""
    seats = [int(each.partition(":")[2]) for each in standing_of(current_user).circles if each.startswith("unit:")]
    return next(iter(sections_of(seats).values()), None) if seats else None


def _to(team_id: int) -> Response:
    return redirect(url_for("teams.team", team_id=team_id), 303)
