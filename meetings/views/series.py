"""A body that meets again and again: its days are shown, and those that were chosen are planned in one act."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel.errors import Forbidden
from groupware.kernel.holidays import is_closed
from meetings.commands.sittings import plan_series as plan
from meetings.permissions import can_plan
from meetings.queries.bodies import seat_for
from meetings.queries.sittings import days_taken, last_of
from meetings.recurring import RHYTHMS
from meetings.series_drafts import MOST, RhythmDraft, SeriesDraft
from meetings.views.reading import blueprint


@blueprint.get("/bodies/<int:body_id>/series/new")
def new_series(body_id: int) -> str:
    """?first_on=&rhythm=&times=: shows the days."""
    seat = seat_for(current_user, body_id)
    if not can_plan(current_user, seat):
        raise Forbidden
    asked = RhythmDraft.parse(request.args) if request.args.get("first_on") else None
    closed = {day for day in asked.days if is_closed(day)} if asked else set()
    return render_template("meetings/series.html", title="続けて計画する", seat=seat, asked=asked, rhythms=RHYTHMS, most=MOST,
                           last=last_of(seat.body), closed=closed, taken=days_taken(seat.body))


@blueprint.post("/bodies/<int:body_id>/series")
def plan_series(body_id: int) -> Response:
    plan(current_user, body_id, SeriesDraft.parse(request.form))
    return redirect(url_for("meetings.body", body_id=body_id), 303)
