"""Who may do what with the plan. Everybody in the house reads it: the city has published it. What is being worked on is for those it concerns."""
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from governance.flows import DECIDES, EDITION
from governance.models.papers import COUNCIL, FIXED, FROZEN, OPINION, RECEIVED, REPORTED, Evaluation, Report, Undertaking
from governance.models.plan import Edition
from groupware.directory.queries import circle, standing_of
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule

STEERING, CIO, SYSTEM = "steering", "cio", "system"
OVERSEERS = (STEERING, CIO, "director", "mayor")
BEFORE_ADVISERS = {RECEIVED, FIXED, COUNCIL, REPORTED, FROZEN, OPINION}
AlsoFor = Undertaking | Report | Evaluation


class Governance(Permission):
    ADOPT = "市が定めた計画を、はじめの版として入れる"
    DRAFT = "計画の改訂案をつくる"
    MOVE_EDITION = "計画の改訂を進める"
    KEEP = "担当課、帯と節目、報告の決まりを入れる"
    MEASURE = "施策の指標と実績を入れる"
    PLAN_YEAR = "年度取組を起こす"
    SEE = "進めている取組・報告・評価を読む"
    MOVE = "取組・報告・評価を書き、進める"
    OPINE = "助言・所見を書く"
    OPEN_ROUND = "報告と評価を求める"
    ROUND_TRIP = "報告の表を出し入れする"
    REMIND = "期限の過ぎた報告を促す"
    TIE = "投稿・お知らせ・資料を施策に結び付ける"


@dataclass(frozen=True, slots=True)
class Held:
    """A paper in somebody's hands: ``parts`` are what they play in it."""

    paper: AlsoFor
    units: tuple[int, ...]
    parts: frozenset[str]


class Led(Protocol):
    """Whatever units lead."""

    @property
    def units(self) -> tuple[int, ...]: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A measure and the units that lead it."""

    units: tuple[int, ...]
    measure_id: int = 0


def edition_parts(actor: Actor, edition: Edition) -> set[str]:
    """Nobody decides on a draft of their own."""
    parts = {role for role in (STEERING, CIO, "mayor", SYSTEM) if actor.has(role)}
    return parts - DECIDES if edition.author_id == actor.user_id else parts


def paper_parts(actor: Actor, units: Collection[int]) -> frozenset[str]:
    """``section``: of a unit that leads it, or below; ``head``: heads that very unit."""
    roles = {role for role in (*OVERSEERS, "leader", "adviser", SYSTEM) if actor.has(role)}
    if not units or actor.has(SYSTEM) or actor.outside:
        return frozenset(roles)
    standing = standing_of(actor)
    section = {"section"} if any(circle("below", unit) in standing.circles for unit in units) else set()
    head = {"head"} if any(circle("unit", unit) in standing.circles and unit in standing.heads for unit in units) else set()
    return frozenset(roles | section | head)


def can_see(actor: Actor, held: Held) -> bool:
    """The work itself; what was frozen of it is for everybody in the house."""
    if actor.outside:
        return "adviser" in held.parts and held.paper.state in BEFORE_ADVISERS
    if isinstance(held.paper, Evaluation) and held.parts & {"leader"} and not held.parts & {"section", "head", *OVERSEERS}:
        return False
    return bool(held.parts - {"adviser"})


def can_opine(actor: Actor, held: Held) -> bool:
    """助言 by a leader while it is being worked on, 所見 by an adviser before whom it is."""
    if isinstance(held.paper, Evaluation):
        return "adviser" in held.parts and held.paper.state == OPINION
    if "adviser" in held.parts:
        return can_see(actor, held) and held.paper.state not in {FIXED, FROZEN}
    return "leader" in held.parts and held.paper.state not in {FIXED, FROZEN}


def can_move(actor: Actor, held: Held) -> bool:
    """Some act of some state; which one, says the flow."""
    return not actor.outside and bool(held.parts & {"section", "head", *OVERSEERS, SYSTEM} - {"mayor"})


def can_adopt(actor: Actor, _: object) -> bool:
    return actor.has(SYSTEM) or actor.has("administrator")


def can_draft(actor: Actor, _: object) -> bool:
    return actor.has(STEERING) or can_adopt(actor, None)


def can_move_edition(actor: Actor, edition: Edition) -> bool:
    """Some act of some state; which one, says the flow."""
    return bool(EDITION.players & edition_parts(actor, edition))


def can_keep(actor: Actor, _: object) -> bool:
    return actor.has(STEERING) or actor.has(SYSTEM)


def can_measure(actor: Actor, place: Led) -> bool:
    """The section itself decides on its indicators; 行政管理課 may help."""
    return can_keep(actor, None) or "section" in paper_parts(actor, place.units)


def can_plan_year(actor: Actor, place: Led) -> bool:
    return "section" in paper_parts(actor, place.units)


def can_trip(actor: Actor, _: object) -> bool:
    """Whose lines, is judged line by line."""
    return not actor.outside


def can_tie(actor: Actor, _: object) -> bool:
    """Whether they see the thing is asked of its owner."""
    return not actor.outside


def is_system(actor: Actor, _: object) -> bool:
    return actor.has(SYSTEM)


def oversees(actor: Actor) -> bool:
    return any(actor.has(role) for role in OVERSEERS)


RULES: dict[Permission, Rule] = {
    Governance.ADOPT: can_adopt, Governance.DRAFT: can_draft, Governance.MOVE_EDITION: can_move_edition, Governance.KEEP: can_keep,
    Governance.MEASURE: can_measure, Governance.PLAN_YEAR: can_plan_year, Governance.SEE: can_see, Governance.MOVE: can_move,
    Governance.OPINE: can_opine, Governance.OPEN_ROUND: can_keep, Governance.ROUND_TRIP: can_trip, Governance.REMIND: is_system,
    Governance.TIE: can_tie}
