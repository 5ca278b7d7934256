"""Who is in a team and was; whom 行政管理課 and who leads the work bring in and take out."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel import clock
from groupware.kernel.given import number
from teams.commands import people
from teams.forms import SeatDraft
from teams.models import ADVISER, LEADER, MEMBER, OWNER, ROLES
from teams.permissions import Held, can_seat, may_seat_as
from teams.queries import candidates, is_here, members_of, team_for
from teams.tabs import framed
from teams.views.teams import blueprint


@blueprint.get("/<int:team_id>/members")
def members(team_id: int) -> str:
    held = team_for(current_user, team_id)
    found, today = members_of(held.team), clock.today()
    here = [each for each in found if is_here(each, today)]
    seating = can_seat(current_user, held)
    return render_template("teams/members.html", title=f"{held.team.name}の構成員", here=here, gone=[each for each in found if each not in here],
                           roles=ROLES, seating=seating, seats=_seats(held) if seating else [], people={each.user_id for each in here},
                           candidates=candidates() if seating and may_seat_as(held, LEADER) else {}, **framed(held))


@blueprint.post("/<int:team_id>/members")
def seat(team_id: int) -> Response:
    people.seat_member(current_user, team_id, SeatDraft.parse(request.form))
    return _to_members(team_id)


@blueprint.post("/<int:team_id>/members/removal")
def unseat(team_id: int) -> Response:
    people.unseat_member(current_user, team_id, number(request.form, "person"))
    return _to_members(team_id)


def _seats(held: Held) -> list[tuple[str, str]]:
    return [(role, ROLES[role]) for role in (MEMBER, OWNER, LEADER, ADVISER) if may_seat_as(held, role)]


def _to_members(team_id: int) -> Response:
    return redirect(url_for("teams.members", team_id=team_id), 303)
