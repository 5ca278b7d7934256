"""Groups: people named one by one, and rules."""
from collections.abc import Iterable

from sqlalchemy import delete, insert, select

from groupware.directory.events import GroupChanged, GroupCreated
from groupware.directory.forms import GroupDraft
from groupware.directory.models import Group, GroupMember, GroupRule
from groupware.directory.permissions import Directory
from groupware.directory.queries.groups import group_for
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record


@command(Directory.GROUP)
def create_group(actor: Actor, draft: GroupDraft) -> int:
    """The group's id."""
    group = Group(name=draft.name.strip(), created_at=clock.now())
    db.session.add(group)
    db.session.flush()
    _fill(group.id, draft.people, draft.units)
    record(actor, GroupCreated(group.id))
    return group.id


@command(Directory.GROUP, on=group_for)
def change_group(actor: Actor, group: Group, draft: GroupDraft) -> None:
    """To exactly these people and rules."""
    people = frozenset(db.session.scalars(select(GroupMember.user_id).where(GroupMember.group_id == group.id)))
    units = frozenset((rule.unit_id, rule.below) for rule in db.session.scalars(select(GroupRule).where(GroupRule.group_id == group.id)))
    if (group.name, people, units) == (draft.name.strip(), draft.people, draft.units):
        raise Already(None)
    group.name = draft.name.strip()
    for table in (GroupMember, GroupRule):
        db.session.execute(delete(table).where(table.group_id == group.id))
    _fill(group.id, draft.people, draft.units)
    record(actor, GroupChanged(group.id, tuple(sorted(draft.people - people)), tuple(sorted(people - draft.people))))


def _fill(group_id: int, people: Iterable[int], units: Iterable[tuple[int, bool]]) -> None:
    named = [{"group_id": group_id, "user_id": user_id} for user_id in sorted(people)]
    ruled = [{"group_id": group_id, "unit_id": unit_id, "below": below} for unit_id, below in sorted(units)]
    if named:
        db.session.execute(insert(GroupMember), named)
    if ruled:
        db.session.execute(insert(GroupRule), ruled)
