"""Who may do what with advice. What was adopted is for the whole staff to learn from; before that, for whom it concerns.

From outside: what one was asked for or has given oneself, and what belongs to one's own teams, as long as one is an adviser.
"""
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from advice.flows import COMMISSION, WORDING, advice_flow
from advice.models import COMMISSIONED, GIVEN, OWN, USED, Advice, Commission
from groupware.directory.queries import circle, standing_of, units_by_id
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule
from groupware.kernel.ports import approval_desk, team_roll

STEERING, SYSTEM, ADVISER = "steering", "system", "adviser"
GIVERS = ("leader", ADVISER, STEERING)
OVERSEERS = (STEERING, "cio", "director", "mayor")
PLAYERS = advice_flow(by_head=True).players | WORDING.players


class Advise(Permission):
    ASK = "デジタルリーダーかアドバイザーに助言を求める"
    GIVE = "助言・提言を記録する"
    SEE = "助言・提言を読む"
    MOVE = "助言・提言の手続を進める"
    KEEP = "助言・提言の決まりを変える"
    REMIND = "保留の期限が来たことを知らせる"


class Commissions(Permission):
    READ = "DXアドバイザーの委嘱の名簿を見る"
    NAME = "DXアドバイザーの候補を挙げる"
    SEE = "DXアドバイザーの委嘱を読む"
    MOVE = "DXアドバイザーの委嘱を進める"
    HEED = "決裁の答えのとおりに、委嘱を進める"


@dataclass(frozen=True, slots=True)
class Held:
    """A piece of advice in somebody's hands. ``parts``: what they play; ``member``: it belongs to a team of theirs."""

    advice: Advice
    parts: frozenset[str]
    member: bool

    @property
    def concerned(self) -> bool:
        """Reads also what was said on the way."""
        return self.member or bool(self.parts)


@dataclass(frozen=True, slots=True)
class HeldCommission:
    """``parts``: what somebody plays in it."""

    commission: Commission
    parts: frozenset[str]


def parts_of(actor: Actor, advice: Advice) -> frozenset[str]:
    """``head``: of the very 課 that answers. ``proxy``: writes down, for 行政管理課, what somebody from outside has said."""
    mine = {part for part, person in (("asker", advice.asker_id), ("author", advice.author_id), ("recorder", advice.recorder_id))
            if person == actor.user_id}
    if actor.outside:
        return frozenset(mine if actor.has(ADVISER) else ())
    steers = ({STEERING} | ({"proxy"} if advice.author_outside else set())) if actor.has(STEERING) else set()
    return frozenset(mine | steers | _of_unit(actor, advice.unit_id) | ({SYSTEM} if actor.has(SYSTEM) else set()))


def in_team(actor: Actor) -> ColumnElement[bool]:
    """It belongs to a team that the actor is in today."""
    return Advice.team.in_(team_roll().refs(actor))


def visible_advice(actor: Actor) -> Select[int]:
    """Ids of those that ``can_see`` allows: both are held together by a test."""
    asked: Select[int] = select(Advice.id)
    if actor.has(SYSTEM) or (actor.has(STEERING) and not actor.outside):
        return asked
    mine = or_(Advice.author_id == actor.user_id, Advice.asker_id == actor.user_id, Advice.recorder_id == actor.user_id,
               in_team(actor))
    if actor.outside:
        return asked.where(mine if actor.has(ADVISER) else false())
    return asked.where(or_(mine, Advice.unit_id.in_(sections_of(actor)), Advice.state.in_(USED)))


def sections_of(actor: Actor) -> list[int]:
    """The units somebody sits in, and those above."""
    return [int(each.partition(":")[2]) for each in standing_of(actor).circles if each.startswith("below:")]


def headed(actor: Actor) -> list[int]:
    """The very units somebody heads."""
    standing = standing_of(actor)
    return [unit for unit in standing.heads if circle("unit", unit) in standing.circles]


def can_ask(actor: Actor, _: object) -> bool:
    return not actor.outside and actor.user_id > 0


def can_give(actor: Actor, _: object) -> bool:
    return any(actor.has(role) for role in GIVERS)


def can_see(actor: Actor, found: Held) -> bool:
    return found.concerned or (not actor.outside and found.advice.state in USED)


def can_move(_: Actor, found: Held) -> bool:
    """Some act of some state; which one, says the flow."""
    return bool(PLAYERS & found.parts)


def can_rewrite(found: Held) -> bool:
    """One's own words, until the section answers; those of another, as long as they were not confirmed."""
    own = found.advice.wording == OWN
    return (not own or found.advice.state == GIVEN) and "rewrite" in {step.act for step in WORDING.open_to(found.advice.wording, found.parts)}


def can_keep(actor: Actor, _: object) -> bool:
    return actor.has(STEERING) or actor.has(SYSTEM)


def is_system(actor: Actor, _: object) -> bool:
    return actor.has(SYSTEM)


def _of_unit(actor: Actor, unit_id: int) -> set[str]:
    """What an abolished section has left, 行政管理課 answers: the directory knows of no other heir."""
    if actor.has(SYSTEM):
        return set()
    if actor.has(STEERING) and unit_id not in units_by_id():
        return {"section", "head"}
    standing = standing_of(actor)
    section = {"section"} if circle("below", unit_id) in standing.circles else set()
    return section | ({"head"} if circle("unit", unit_id) in standing.circles and unit_id in standing.heads else set())


def commission_parts(actor: Actor, commission: Commission) -> frozenset[str]:
    """``self``: who is commissioned, once they are; before that it is talked about without them."""
    if actor.outside:
        return frozenset({"self"} if commission.user_id == actor.user_id and commission.state in COMMISSIONED else ())
    return frozenset(role for role in (*OVERSEERS, SYSTEM) if actor.has(role))


def visible_commissions(actor: Actor) -> Select[int]:
    """Ids of those that ``can_see_commission`` allows: both are held together by a test."""
    asked: Select[int] = select(Commission.id)
    if actor.outside:
        return asked.where(and_(Commission.user_id == actor.user_id, Commission.state.in_(COMMISSIONED)))
    return asked if can_read_register(actor, None) else asked.where(Commission.id.in_(approval_desk().held(actor, Commission.kind)))


def can_read_register(actor: Actor, _: object) -> bool:
    return not actor.outside and any(actor.has(role) for role in (*OVERSEERS, SYSTEM))


def can_name(actor: Actor, _: object) -> bool:
    return not actor.outside and actor.has(STEERING)


def can_see_commission(actor: Actor, held: HeldCommission) -> bool:
    return bool(held.parts) or (not actor.outside and approval_desk().holds(actor, held.commission.ref))


def can_move_commission(_: Actor, held: HeldCommission) -> bool:
    """Some act of some state; which one, says the flow."""
    return bool(COMMISSION.players & held.parts)


RULES: dict[Permission, Rule] = {
    Advise.ASK: can_ask, Advise.GIVE: can_give, Advise.SEE: can_see, Advise.MOVE: can_move, Advise.KEEP: can_keep, Advise.REMIND: is_system,
    Commissions.READ: can_read_register, Commissions.NAME: can_name, Commissions.SEE: can_see_commission, Commissions.MOVE: can_move_commission,
    Commissions.HEED: is_system}
