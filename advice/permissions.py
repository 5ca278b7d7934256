"""Who may do what with advice. What was adopted is for the whole staff to learn from; before that, for whom it concerns.

From outside: what one was asked for or has given oneself, and what belongs to one's own teams.
"""
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, or_, select

from advice.flows import WORDING, advice_flow
from advice.models import GIVEN, OWN, USED, Advice
from groupware.directory.queries import circle, standing_of, units_by_id
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule
from groupware.kernel.ports import team_roll

STEERING, SYSTEM = "steering", "system"
GIVERS = ("leader", "adviser", STEERING)
PLAYERS = advice_flow(by_head=True).players | WORDING.players


class Advise(Permission):
    ASK = "デジタルリーダーかアドバイザーに助言を求める"
    GIVE = "助言・提言を記録する"
    SEE = "助言・提言を読む"
    MOVE = "助言・提言の手続を進める"
    KEEP = "助言・提言の決まりを変える"
    REMIND = "保留の期限が来たことを知らせる"


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


def parts_of(actor: Actor, advice: Advice) -> frozenset[str]:
    """``head``: of the very 課 that answers. ``proxy``: writes down, for 行政管理課, what somebody from outside has said."""
    mine = {part for part, person in (("asker", advice.asker_id), ("author", advice.author_id), ("recorder", advice.recorder_id))
            if person == actor.user_id}
    if actor.outside:
        return frozenset(mine)
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
        return asked.where(mine)
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


RULES: dict[Permission, Rule] = {Advise.ASK: can_ask, Advise.GIVE: can_give, Advise.SEE: can_see, Advise.MOVE: can_move, Advise.KEEP: can_keep,
                                 Advise.REMIND: is_system}
