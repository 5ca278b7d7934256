"""Deeds about what somebody must take: followed as the organisation moves, excused, and those missing reminded."""
from datetime import date, timedelta

from sqlalchemy import exists, insert, literal, or_, select, update

from groupware.directory.queries import main_unit, people_cards
from groupware.directory.queries.aims import reached_by
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Invalid, TooMany
from groupware.kernel.holidays import is_working_time
from training.events.courses import DutiesFollowed, DutyExcused, MissingChased
from training.models.courses import Course
from training.models.duties import DEPARTED, DISABLED, OUT, Chasing, Duty
from training.permissions.courses import Courses, Watched
from training.queries.courses import course_for, parts_of_course
from training.queries.duties import duty_for, missing, watched_for

GRACE = timedelta(days=30)      # for whoever comes into it later
GAP = timedelta(hours=20)       # between two reminders of the same thing to the same person, whoever sends them


@command(Courses.FOLLOW, on=course_for)
def follow_rule(actor: Actor, course: Course) -> None:
    """Whoever has come must take it too, whoever has gone is not counted, whoever moved counts where they sit."""
    due_on = max(course.due_on, clock.today() + GRACE) if course.due_on else None
    come = enrol(course, due_on, late=True)
    gone, moved = settle_duties(course)
    if not (come or gone or moved):
        raise Already(None)
    record(actor, DutiesFollowed(course.id, come, gone))


@command(Courses.EXCUSE, on=course_for)
def excuse_duty(actor: Actor, course: Course, user_id: int, reason: str) -> None:
    """Without a reason: excused no longer."""
    duty = duty_for(Watched(course, None), user_id)
    duty.excused, duty.excused_by = reason, actor.name if reason else ""
    record(actor, DutyExcused(course.id, user_id, bool(reason)))


@command(Courses.CHASE, on=watched_for)
def chase_missing(actor: Actor, watched: Watched, units: frozenset[int] | None = None, chosen: tuple[int, ...] = ()) -> int:
    """How many. Of some units, of some people chosen by name, or of all whom one may watch."""
    if not is_working_time(clock.now()):
        raise Invalid("勤務時間（開庁日の 8時30分〜17時15分）の外です。勤務時間に知らせてください。")
    chasing = Chasing(course_id=watched.course.id, user_id=actor.user_id, user_name=actor.name, unit_id=min(units) if units else None, people=0,
                      at=clock.now())
    db.session.add(chasing)
    db.session.flush()
    chasing.people = _mark(watched, chasing, units, chosen)
    if not chasing.people:
        raise TooMany("知らせる相手がいません。全員が済ませたか、少し前に知らせたばかりです（同じ人へは20時間あけます）。", after=3600)
    record(actor, MissingChased(watched.course.id, chasing.id, chasing.people))
    return chasing.people


def enrol(course: Course, due_on: date | None, *, late: bool = False) -> int:
    """How many more must take it now. One statement."""
    parts = parts_of_course(course.id)
    if not parts:
        return 0
    person = reached_by(parts).subquery().c[0]
    known = exists().where(Duty.course_id == course.id, Duty.user_id == person)
    said = (literal(clock.today()), literal(due_on, Duty.due_on.type), literal(late), literal(""), literal(""), literal(""))
    rows = select(literal(course.id), person, main_unit(person), *said).where(~known)
    names = ("course_id", "user_id", "unit_id", "since", "due_on", "late", "gone", "excused", "excused_by")
    return db.unit().connection.execute(insert(Duty).from_select(names, rows)).rowcount


def settle_duties(course: Course) -> tuple[int, int]:
    """(who is in or out otherwise than before, who sits elsewhere); those who were there from the beginning get the course's due date."""
    db.unit().flush()
    parts = parts_of_course(course.id)
    meant = set(db.session.scalars(reached_by(parts))) if parts else set()
    of_course = (Duty.course_id == course.id,)
    _run(update(Duty).where(*of_course, Duty.late.is_(False)).values(due_on=course.due_on))
    moved = _run(update(Duty).where(*of_course, Duty.gone == "", Duty.unit_id != main_unit(Duty.user_id), main_unit(Duty.user_id) != 0)
                 .values(unit_id=main_unit(Duty.user_id)))
    rows = db.session.execute(select(Duty.id, Duty.user_id, Duty.gone).where(*of_course)).all()
    out = people_cards(row.user_id for row in rows if row.user_id not in meant)
    wanted = {row.id: "" if row.user_id in meant else _why(out[row.user_id].state) for row in rows}
    changed = [row.id for row in rows if wanted[row.id] != row.gone]
    for why in {wanted[each] for each in changed}:
        _run(update(Duty).where(Duty.id.in_([each for each in changed if wanted[each] == why])).values(gone=why))
    return len(changed), moved


def _why(state: str) -> str:
    return state if state in {DISABLED, DEPARTED} else OUT


def _mark(watched: Watched, chasing: Chasing, units: frozenset[int] | None, chosen: tuple[int, ...]) -> int:
    """One statement, however many."""
    quiet = or_(Duty.reminded_at.is_(None), Duty.reminded_at < clock.now() - GAP)
    asked = update(Duty).where(Duty.id.in_(missing(watched, units)), quiet)
    if chosen:
        asked = asked.where(Duty.user_id.in_(chosen))
    return _run(asked.values(chasing_id=chasing.id, reminded_at=chasing.at))


def _run(statement: object) -> int:
    return db.unit().connection.execute(statement.execution_options(synchronize_session=False)).rowcount     # type: ignore[attr-defined]
