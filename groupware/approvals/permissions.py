"""Who asks, who decides. Judged on a ``Paper``: an asking in somebody's hands."""
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select

from groupware.approvals.models import WAITING, Asking, Holder, Step
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission


class Approvals(Permission):
    ASK = "決裁をあおぐ"
    SEE = "決裁の願いを見る"
    DECIDE = "決裁する・差し戻す"
    WITHDRAW = "決裁の願いを取り下げる"
    BE_AWAY = "決裁の不在を登録する"
    FOLLOW = "決裁する人を組織に合わせる"


@dataclass(frozen=True, slots=True)
class Paper:
    """``held``: the actor's own row on the step that is due, or on one that was decided."""

    asking: Asking
    steps: list[Step]
    held: Holder | None

    @property
    def due(self) -> Step | None:
        """The step that waits."""
        return next((step for step in self.steps if not step.result), None) if self.asking.state == WAITING else None


def visible_askings(actor: Actor) -> Select[int]:
    """Ids of those that ``can_see`` allows: both are held together by a test."""
    held = select(Holder.asking_id).where(Holder.user_id == actor.user_id)
    return select(Asking.id).where(or_(Asking.asker_id == actor.user_id, Asking.id.in_(held)))


def can_ask(actor: Actor, _: object) -> bool:
    """For the staff: whoever is outside has no head of section here."""
    return not actor.outside


def can_see(actor: Actor, paper: Paper) -> bool:
    return paper.asking.asker_id == actor.user_id or paper.held is not None


def can_decide(actor: Actor, paper: Paper) -> bool:
    """Nobody decides what they have asked themselves."""
    return bool(paper.held and paper.held.waiting and paper.due and paper.held.step_id == paper.due.id) and paper.asking.asker_id != actor.user_id


def may_decide(actor: Actor, paper: Paper) -> bool:
    """The rule at the door: whoever was quicker is told so, and not that there is no right."""
    return paper.held is not None and paper.asking.asker_id != actor.user_id


def can_withdraw(actor: Actor, paper: Paper) -> bool:
    return paper.asking.asker_id == actor.user_id


def can_follow(actor: Actor, _: object) -> bool:
    return actor.has("system")


RULES: Mapping[Permission, Callable[[Actor, Any], bool]] = {
    Approvals.ASK: can_ask, Approvals.SEE: can_see, Approvals.DECIDE: may_decide, Approvals.WITHDRAW: can_withdraw, Approvals.BE_AWAY: can_ask,
    Approvals.FOLLOW: can_follow}
