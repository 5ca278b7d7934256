"""Whom an actor may know of. Staff know everybody; outsiders themselves and those with whom they share something."""
from sqlalchemy import Select, or_, select, union

from groupware.directory.models import ACTIVE, User
from groupware.directory.ports import companions
from groupware.directory.queries.groups import companions_in_groups
from groupware.kernel.actor import Actor


def visible_people(actor: Actor) -> Select[int]:
    """Ids. What an outsider shares a group with, or what another room of the house says (``ports``), must be active."""
    asked: Select[int] = select(User.id)
    if not actor.outside:
        return asked
    shared = [companions_in_groups(actor.user_id), *(ask(actor) for ask in companions)]
    known = union(*shared) if len(shared) > 1 else shared[0]
    return asked.where(or_(User.id == actor.user_id, User.id.in_(known) & (User.state == ACTIVE)))
