"""How teams go from week to week: of one team, and of all beside one another."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel import clock
from teams.commands import checkins as deeds
from teams.forms import WORKING_DAYS, CheckinDraft, weekday
from teams.models.checkins import KINDS, PULSES, SIGNS, week_of
from teams.permissions import can_check_in
from teams.queries import unit_names
from teams.queries.checkins import PAGE, WEEKS, checkins_of, pulse_page_for
from teams.queries.tasks import inside_for
from teams.tabs import framed
from teams.views.teams import blueprint

WORDS = {"pulses": PULSES, "kinds": KINDS, "signs": SIGNS}


@blueprint.get("/<int:team_id>/checkins")
def checkins(team_id: int) -> str:
    held, page = inside_for(current_user, team_id), request.args.get("page", 1, type=int)
    found, total = checkins_of(held.team, page)
    this_week = week_of(clock.today())
    return render_template("teams/checkins.html", title=f"{held.team.name}の週の一言", said=found, total=total, page=page, pages=-(-total // PAGE),
                           now=held.word if held.word and held.word.week == this_week else None, may_say=can_check_in(current_user, held),
                           days=[(number, f"{clock.WEEKDAYS[number]}曜日") for number in range(WORKING_DAYS)], **WORDS, **framed(held))


@blueprint.post("/<int:team_id>/checkins")
def give_checkin(team_id: int) -> Response:
    deeds.give_checkin(current_user, team_id, CheckinDraft.parse(request.form))
    return _to(team_id)


@blueprint.post("/<int:team_id>/checkins/day")
def choose_day(team_id: int) -> Response:
    deeds.choose_day(current_user, team_id, weekday(request.form))
    return _to(team_id)


@blueprint.get("/checkins")
def pulse() -> str:
    """All teams at work beside one another."""
    found = pulse_page_for(current_user)
    return render_template("teams/pulse.html", title="チームの週の一言", rows=found, names=unit_names(), shown=WEEKS,
                           missing=[each for each in found if each.missing], days=clock.WEEKDAYS, **WORDS)


def _to(team_id: int) -> Response:
    return redirect(url_for("teams.checkins", team_id=team_id), 303)
