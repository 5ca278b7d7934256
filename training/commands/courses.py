"""Deeds of whoever keeps a course: made, changed, held, called off, its results settled."""
from collections.abc import Iterable

from sqlalchemy import delete

from groupware.files.commands import attach_files, detach_files
from groupware.files.queries import files_of
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict, Invalid
from training.commands.duties import enrol, settle_duties
from training.commands.seats import fill, put
from training.events.courses import CourseChanged, CourseMade, CourseRetired, SittingChanged, SittingMoved, SittingPlanned
from training.flows.courses import SEAT, SITTING
from training.forms.courses import CourseDraft, SittingDraft
from training.models.courses import APPLIED, ATTENDED, BOOKED, COMING, OFFERED, RETIRED, WAITING, Aim, Course, Seat, Sitting
from training.permissions.courses import Courses, Kept
from training.queries.courses import AHEAD, course_for, kept_for, room_of

KEEPER = frozenset({"keeper"})
BY_SYSTEM = frozenset({"system"})


@command(Courses.PLAN)
def make_course(actor: Actor, draft: CourseDraft) -> int:
    course = Course(title=draft.title, about=draft.about, way=draft.way, owner_id=draft.owner_id or actor.user_id, created_at=clock.now(),
                    changed_at=clock.now())
    db.session.add(course)
    _fill_in(actor, course, draft)
    enrol(course, course.due_on)
    record(actor, CourseMade(course.id))
    return course.id


@command(Courses.KEEP, on=course_for)
def change_course(actor: Actor, course: Course, draft: CourseDraft) -> None:
    course.title, course.about, course.way, course.changed_at = draft.title, draft.about, draft.way, clock.now()
    if draft.owner_id:
        course.owner_id = draft.owner_id
    _fill_in(actor, course, draft)
    enrol(course, course.due_on)
    settle_duties(course)
    record(actor, CourseChanged(course.id))


@command(Courses.KEEP, on=course_for)
def retire_course(actor: Actor, course: Course) -> None:
    """Or bring it back. What was completed stays; nobody must take what is retired."""
    course.state, course.changed_at = (OFFERED if course.state == RETIRED else RETIRED), clock.now()
    record(actor, CourseRetired(course.id, course.state == RETIRED))


@command(Courses.KEEP, on=course_for)
def plan_sitting(actor: Actor, course: Course, draft: SittingDraft) -> int:
    if course.state == RETIRED:
        raise Conflict("やめた研修の開催は決められません。研修を戻してから決めてください。")
    sitting = Sitting(course_id=course.id)
    _place(sitting, draft)
    db.session.add(sitting)
    db.session.flush()
    record(actor, SittingPlanned(sitting.id))
    return sitting.id


@command(Courses.KEEP, on=kept_for)
def change_sitting(actor: Actor, kept: Kept, draft: SittingDraft) -> None:
    """A larger room lets those in who wait; a smaller one puts nobody out."""
    if kept.sitting.state not in AHEAD:
        raise Conflict("終わった開催や中止した開催は改められません。")
    taken = room_of(kept.sitting).taken
    if draft.capacity is not None and draft.capacity < taken:
        raise Invalid(capacity=f"もう{taken}人の席が決まっています。それより少なくはできません。")
    _place(kept.sitting, draft)
    fill(kept.sitting)
    record(actor, SittingChanged(kept.sitting.id))


@command(Courses.KEEP, on=kept_for)
def move_sitting(actor: Actor, kept: Kept, act: str, reason: str = "") -> None:
    """Raises Conflict, or Invalid where something is missing."""
    sitting, step = kept.sitting, SITTING.step(kept.sitting.state, act, KEEPER)
    step.want(reason, "中止のわけを書いてください。申し込んだ人に伝わります。")
    if act == "settle":
        _settle(sitting)
    if act == "cancel":
        sitting.reason = reason
        _put_all(sitting, COMING, "call-off", reason)
    sitting.state, sitting.changed_at = step.after, clock.now()
    record(actor, SittingMoved(sitting.id, act, step.after))


def _settle(sitting: Sitting) -> None:
    if sitting.starts_at > clock.now():
        raise Invalid("まだ始まっていません。終わってから、結果を確定してください。")
    left = len(_seats(sitting, (BOOKED, ATTENDED)))
    if left:
        raise Invalid(f"結果の決まっていない人が{left}人います。全員の結果を選んでから確定してください。")
    _put_all(sitting, (APPLIED, WAITING), "lapse", "")


def _put_all(sitting: Sitting, states: Iterable[str], act: str, reason: str) -> None:
    for seat in _seats(sitting, states):
        put(SYSTEM, seat, SEAT.step(seat.state, act, BY_SYSTEM), reason)


def _seats(sitting: Sitting, states: Iterable[str]) -> list[Seat]:
    return db.session.query(Seat).filter(Seat.sitting_id == sitting.id, Seat.state.in_(tuple(states))).order_by(Seat.id).all()


def _place(sitting: Sitting, draft: SittingDraft) -> None:
    for name in ("starts_at", "ends_at", "place", "teacher", "capacity", "closes_on"):
        setattr(sitting, name, getattr(draft, name))
    sitting.changed_at = clock.now()


def _fill_in(actor: Actor, course: Course, draft: CourseDraft) -> None:
    course.minutes, course.months, course.due_on = draft.minutes, draft.months, draft.due_on
    db.session.flush()
    db.session.execute(delete(Aim).where(Aim.course_id == course.id))
    db.session.add_all(Aim(course_id=course.id, part=part, who=who) for part, who in draft.parts)
    _hang(actor, course, set(draft.files))
    db.session.flush()


def _hang(actor: Actor, course: Course, wanted: set[str]) -> None:
    here = {file.id for files in files_of([course.ref]).values() for file in files}
    if here - wanted:
        detach_files(actor, sorted(here - wanted), course.ref)
    if wanted - here:
        attach_files(actor, sorted(wanted - here), course.ref)
