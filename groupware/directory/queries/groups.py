"""Groups: who is in them, by name and by unit."""
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, select

from groupware.directory.models import ACTIVE, Assignment, Group, GroupMember, GroupRule, User
from groupware.directory.queries.units import unit_ids_below, valid_on
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound


def group_for(actor: Actor, group_id: int) -> Group:
    """Raises NotFound; an outsider knows only the groups they are in."""
    group = db.session.get(Group, group_id)
    if group is None or (actor.outside and group_id not in groups_of(actor.user_id)):
        raise NotFound
    return group


def all_groups() -> list[Group]:
    return list(db.session.scalars(select(Group).order_by(Group.name, Group.id)))


def named_in_group(group_id: int) -> list[int]:
    """Ids of those who are named one by one."""
    return list(db.session.scalars(select(GroupMember.user_id).where(GroupMember.group_id == group_id)))


def units_of_group(group_id: int) -> list[int]:
    """Ids of the units whose people are in it."""
    return list(db.session.scalars(select(GroupRule.unit_id).where(GroupRule.group_id == group_id)))


def members_of_group(group_id: int, on: date | None = None) -> list[int]:
    """Ids of active people, those named and those the rules cover on that day."""
    day = on or clock.today()
    units = _units_of([group_id], day)[group_id]
    named = select(GroupMember.user_id).where(GroupMember.group_id == group_id)
    covered = select(Assignment.user_id).where(Assignment.unit_id.in_(units), valid_on(Assignment, day))
    asked = select(User.id).where(User.state == ACTIVE, User.id.in_(named.union(covered))).order_by(User.id)
    return list(db.session.scalars(asked))


def groups_of(user_id: int) -> set[int]:
    """Ids of the groups this person is in today."""
    named = set(db.session.scalars(select(GroupMember.group_id).where(GroupMember.user_id == user_id)))
    mine = set(db.session.scalars(select(Assignment.unit_id).where(Assignment.user_id == user_id, valid_on(Assignment, clock.today()))))
    ruled = {rule.group_id for rule in db.session.scalars(select(GroupRule)) if mine & _covered(rule, clock.today())} if mine else set()
    return named | ruled


def companions_in_groups(user_id: int) -> Select[int]:
    """Ids of whoever is in a group with this person today."""
    groups = groups_of(user_id)
    units = {unit for covered in _units_of(groups, clock.today()).values() for unit in covered}
    named = select(GroupMember.user_id).where(GroupMember.group_id.in_(groups))
    covered = select(Assignment.user_id).where(Assignment.unit_id.in_(units), valid_on(Assignment, clock.today()))
    return select(User.id).where(User.id.in_(named) | User.id.in_(covered))


def _units_of(groups: Iterable[int], day: date) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {group_id: set() for group_id in groups}
    for rule in db.session.scalars(select(GroupRule).where(GroupRule.group_id.in_(found))):
        found[rule.group_id] |= _covered(rule, day)
    return found


def _covered(rule: GroupRule, day: date) -> set[int]:
    return set(unit_ids_below(rule.unit_id, day)) if rule.below else {rule.unit_id}
