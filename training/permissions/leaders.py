"""Who may do what about leaders. That somebody is one, everybody in the house may know; how they came to it, those it concerns."""
from dataclasses import dataclass

from groupware.directory.queries import standing_of
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule
from training.models.leaders import Practice, Term

STEERING, CIO, SYSTEM = "steering", "cio", "system"


class Training(Permission):
    LOOK = "デジタルリーダーの名簿と充足を見る"
    RECOMMEND = "自分の課の人を、デジタルリーダーに推薦する"
    OFFER = "デジタルリーダーに申し出る"
    NAME = "デジタルリーダーの候補を指名する"
    SEE = "任期の手続を読む"
    MOVE = "任期の手続を進める"
    PRACTISE = "自分の実践を記録する"
    NOTE = "助言などの記録から、本人の実践の一行を書く"
    TAKE = "自分の実践の記録を取り消す"
    KEEP = "デジタルリーダーの決まりと、配置の免除を決める"


@dataclass(frozen=True, slots=True)
class Held:
    """A term in somebody's hands: ``parts`` are what they play in it."""

    term: Term
    section_id: int
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody and the 課 they sit in."""

    user_id: int
    section_id: int
    outside: bool


def parts_of(actor: Actor, user_id: int, section_id: int) -> frozenset[str]:
    """``head``: heads the section the person sits in now, or the 部 above it. Nobody heads themselves; mayor and CIO head no section."""
    roles = {role for role in (STEERING, CIO, "director", "mayor", SYSTEM) if actor.has(role)}
    if actor.outside or actor.has(SYSTEM):
        return frozenset(roles & {SYSTEM})
    if actor.user_id == user_id:
        return frozenset(roles | {"self"})
    heads = section_id in standing_of(actor).heads and not roles & {CIO, "mayor"}
    return frozenset(roles | ({"head"} if heads else set()))


def can_look(actor: Actor, _: object) -> bool:
    return not actor.outside


def can_recommend(actor: Actor, candidate: Candidate) -> bool:
    return not candidate.outside and "head" in parts_of(actor, candidate.user_id, candidate.section_id)


def can_offer(actor: Actor, _: object) -> bool:
    return not actor.outside and actor.user_id > 0


def can_name(actor: Actor, candidate: Candidate | None) -> bool:
    return (actor.has(STEERING) or actor.has(SYSTEM)) and not (candidate and candidate.outside)


def can_see(_: Actor, held: Held) -> bool:
    return bool(held.parts)


def can_move(_: Actor, held: Held) -> bool:
    """Some act of some state; which one, says the flow."""
    return bool(held.parts & {"self", "head", STEERING, CIO, SYSTEM})


def can_practise(actor: Actor, term: Term | None) -> bool:
    """While they serve."""
    return bool(term and term.user_id == actor.user_id and term.serves(clock.today()))


def is_system(actor: Actor, _: object) -> bool:
    return actor.has(SYSTEM)


def can_take(actor: Actor, practice: Practice) -> bool:
    return practice.user_id == actor.user_id


def can_keep(actor: Actor, _: object) -> bool:
    return actor.has(STEERING) or actor.has(SYSTEM)


RULES: dict[Permission, Rule] = {
    Training.LOOK: can_look, Training.RECOMMEND: can_recommend, Training.OFFER: can_offer, Training.NAME: can_name, Training.SEE: can_see,
    Training.MOVE: can_move, Training.PRACTISE: can_practise, Training.TAKE: can_take, Training.KEEP: can_keep, Training.NOTE: is_system}
