"""Where people sit: assigned from a day on, ended, cancelled. At every moment exactly one 主務."""
from datetime import date, timedelta

from sqlalchemy import or_, select

from groupware.directory.commands.lists import post_id
from groupware.directory.events import AssignmentChanged
from groupware.directory.forms import PlaceDraft
from groupware.directory.models import ACTIVE, MAIN, Assignment, Unit, UnitVersion, User
from groupware.directory.permissions import Directory
from groupware.directory.queries.people import user_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict, Invalid, NotFound

ONE_DAY = timedelta(days=1)


@command(Directory.KEEP, on=user_for)
def assign_person(actor: Actor, user: User, draft: PlaceDraft) -> int:
    """The assignment's id. A new 主務 ends the one before on the day before it begins."""
    starts = draft.starts_on or clock.today()
    unit_id = _standing_unit(draft.unit_code, starts)
    _lock(user)
    if draft.nature == MAIN:
        _make_way(user, actor, starts)
    else:
        _refuse_same(user, unit_id, draft.nature, starts)
    made = Assignment(user_id=user.id, unit_id=unit_id, nature=draft.nature, post_id=post_id(draft.post), starts_on=starts)
    db.session.add(made)
    db.session.flush()
    _tell(made, actor, "begun", starts)
    return made.id


@command(Directory.KEEP, on=user_for)
def end_assignment(actor: Actor, user: User, assignment_id: int, ends_on: date) -> None:
    """``ends_on`` is the last day. A 主務 ends with the next one, or with a departure, and not by itself."""
    assignment = _of(user, assignment_id)
    if assignment.nature == MAIN and user.state == ACTIVE:
        raise Conflict("主務は、次の主務の発令か退職によって終わります。それだけを終わらせることはできません。")
    if ends_on < assignment.starts_on:
        raise Invalid(ends_on="終わりの日が、始まりの日より前です。")
    assignment.ends_on = ends_on
    _tell(assignment, actor, "ended", ends_on)


@command(Directory.KEEP, on=user_for)
def cancel_assignment(actor: Actor, user: User, assignment_id: int) -> None:
    """It was a mistake and never was. The 主務 which it had ended goes on."""
    assignment = _of(user, assignment_id)
    if assignment.nature == MAIN:
        _go_on(user, assignment)
    db.session.delete(assignment)
    _tell(assignment, actor, "cancelled", assignment.starts_on)


def leave_all(user: User, actor: Actor, last_day: date) -> None:
    """Nothing is left after that day; what would only have begun then never begins."""
    for assignment in _after(user, last_day):
        if assignment.starts_on > last_day:
            db.session.delete(assignment)
        else:
            assignment.ends_on = last_day
        _tell(assignment, actor, "ended", last_day)


def _standing_unit(code: str, starts: date) -> int:
    """Its id. Raises Invalid unless the unit stands from that day on, without an end."""
    versions = db.session.execute(select(UnitVersion.unit_id, UnitVersion.starts_on, UnitVersion.ends_on).join(Unit, Unit.id == UnitVersion.unit_id)
                                  .where(Unit.code == code).order_by(UnitVersion.starts_on)).all()
    if not versions:
        raise Invalid(unit_code=f"所属コード {code} が見つかりません。")
    if versions[0].starts_on > starts:
        raise Invalid(unit_code=f"所属コード {code} は {versions[0].starts_on.isoformat()} からの組織です。")
    if versions[-1].ends_on:
        raise Invalid(unit_code=f"所属コード {code} は {versions[-1].ends_on.isoformat()} までの組織です。")
    return versions[0].unit_id


def _lock(user: User) -> None:
    """Of two transfers of one person at the same moment the second waits and sees the first (PostgreSQL; SQLite has one writer anyway)."""
    db.session.execute(select(User.id).where(User.id == user.id).with_for_update())


def _make_way(user: User, actor: Actor, starts: date) -> None:
    """Raises Invalid where a 主務 begins on that day or after it."""
    for before in _after(user, starts - ONE_DAY, MAIN):
        if before.starts_on >= starts:
            raise Invalid(starts_on=f"{before.starts_on.isoformat()} からの主務がもうあります（主務は一つ）。先にそちらを取り消してください。")
        before.ends_on = starts - ONE_DAY
        _tell(before, actor, "ended", before.ends_on)
    db.session.flush()


def _refuse_same(user: User, unit_id: int, nature: str, starts: date) -> None:
    if any(other.unit_id == unit_id for other in _after(user, starts - ONE_DAY, nature)):
        raise Conflict(f"その所属の{nature}は、もう発令されています。")


def _after(user: User, day: date, nature: str = "") -> list[Assignment]:
    """What is not over on that day, or only begins later."""
    asked = select(Assignment).where(Assignment.user_id == user.id, or_(Assignment.ends_on.is_(None), Assignment.ends_on > day))
    if nature:
        asked = asked.where(Assignment.nature == nature)
    return list(db.session.scalars(asked.order_by(Assignment.starts_on)))


def _of(user: User, assignment_id: int) -> Assignment:
    found = db.session.get(Assignment, assignment_id)
    if found is None or found.user_id != user.id:
        raise NotFound
    return found


def _go_on(user: User, cancelled: Assignment) -> None:
    before = db.session.scalar(select(Assignment).where(
        Assignment.user_id == user.id, Assignment.nature == MAIN, Assignment.ends_on == cancelled.starts_on - ONE_DAY))
    if before is None and user.state == ACTIVE:
        raise Conflict("この人の最初の主務なので、取り消すと所属がなくなります。先に正しい主務を発令してください。")
    ends, cancelled.ends_on = cancelled.ends_on, cancelled.starts_on       # one open 主務 at a time, also between two statements
    db.session.flush()
    if before:
        before.ends_on = ends


def _tell(assignment: Assignment, actor: Actor, deed: str, day: date) -> None:
    record(actor, AssignmentChanged(assignment.user_id, assignment.id, assignment.unit_id, deed, day.isoformat()))
