"""Who sits where, unit by unit: for the 職員名簿 and for a unit's page on a day."""
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from groupware.directory.models import ACTIVE, MAIN, Assignment, Post, User
from groupware.directory.queries.people import PersonCard, people_cards
from groupware.directory.queries.units import UnitNode, valid_on
from groupware.directory.queries.visibility import visible_people
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in a unit; ``nature`` is empty for the 主務."""

    card: PersonCard
    post: str
    nature: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A unit and those who sit in it, the highest post first."""

    unit: UnitNode
    seats: list[Seat]


def roster(actor: Actor, units: Iterable[UnitNode], on: date | None = None) -> list[Desk]:
    """In the order of the units given; units in which nobody sits are left out. Constant in queries.

    Today whoever may not act is left out; on an earlier day everybody is shown who sat there then.
    """
    day, units = on or clock.today(), list(units)
    rows = db.session.execute(_asked(actor, [unit.id for unit in units], day)).all()
    cards = people_cards((row.user_id for row in rows), day)
    seats: dict[int, list[Seat]] = defaultdict(list)
    for row in rows:
        seats[row.unit_id].append(Seat(cards[row.user_id], row.post or "", "" if row.nature == MAIN else row.nature))
    return [Desk(unit, seats[unit.id]) for unit in units if seats[unit.id]]


def seats_by_unit(unit_ids: Iterable[int]) -> dict[int, int]:
    """How many active people sit in each of these units itself today."""
    asked = (select(Assignment.unit_id, func.count()).join(User, User.id == Assignment.user_id)
             .where(Assignment.unit_id.in_(list(unit_ids)), valid_on(Assignment, clock.today()), User.state == ACTIVE).group_by(Assignment.unit_id))
    return dict(db.session.execute(asked).all())


def _asked(actor: Actor, unit_ids: list[int], day: date) -> Select[Any, Any, Any, Any]:
    asked = (select(Assignment.user_id, Assignment.unit_id, Assignment.nature, Post.name.label("post"))
             .join(User, User.id == Assignment.user_id).outerjoin(Post, Post.id == Assignment.post_id)
             .where(Assignment.unit_id.in_(unit_ids), valid_on(Assignment, day), User.id.in_(visible_people(actor)))
             .order_by(Post.rank.is_(None), Post.rank, User.family_kana, User.given_kana, User.id))
    return asked.where(User.state == ACTIVE) if day >= clock.today() else asked
