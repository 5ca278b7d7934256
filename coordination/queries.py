"""Matters in somebody's hands, and lists of them."""
from collections.abc import Collection

from sqlalchemy import select

from coordination.models import OPEN, STEERED, Matter, Step
from coordination.permissions import Held, can_see, is_near, leads_of, parts_of, visible_matters
from groupware.directory.queries import heads_of_units, holders_of_role
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.ports import team_roll
from groupware.kernel.ref import Ref


def matter_for(actor: Actor, matter_id: int) -> Held:
    """Raises NotFound, also for whom it does not concern."""
    row = db.session.execute(select(Matter, is_near(actor)).where(Matter.id == matter_id)).first()
    found = Held(row[0], parts_of(actor, row[0], spoken_for(actor)), bool(row[1])) if row else None
    if found is None or not can_see(actor, found):
        raise NotFound
    return found


def spoken_for(actor: Actor) -> frozenset[str]:
    return frozenset(str(crew.ref) for crew in leads_of(actor))


def matters(actor: Actor, states: Collection[str]) -> list[Matter]:
    """The oldest first: it waits longest."""
    asked = select(Matter).where(Matter.state.in_(states), Matter.id.in_(visible_matters(actor)))
    return list(db.session.scalars(asked.order_by(Matter.created_at, Matter.id)))


def of_team(actor: Actor, team: Ref) -> list[Matter]:
    asked = select(Matter).where((Matter.from_team == str(team)) | (Matter.to_team == str(team)), Matter.id.in_(visible_matters(actor)))
    return list(db.session.scalars(asked.order_by(Matter.state == "settled", Matter.changed_at.desc(), Matter.id.desc())))


def matters_by_ids(actor: Actor, ids: Collection[int]) -> list[Matter]:
    return list(db.session.scalars(select(Matter).where(Matter.id.in_(ids), Matter.id.in_(visible_matters(actor))).order_by(Matter.id)))


def steps_of(matter: Matter) -> list[Step]:
    return list(db.session.scalars(select(Step).where(Step.matter_id == matter.id).order_by(Step.id)))


def open_matters(actor: Actor) -> list[Matter]:
    return matters(actor, OPEN)


def asked_side(matter: Matter) -> list[int]:
    """Who speaks for the other side; where nobody does, 行政管理課."""
    team, unit = matter.to_team, matter.to_unit_id
    found = team_roll().people([Ref.parse(team)]).get(Ref.parse(team)) if team else heads_of_units([unit or 0]).get(unit or 0)
    return found or holders_of_role("steering")


def raising_side(matter: Matter) -> list[int]:
    team = Ref.parse(matter.from_team)
    return team_roll().people([team]).get(team) or [matter.raiser_id]


def is_high(matter: Matter) -> bool:
    """In the hands of 行政管理課 or before the council."""
    return OPEN.index(matter.state) >= OPEN.index(STEERED) if matter.state in OPEN else False
