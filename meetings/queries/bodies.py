"""Bodies, with one's role in each: one query, however many."""
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, and_, func, select

from groupware.directory.queries import PersonCard, people_cards
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from meetings.models.bodies import ROLES, Body, Member
from meetings.permissions import Seat, can_know


def seat_for(actor: Actor, body_id: int) -> Seat:
    """Raises NotFound for a body that does not exist or that the actor may not know of."""
    found = seats(actor, Body.id == body_id)
    if not found:
        raise NotFound
    return found[0]


def seats(actor: Actor, *where: Any) -> list[Seat]:
    """One's own first."""
    rows = [Seat(row.Body, row.role) for row in db.session.execute(_asked(actor).where(*where))]
    return sorted((seat for seat in rows if can_know(actor, seat)), key=lambda seat: not seat.role)


def members_of(body: Body) -> list[tuple[str, list[PersonCard]]]:
    """(議長, who) in the order in which they sit; roles without anybody are left out."""
    return members_with(body, ())[0]


def members_with(body: Body, others: Iterable[int]) -> tuple[list[tuple[str, list[PersonCard]]], dict[int, PersonCard]]:
    """With the cards of them and of some others, all asked for at once."""
    rows = list(db.session.scalars(select(Member).where(Member.body_id == body.id).order_by(Member.position)))
    cards = people_cards([*(row.user_id for row in rows), *others])
    found = {role: [cards[row.user_id] for row in rows if row.role == role and row.user_id in cards] for role in ROLES}
    return [(role, people) for role, people in found.items() if people], cards


def role_column() -> Any:
    return func.coalesce(Member.role, "").label("role")


def member_is(actor: Actor) -> Any:
    return and_(Member.body_id == Body.id, Member.user_id == actor.user_id)


def _asked(actor: Actor) -> Select[Any]:
    return select(Body, role_column()).outerjoin(Member, member_is(actor)).order_by(Body.name, Body.id)
