"""A sitting: planned, who comes, what came of it."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel import clock
from groupware.kernel.errors import NotFound
from groupware.kernel.given import line, number, words
from groupware.kernel.permissions import authorize
from training.commands import courses as deeds
from training.commands.seats import mark_seats, move_seat
from training.flows.courses import MARKS, SEAT, SITTING
from training.forms.courses import SittingDraft, marks
from training.models.courses import BOOKED, CALLING, SEATS, SITTINGS, SeatStep
from training.permissions.courses import Courses, HeldSeat, Kept, heads_of, keeps
from training.queries.courses import AHEAD, Taking, course_for, kept_for, room_of, seat_for, state_of, steps_of, takings
from training.queries.surveys import is_open, survey_beside
from training.views.learning import blueprint


@blueprint.get("/courses/<int:course_id>/sittings/new")
def new_sitting(course_id: int) -> str:
    course = course_for(current_user, course_id)
    authorize(current_user, Courses.KEEP, course)
    return render_template("training/sitting_form.html", title="開催を決める", course=course, sitting=None)


@blueprint.post("/courses/<int:course_id>/sittings")
def plan_sitting(course_id: int) -> Response:
    made = deeds.plan_sitting(current_user, course_id, SittingDraft.parse(request.form))
    return redirect(url_for("training.sitting", sitting_id=made), 303)


@blueprint.get("/sittings/<int:sitting_id>")
def sitting(sitting_id: int) -> str:
    kept = kept_for(current_user, sitting_id)
    mine, seen, begun = _mine(sitting_id), takings(current_user, kept), kept.sitting.starts_at <= clock.now()
    keeper = keeps(current_user, kept.course)
    acts = [step for step in SITTING.open_to(kept.sitting.state, {"keeper"}) if begun or step.act != "settle"] if keeper else []
    return render_template(
        "training/sitting.html", title=f"{kept.course.title} {clock.wareki(kept.sitting.starts_at.astimezone(clock.JST).date())}", course=kept.course,
        sitting=kept.sitting, room=room_of(kept.sitting), keeper=keeper, mine=mine, my_state=state_of(mine) if mine else "", seat_words=SEATS,
        sitting_words=SITTINGS, takings=seen, begun=begun, ahead=kept.sitting.state in AHEAD, acts=acts,
        my_acts=_acts_on(state_of(mine), mine.parts & {"self"}, kept) if mine else [],
        rows=[(each, _acts_on(each.seat.state, each.parts, kept)) for each in seen], steps=_steps(seen), booked=BOOKED,
        marks=[(act, SEAT.step(BOOKED, act, {"keeper"}).words) for act in MARKS], heads=bool(heads_of(current_user)),
        surveyed=survey_beside(current_user, sitting_id), asking=is_open(kept.sitting))


@blueprint.get("/sittings/<int:sitting_id>/edit")
def editing_sitting(sitting_id: int) -> str:
    kept = kept_for(current_user, sitting_id)
    authorize(current_user, Courses.KEEP, kept)
    return render_template("training/sitting_form.html", title="開催を改める", course=kept.course, sitting=kept.sitting)


@blueprint.post("/sittings/<int:sitting_id>")
def change_sitting(sitting_id: int) -> Response:
    deeds.change_sitting(current_user, sitting_id, SittingDraft.parse(request.form))
    return redirect(url_for("training.sitting", sitting_id=sitting_id), 303)


@blueprint.post("/sittings/<int:sitting_id>/steps")
def move_sitting(sitting_id: int) -> Response:
    deeds.move_sitting(current_user, sitting_id, line(request.form, "act"), words(request.form, "reason"))
    return redirect(url_for("training.sitting", sitting_id=sitting_id), 303)


@blueprint.post("/sittings/<int:sitting_id>/seats")
def join(sitting_id: int) -> Response:
    """``person`` empty: oneself."""
    person = number(request.form, "person") or current_user.user_id
    move_seat(current_user, (sitting_id, person), line(request.form, "act"), words(request.form, "reason"))
    return redirect(url_for("training.sitting", sitting_id=sitting_id), 303)


@blueprint.post("/sittings/<int:sitting_id>/marks")
def mark(sitting_id: int) -> Response:
    mark_seats(current_user, sitting_id, marks(request.form))
    return redirect(url_for("training.sitting", sitting_id=sitting_id), 303)


def _mine(sitting_id: int) -> HeldSeat | None:
    """None for whoever sits nowhere."""
    try:
        return seat_for(current_user, (sitting_id, current_user.user_id))
    except NotFound:
        return None


def _acts_on(state: str, parts: frozenset[str], kept: Kept) -> list[tuple[str, str]]:
    """Before it begins; what came of it is marked for all at once. What is asked for, only while it is asked."""
    sitting = kept.sitting
    if sitting.starts_at <= clock.now() or sitting.state not in AHEAD:
        return []
    shut = sitting.state != CALLING or clock.today() > sitting.closes_on
    return [(step.act, step.words) for step in SEAT.open_to(state, parts) if step.act not in MARKS and not (shut and step.act == "apply")]


def _steps(seen: list[Taking]) -> dict[int, list[SeatStep]]:
    found: dict[int, list[SeatStep]] = {}
    for step in steps_of([each.seat.id for each in seen]):
        found.setdefault(step.seat_id, []).append(step)
    return found
