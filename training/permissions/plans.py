"""Who may do what about plans: the person and whoever heads their section. 行政管理課 knows how many there are, nobody else anything."""
from dataclasses import dataclass

from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule
from training.models.plans import DRAFT, Plan, Talk
from training.permissions.courses import can_plan, heads_of, is_system
from training.permissions.leaders import SYSTEM
from training.permissions.skills import can_rate


class Plans(Permission):
    WRITE = "自分の育成計画を書く"
    SEE = "育成計画を読む"
    MOVE = "育成計画を進める"
    LEAD = "課の人の育成計画と面談の候補を見る"
    TALK = "面談の候補を済ませる"
    COUNT = "育成計画の件数を見る"
    FOLLOW = "面談の候補を組織に合わせる"


@dataclass(frozen=True, slots=True)
class HeldPlan:
    """A plan in somebody's hands. ``section_id``: where the person sits now."""

    plan: Plan
    section_id: int
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class HeldTalk:
    talk: Talk
    parts: frozenset[str]


def plan_parts(actor: Actor, user_id: int, section_id: int, *, headed: bool) -> frozenset[str]:
    """``headed``: whether anybody answers for that person; whom nobody does, they answer for themselves (``alone``)."""
    if actor.has(SYSTEM):
        return frozenset({SYSTEM})
    if actor.outside:
        return frozenset()
    if actor.user_id == user_id:
        return frozenset({"self"} if headed else {"self", "alone"})
    return frozenset({"head"} if section_id in heads_of(actor) else ())


def can_see_plan(_: Actor, held: HeldPlan) -> bool:
    """What is only being written is its author's."""
    return bool(held.parts & {"self", SYSTEM}) or (bool(held.parts) and held.plan.state != DRAFT)


def can_move_plan(_: Actor, held: HeldPlan | HeldTalk) -> bool:
    """Some act; which one, says the flow."""
    return bool(held.parts)


def can_lead(actor: Actor, _: object) -> bool:
    return bool(heads_of(actor))


RULES: dict[Permission, Rule] = {
    Plans.WRITE: can_rate, Plans.SEE: can_see_plan, Plans.MOVE: can_move_plan, Plans.LEAD: can_lead, Plans.TALK: can_move_plan,
    Plans.COUNT: can_plan, Plans.FOLLOW: is_system}
