"""Who may do what about skills. What can be known, all staff may know; what somebody can do, they, their heads and 行政管理課."""
from dataclasses import dataclass

from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule
from training.models.skills import Claim
from training.permissions.courses import can_look, can_plan, heads_of, is_system
from training.permissions.leaders import STEERING


class Skills(Permission):
    LOOK = "スキルの枠組と、自分のスキルを見る"
    KEEP = "スキルの枠組の版と、課に要るスキルを決める"
    RATE = "自己点検を入れる"
    CLAIM = "スキルの証拠を書く"
    SEE = "スキルの証拠を読む"
    MOVE = "スキルの審査を進める"
    TAKE = "スキルの認定を取り消す"
    MAP = "課とスキルの充足を見る"
    FOLLOW = "スキルの集計を組織に合わせる"


@dataclass(frozen=True, slots=True)
class HeldClaim:
    claim: Claim
    parts: frozenset[str]


def claim_parts(actor: Actor, user_id: int, section_id: int) -> frozenset[str]:
    """Nobody reviews themselves."""
    if actor.outside:
        return frozenset()
    if actor.user_id == user_id:
        return frozenset({"self"})
    heads = section_id in heads_of(actor)
    return frozenset(part for part, played in (("head", heads), (STEERING, actor.has(STEERING))) if played)


def can_rate(actor: Actor, _: object) -> bool:
    return not actor.outside and actor.user_id > 0


def can_see(_: Actor, held: HeldClaim) -> bool:
    return bool(held.parts)


def can_map(actor: Actor, _: object) -> bool:
    """行政管理課 and the CIO all, heads their own sections."""
    return not actor.outside and (can_plan(actor, None) or actor.has("cio") or actor.has("director") or bool(heads_of(actor)))


RULES: dict[Permission, Rule] = {
    Skills.LOOK: can_look, Skills.KEEP: can_plan, Skills.RATE: can_rate, Skills.CLAIM: can_rate, Skills.SEE: can_see, Skills.MOVE: can_see,
    Skills.TAKE: can_plan, Skills.MAP: can_map, Skills.FOLLOW: is_system}
