"""Who may do what: everybody in the house sees where colleagues work; an application is for the one who asks and for those who head them."""
from dataclasses import dataclass

from groupware.directory.queries import standing_of
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule
from telework.flows import APPLICATION
from telework.models.applications import Application

STEERING = "steering"
SELF, UNITS, CITY = "self", "units", "city"
SCOPES = {SELF: "わたし", UNITS: "受け持つ組織", CITY: "市全体"}


class Telework(Permission):
    LOOK = "職員の場所と連絡のつき方を見る"
    SAY = "自分の場所と連絡のつき方を入れる"
    ASK = "テレワークを申請する"
    SEE = "テレワークの申請を読む"
    MOVE = "テレワークの申請を進める"
    RULE = "テレワークのきまりを決める"
    TALLY = "テレワークの月の集計を見る"


@dataclass(frozen=True, slots=True)
class Held:
    application: Application
    parts: frozenset[str]


def parts_of(actor: Actor, application: Application) -> frozenset[str]:
    """Nobody decides on what they have asked for themselves."""
    if actor.outside or not actor.user_id:
        return frozenset()
    if application.user_id == actor.user_id:
        return frozenset({"self"})
    return frozenset({"head"}) if application.unit_id in standing_of(actor).heads else frozenset()


def is_colleague(actor: Actor, _: object) -> bool:
    return bool(actor.user_id) and not actor.outside


def can_see(_: Actor, held: Held) -> bool:
    return bool(held.parts)


def can_move(_: Actor, held: Held) -> bool:
    """Some act of some state; which one, says the flow."""
    return bool(held.parts & APPLICATION.players)


def can_rule(actor: Actor, _: object) -> bool:
    return actor.has(STEERING) and not actor.outside


def can_tally(actor: Actor, scope: str | None) -> bool:
    """Of oneself everybody; of the units below one, of the city whoever keeps its rules."""
    if scope == UNITS:
        return is_colleague(actor, None) and bool(standing_of(actor).heads)
    return can_rule(actor, None) if scope == CITY else scope == SELF and is_colleague(actor, None)


RULES: dict[Permission, Rule] = {Telework.LOOK: is_colleague, Telework.SAY: is_colleague, Telework.ASK: is_colleague, Telework.SEE: can_see,
                                 Telework.MOVE: can_move, Telework.RULE: can_rule, Telework.TALLY: can_tally}
