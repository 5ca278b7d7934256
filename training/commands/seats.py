"""Deeds about a seat: asked for, permitted, lined up, taken, given back; and what came of it."""
from collections.abc import Sequence

from sqlalchemy import bindparam, select

from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict, Invalid, NotFound
from groupware.kernel.flow import Step
from training.commands.learning import complete
from training.events.courses import SeatMoved
from training.flows.courses import MARKS, SEAT
from training.forms.courses import Mark
from training.models.courses import BY_SITTING, CALLING, COMING, COMPLETED, WAITING, Seat, SeatStep, Sitting
from training.permissions.courses import Courses, HeldSeat, Kept
from training.queries.courses import AHEAD, in_line, kept_for, room_of, seat_for, state_of

JOINING = {"apply", "name", "permit"}
BY_SYSTEM = frozenset({"system"})


@command(Courses.JOIN, on=seat_for)
def move_seat(actor: Actor, held: HeldSeat, act: str, reason: str = "") -> int:
    """Raises Forbidden, Conflict, or Invalid where something is missing."""
    step = SEAT.step(state_of(held), act, held.parts)
    step.want(reason)
    _check_time(held, act)
    seat = held.seat or _new_seat(held)
    put(actor, seat, step, reason)
    if step.after == COMPLETED:
        day = held.sitting.starts_at.astimezone(clock.JST).date()
        complete(actor, held.course, held.user_id, day, BY_SITTING, held.sitting.id)
    if act not in MARKS:
        fill(held.sitting)
    return seat.id


@command(Courses.KEEP, on=kept_for)
def mark_seats(actor: Actor, kept: Kept, marks: Sequence[Mark]) -> None:
    """What came of it, for many at once; all or nothing."""
    for mark in marks:
        seat = db.session.get(Seat, mark.seat_id)
        if seat is None or seat.sitting_id != kept.sitting.id:
            raise NotFound
        move_seat(actor, (kept.sitting.id, seat.user_id), mark.act, mark.reason)


def put(by: Actor, seat: Seat, step: Step, reason: str) -> None:
    """The one place where a seat changes."""
    seat.state, seat.changed_at = step.after, clock.now()
    if step.after == WAITING:
        seat.lined_up_at = clock.now()
    db.session.add(SeatStep.by(by, step, reason, seat_id=seat.id))
    record(by, SeatMoved(seat.id, step.act, step.after, seat.user_id))


def fill(sitting: Sitting) -> None:
    """Whoever has waited longest gets what is free. The sitting is held, so that two never get the last seat."""
    db.hold(select(Sitting.id).where(Sitting.id == bindparam("sitting")).with_for_update(), {"sitting": sitting.id})
    db.unit().flush()
    free = room_of(sitting).free
    for seat in in_line(sitting.id)[:free]:
        put(SYSTEM, seat, SEAT.step(seat.state, "seat", BY_SYSTEM), "")


def _check_time(held: HeldSeat, act: str) -> None:
    sitting, begun = held.sitting, held.sitting.starts_at <= clock.now()
    if sitting.state not in AHEAD:
        raise Conflict("この開催は、もう終わったか中止されました。")
    if act in MARKS and not begun:
        raise Invalid("まだ始まっていません。結果は、始まってから付けられます。")
    if act not in MARKS and begun:
        raise Conflict("もう始まっているため、申込や取りやめはできません。")
    if act in JOINING and "keeper" not in held.parts:
        _check_open(held, act)


def _check_open(held: HeldSeat, act: str) -> None:
    """What was asked for in time may be permitted until it begins."""
    sitting = held.sitting
    if act != "permit" and (sitting.state != CALLING or clock.today() > sitting.closes_on):
        raise Conflict("申込は締め切られました。")
    elsewhere = select(Seat.id).join(Sitting, Sitting.id == Seat.sitting_id).where(
        Seat.user_id == held.user_id, Seat.state.in_(COMING), Sitting.course_id == held.course.id, Sitting.state.in_(AHEAD), Sitting.id != sitting.id)
    if act != "permit" and db.session.scalar(elsewhere.limit(1)):
        raise Conflict("同じ研修のほかの回に申し込んでいます。先にそちらを取りやめてください。")


def _new_seat(held: HeldSeat) -> Seat:
    seat = Seat(sitting_id=held.sitting.id, user_id=held.user_id, unit_id=held.section_id, state="", changed_at=clock.now())
    db.session.add(seat)
    db.session.flush()
    return seat
