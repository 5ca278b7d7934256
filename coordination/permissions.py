"""Who may do what with matters between teams. Those of the two sides and 行政管理課 read them; what came before the council, who sits there.

Who leads the work of a team speaks for it, who heads a section for the section. An adviser reads those of their own teams and does nothing.
"""
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select

from coordination.flows import MATTER
from coordination.models import Matter
from groupware.directory.queries import circle, standing_of, units_by_id
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule
from groupware.kernel.ports import Crew, team_roll

STEERING = "steering"
SITS = (STEERING, "cio", "director", "leader")


class Coordination(Permission):
    RAISE = "チームから調整事項を出す"
    SEE = "調整事項を読む"
    MOVE = "調整事項の手続を進める"
    CARRY = "会議で決まったことを、調整事項に載せる"


@dataclass(frozen=True, slots=True)
class Held:
    """A matter in somebody's hands. ``near``: they are of one of the two sides."""

    matter: Matter
    parts: frozenset[str]
    near: bool


def parts_of(actor: Actor, matter: Matter, leads: frozenset[str]) -> frozenset[str]:
    """``leads``: Refs of the teams somebody speaks for."""
    if actor.outside:
        return frozenset()
    if actor.has("system"):
        return frozenset({"council"})
    steers = {STEERING} if actor.has(STEERING) else set()
    raising = {"from"} if matter.from_team in leads else set()
    asked = {"to"} if matter.to_team in leads or (matter.to_unit_id and answers_for(actor, matter.to_unit_id)) else set()
    return frozenset(steers | raising | asked)


def answers_for(actor: Actor, unit_id: int) -> bool:
    """Who heads the very unit; for one that is no more, 行政管理課."""
    if actor.has(STEERING) and unit_id not in units_by_id():
        return True
    standing = standing_of(actor)
    return unit_id in standing.heads and circle("unit", unit_id) in standing.circles


def leads_of(actor: Actor) -> list[Crew]:
    """The teams somebody speaks for; nobody from outside for any. One question."""
    return [] if actor.outside or not actor.user_id else [crew for crew in team_roll().mine(actor) if crew.leads]


def is_near(actor: Actor) -> ColumnElement[bool]:
    teams = team_roll().refs(actor)
    sides = or_(Matter.from_team.in_(teams), Matter.to_team.in_(teams))
    return sides if actor.outside else or_(sides, Matter.to_unit_id.in_(_units(actor)))


def visible_matters(actor: Actor) -> Select[int]:
    """Ids of those that ``can_see`` allows: both are held together by a test."""
    asked: Select[int] = select(Matter.id)
    if not actor.outside and (actor.has(STEERING) or actor.has("system")):
        return asked
    return asked.where(or_(is_near(actor), Matter.public) if sits(actor) else is_near(actor))


def sits(actor: Actor) -> bool:
    """In the council: who heads a section, leaders, CIO, 総務部長, 行政管理課."""
    return not actor.outside and (any(actor.has(role) for role in SITS) or bool(standing_of(actor).heads))


def can_raise(actor: Actor, _: object) -> bool:
    """For which team, says the command."""
    return not actor.outside and actor.user_id > 0


def can_see(actor: Actor, held: Held) -> bool:
    return held.near or bool(held.parts) or actor.has("system") or (held.matter.public and sits(actor))


def can_move(_: Actor, held: Held) -> bool:
    """Some act of some state; which one, says the flow."""
    return bool(MATTER.players & held.parts)


def is_system(actor: Actor, _: object) -> bool:
    return actor.has("system")


def _units(actor: Actor) -> list[int]:
    return [int(each.partition(":")[2]) for each in standing_of(actor).circles if each.startswith("below:")]


RULES: dict[Permission, Rule] = {Coordination.RAISE: can_raise, Coordination.SEE: can_see, Coordination.MOVE: can_move, Coordination.CARRY: is_system}
