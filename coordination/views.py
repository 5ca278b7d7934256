"""Matters between teams: the list, one of them, raising and leading on."""
from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from coordination import commands as deeds
from coordination.flows import MATTER
from coordination.forms import MatterDraft, MoveDraft
from coordination.models import ANSWERS, OPEN, SETTLED, STATES, WAY, WITHDRAWN
from coordination.permissions import Coordination, can_move, leads_of
from coordination.queries import matter_for, matters, steps_of
from groupware.directory.queries import sections_of, unit_tree
from groupware.kernel.permissions import authorize
from groupware.kernel.ports import plan_measures, team_roll
from groupware.kernel.ref import Ref
from groupware.kernel.things import cards_for

blueprint = Blueprint("coordination", __name__, url_prefix="/coordination", template_folder="templates", static_folder="static/coordination",
                      static_url_path="/static")


@blueprint.get("")
def index() -> str:
    """?ended=1: those that are settled."""
    ended = bool(request.args.get("ended"))
    rows = matters(current_user, (SETTLED, WITHDRAWN) if ended else OPEN)
    return render_template("coordination/index.html", title="調整事項", rows=rows, ended=ended,
                           states=STATES, may_raise=bool(leads_of(current_user)))


@blueprint.get("/new")
def new() -> str:
    """?about=teams.team:5: the team that raises it."""
    authorize(current_user, Coordination.RAISE)
    mine = leads_of(current_user)
    return render_template("coordination/new.html", title="調整事項を出す", mine=mine, chosen=request.args.get("about", ""),
                           others=team_roll().running(), units=_units(), measures=plan_measures().all())


@blueprint.post("")
def raise_one() -> Response:
    return _to(deeds.raise_matter(current_user, MatterDraft.parse(request.form)))


@blueprint.get("/<int:matter_id>")
def matter(matter_id: int) -> str:
    held = matter_for(current_user, matter_id)
    steps = MATTER.open_to(held.matter.state, held.parts) if can_move(current_user, held) else []
    history = steps_of(held.matter)
    teams = cards_for(current_user, [Ref.parse(each) for each in (held.matter.from_team, held.matter.to_team) if each])
    sources = cards_for(current_user, [Ref.parse(step.source) for step in history if step.source])
    return render_template("coordination/matter.html", title=held.matter.title, matter=held.matter, states=STATES, way=WAY, answers=ANSWERS,
                           acts={step.act: step for step in steps}, simple=[step for step in steps if step.act != "settle"],
                           teams={str(ref): card for ref, card in teams.items()}, history=history,
                           sources=sources.values())


@blueprint.post("/<int:matter_id>/steps")
def move(matter_id: int) -> Response:
    deeds.move_matter(current_user, matter_id, MoveDraft.parse(request.form))
    return _to(matter_id)


def _units() -> list[tuple[str, list[tuple[int, str]]]]:
    """部 by 部, for a select."""
    tree = unit_tree()
    own = sections_of(node.id for root in tree for node in root.walk())
    alone = {unit for unit, section in own.items() if unit == section}
    return [(node.name, [(each.id, each.name) for each in node.walk() if each.id in alone]) for root in tree for node in root.children]


def _to(matter_id: int) -> Response:
    return redirect(url_for("coordination.matter", matter_id=matter_id), 303)
