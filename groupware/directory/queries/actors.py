"""People as actors. Asked at every request and every socket event, so what was worked out is kept until the directory changes, or the day."""
from dataclasses import replace
from datetime import date
from functools import cache

from sqlalchemy import Select, bindparam, select

from groupware.directory.models import ACTIVE, Role, StaffKind, User, full_name, seal_of
from groupware.directory.queries.marks import mark_is
from groupware.directory.queries.places import places
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.memory import remembered

MOST = 10_000
Known = tuple[int, date, Actor | None]
_known: dict[int, Known] = remembered({})


def actor_for(user_id: int, session_id: int | None = None) -> Actor | None:
    """None for whoever may not act: unknown, stopped, departed. Two queries."""
    rows = db.session.execute(_actor(), {"user": user_id}).all()
    if not rows:
        return None
    family, given, outside, _ = rows[0]
    roles = frozenset(row.role for row in rows if row.role)
    where = places([user_id]).get(user_id, [])
    return Actor(user_id, full_name(family, given), where[0].label if where else "", roles, outside, session_id, seal_of(family))


def actor_under(mark: int | None, user_id: int, session_id: int) -> Actor | None:
    """As ``actor_for``, without a query while ``mark`` and the day are the same."""
    if mark is None:
        return actor_for(user_id, session_id)
    mark_is(mark)
    today, known = clock.today(), _known.get(user_id)
    if known is None or known[:2] != (mark, today):
        known = _keep(user_id, (mark, today, actor_for(user_id)))
    return replace(known[2], session_id=session_id) if known[2] else None


def _keep(user_id: int, known: Known) -> Known:
    if len(_known) >= MOST:
        _known.clear()
    _known[user_id] = known
    return known


@cache
def _actor() -> Select[str, str, bool, str]:
    return (select(User.family_name, User.given_name, StaffKind.outside, Role.role).join(StaffKind, StaffKind.id == User.kind_id)
            .outerjoin(Role, Role.user_id == User.id).where(User.id == bindparam("user"), User.state == ACTIVE))
