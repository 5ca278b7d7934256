"""The list of teams, each one's page, and what is done with it."""
from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries import sections_of, standing_of, unit_tree
from groupware.kernel import clock
from groupware.kernel.errors import Forbidden
from groupware.kernel.permissions import authorize
from groupware.kernel.ports import approval_desk
from groupware.kernel.things import cards_for
from teams.commands import life, people
from teams.flows import TEAM
from teams.forms import CharterDraft, SeatDraft, number, reason, words
from teams.models import ADVISER, ARCHIVED, ASKING, DISSOLVED, DROPPED, LEADER, MEMBER, OWNER, ROLES, STATES, WAY
from teams.permissions import Held, Teams, can_move, can_propose, can_seat, may_seat_as
from teams.queries import candidates, is_here, members_of, partners_of, places_of, rows, steps_of, team_for, unit_names

blueprint = Blueprint("teams", __name__, url_prefix="/teams", template_folder="templates", static_folder="static/teams", static_url_path="/static")
ENDED = (DISSOLVED, ARCHIVED, DROPPED)
SIMPLE = {"write", "ask", "report"}         # acts with a form of their own


@blueprint.get("")
def index() -> str:
    """?ended=1: those that have ended."""
    ended = bool(request.args.get("ended"))
    shown = rows(current_user, [state for state in STATES if (state in ENDED) == ended])
    return render_template("teams/index.html", title="DX推進チーム", rows=shown, ended=ended, states=STATES, roles=ROLES, names=unit_names(),
                           may_propose=can_propose(current_user, None))


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
    found, today = members_of(held.team), clock.today()
    here = [each for each in found if is_here(each, today)]
    steps = TEAM.open_to(held.team.state, held.parts) if can_move(current_user, held) else []
    doors = cards_for(current_user, [place.ref for place in places_of(held.team)])
    seating = can_seat(current_user, held)
    return render_template(
        "teams/team.html", title=held.team.name, team=held.team, held=held, here=here, gone=[each for each in found if each not in here],
        states=STATES, way=WAY, roles=ROLES, names=unit_names(), partners=partners_of(held.team), doors=doors.values(), history=_history(held),
        steps=[step for step in steps if step.act not in SIMPLE], acts={step.act for step in steps}, deciders=life.DECIDERS,
        seating=seating, seats=_seats(held) if seating else [], people={each.user_id for each in here},
        candidates=candidates() if seating and may_seat_as(held, LEADER) else {},
        asked=approval_desk().standing(held.team.ref) if held.team.state == ASKING else None)


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
    life.move_team(current_user, team_id, request.form.get("act", ""), reason(request.form))
    return _to(team_id)


@blueprint.post("/<int:team_id>/report")
def report(team_id: int) -> Response:
    life.report_done(current_user, team_id, words(request.form, "report"))
    return _to(team_id)


@blueprint.post("/<int:team_id>/approval")
def ask(team_id: int) -> Response:
    life.ask_approval(current_user, team_id, request.form.get("decider", ""))
    return _to(team_id)


@blueprint.post("/<int:team_id>/members")
def seat(team_id: int) -> Response:
    people.seat_member(current_user, team_id, SeatDraft.parse(request.form))
    return _to(team_id, "members")


@blueprint.post("/<int:team_id>/members/removal")
def unseat(team_id: int) -> Response:
    people.unseat_member(current_user, team_id, number(request.form.get("person"), "person"))
    return _to(team_id, "members")


def _seats(held: Held) -> list[tuple[str, str]]:
    return [(role, ROLES[role]) for role in (MEMBER, OWNER, LEADER, ADVISER) if may_seat_as(held, role)]


def _history(held: Held) -> list[object]:
    """What was said on the way is for those it concerns."""
    return list(steps_of(held.team)) if held.role or held.parts else []


def _section() -> int | None:
    """The 課 that one sits in."""
    seats = [int(each.partition(":")[2]) for each in standing_of(current_user).circles if each.startswith("unit:")]
    return next(iter(sections_of(seats).values()), None) if seats else None


def _to(team_id: int, anchor: str | None = None) -> Response:
    return redirect(url_for("teams.team", team_id=team_id, _anchor=anchor), 303)
