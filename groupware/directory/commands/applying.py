"""A plan, done: the new ones in bulk, each change by the command that also the screens give."""
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import insert, select

from groupware.directory.commands.lists import known_unit_kind, post_id, staff_kind_id
from groupware.directory.commands.people import change_person, disable_person, enable_person, grant_role, mark_departed, new_row, take_role
from groupware.directory.commands.places import assign_person, cancel_assignment, end_assignment
from groupware.directory.commands.units import change_unit
from groupware.directory.comparing.people import ChangedPerson, NewPerson, PeoplePlan
from groupware.directory.comparing.units import UnitPlan
from groupware.directory.events import AssignmentChanged, PersonCreated, RoleGranted, UnitCreated
from groupware.directory.forms import UNITS
from groupware.directory.models import ACTIVE, DEPARTED, DISABLED, Assignment, Role, Unit, UnitVersion, User
from groupware.directory.queries.units import ids_by_unit_code
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, record
from groupware.kernel.errors import Conflict, Refusal

ONE_DAY = timedelta(days=1)


def apply_plan(plan: UnitPlan | PeoplePlan, actor: Actor) -> None:
    """Raises Conflict with the line that cannot be done; the caller's transaction is undone then."""
    if plan.what == UNITS:
        _apply_units(plan, actor)       # type: ignore[arg-type]
    else:
        _apply_people(plan, actor)      # type: ignore[arg-type]


def _apply_units(plan: UnitPlan, actor: Actor) -> None:
    kinds = {name: known_unit_kind(name) for name in {new.draft.kind for new in plan.new}}
    db.session.add_all([Unit(code=new.draft.code) for new in plan.new])
    db.session.flush()
    ids = ids_by_unit_code()
    for new in plan.new:
        draft = new.draft
        db.session.add(UnitVersion(
            unit_id=ids[draft.code], parent_id=ids.get(draft.parent_code), name=draft.name, kind=kinds[draft.kind], authority=draft.authority,
            position=draft.position, starts_on=draft.starts_on or plan.day))
        record(actor, UnitCreated(ids[draft.code], draft.code))
    db.session.flush()
    for change in plan.changed:
        with _at_line(change.line):
            change_unit(actor, change.unit_id, change.draft)


def _apply_people(plan: PeoplePlan, actor: Actor) -> None:
    if plan.new:
        _take_on(plan.new, actor)
    for change in plan.changed:
        with _at_line(change.line):
            _change(change, actor, plan)


def _take_on(people: list[NewPerson], actor: Actor) -> None:
    """A handful of statements, whatever their number: people, places and roles each in one."""
    kinds = {name: staff_kind_id(name) for name in {person.draft.kind for person in people}}
    db.session.execute(insert(User), [new_row(person.draft, kinds[person.draft.kind]) for person in people])
    numbers = [person.draft.staff_number for person in people]
    ids = dict(db.session.execute(select(User.staff_number, User.id).where(User.staff_number.in_(numbers))).all())
    for number in numbers:
        record(actor, PersonCreated(ids[number], number))
    _seat(people, ids, actor)
    _give_roles(people, ids, actor)


def _seat(people: list[NewPerson], ids: dict[str, int], actor: Actor) -> None:
    places = [(ids[person.draft.staff_number], place) for person in people for place in (person.place, *person.seats)]
    units, posts = ids_by_unit_code(), {name: post_id(name) for name in sorted({place.post for _, place in places})}
    db.session.execute(insert(Assignment), [
        {"user_id": user_id, "unit_id": units[place.unit_code], "nature": place.nature, "post_id": posts[place.post],
         "starts_on": place.starts_on or clock.today()} for user_id, place in places])
    made = select(Assignment).where(Assignment.user_id.in_(ids.values())).order_by(Assignment.id)
    for each in db.session.scalars(made):
        record(actor, AssignmentChanged(each.user_id, each.id, each.unit_id, "begun", each.starts_on.isoformat()))


def _give_roles(people: list[NewPerson], ids: dict[str, int], actor: Actor) -> None:
    given = [(ids[person.draft.staff_number], role) for person in people for role in person.roles]
    if given:
        db.session.execute(insert(Role), [{"user_id": user_id, "role": role} for user_id, role in given])
    for user_id, role in given:
        record(actor, RoleGranted(user_id, role))


def _change(change: ChangedPerson, actor: Actor, plan: PeoplePlan) -> None:
    """Whoever comes back comes first, whoever leaves leaves last."""
    if change.state == ACTIVE:
        enable_person(actor, change.user_id)
    if change.draft:
        change_person(actor, change.user_id, change.draft)
    _move(change, actor, plan)
    for role in change.granted:
        grant_role(actor, change.user_id, role)
    for role in change.taken:
        take_role(actor, change.user_id, role)
    if change.state == DISABLED:
        disable_person(actor, change.user_id)
    if change.state == DEPARTED:
        mark_departed(actor, change.user_id, min(plan.day - ONE_DAY, clock.today()))


def _move(change: ChangedPerson, actor: Actor, plan: PeoplePlan) -> None:
    for seat in change.ended:
        if seat.starts_on < plan.day:
            end_assignment(actor, change.user_id, seat.assignment_id, plan.day - ONE_DAY)
        else:
            cancel_assignment(actor, change.user_id, seat.assignment_id)
    if change.place:
        assign_person(actor, change.user_id, change.place)
    for draft in change.seats:
        assign_person(actor, change.user_id, draft)


@contextmanager
def _at_line(line: int) -> Iterator[None]:
    """A refusal says on which line. What is already so needs no doing."""
    try:
        yield
    except Already:
        return
    except Refusal as refusal:
        raise Conflict(f"{line}行目: {refusal.message}") from refusal
