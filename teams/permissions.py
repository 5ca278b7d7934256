"""Who may do what with teams. That a team is there, and its charter, the whole staff may know once it has begun; from outside only who is in it."""
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Exists, Select, exists, or_, select

from groupware.directory.queries import circle, standing_of
from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.permissions import Permission, Rule
from groupware.kernel.ports import approval_desk
from teams.flows import TEAM
from teams.models import ACTIVE, ARRANGING, LEADER, MEMBER, OWNER, PAUSED, PROPOSED, RUNNING, STARTED, Member, Team
from teams.models.checkins import Checkin
from teams.models.pages import Page
from teams.models.plans import Milestone
from teams.models.tasks import GONE, Task

OVERSEERS = ("steering", "cio", "director", "mayor")


class Teams(Permission):
    PROPOSE = "チームの発足を提案する"
    SEE = "チームの定めと構成員を見る"
    MOVE = "チームの手続を進める"
    SEAT = "チームに人を加える・外す"
    HEED = "承認の答えのとおりに、チームを発足させる"
    KEEP = "期間や委嘱の終わった人をチームから外す"
    LOOK_IN = "チームの中（タスクなど）を見る"
    WORK = "チームの中のものを加える・進める"
    REMIND = "タスクの期限を知らせる"
    CHECK_IN = "チームの週の一言を書く・たずねる曜日を決める"
    ASK_WORD = "チームに週の一言をたずねる"
    RENDER = "チームの文書の書式を整える"
    CARRY = "連絡会議で決まったことを、チームに載せる"
    CONVENE = "連絡会議の議題の候補を集め、次第に載せる"
    OVERSEE = "すべてのチームの週の一言を見る"


@dataclass(frozen=True, slots=True)
class Held:
    """A team in somebody's hands. ``role``: their own in it, "" for none; ``parts``: what they play.

    ``word``: what it said last of how it goes, for who may look in.
    """

    team: Team
    role: str
    parts: frozenset[str]
    word: Checkin | None = None


@dataclass(frozen=True, slots=True)
class HeldTask(Held):
    """A task in somebody's hands, with its team."""

    task: Task = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class HeldMilestone(Held):
    milestone: Milestone = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class HeldPage(Held):
    page: Page = field(kw_only=True)


def parts_of(actor: Actor, team: Team, role: str) -> frozenset[str]:
    """``head``: of the very 課 that proposes; ``section``: of it or below."""
    roles = {each for each in (*OVERSEERS, "system") if actor.has(each)}
    mine = {"owner"} if role == OWNER else set()
    proposer = {"proposer"} if team.proposer_id == actor.user_id else set()
    return frozenset(roles | mine | proposer | _of_unit(actor, team.unit_id))


def visible_teams(actor: Actor) -> Select[int]:
    """Ids of those that ``can_see`` allows: both are held together by a test."""
    mine = member_of(actor)
    if actor.outside:
        return select(Team.id).where(mine)
    if any(actor.has(role) for role in OVERSEERS):
        return select(Team.id)
    sections = [int(each.partition(":")[2]) for each in standing_of(actor).circles if each.startswith("below:")]
    return select(Team.id).where(or_(Team.state.in_(STARTED), mine, Team.proposer_id == actor.user_id, Team.unit_id.in_(sections),
                                     Team.id.in_(approval_desk().held(actor, Team.kind))))


def member_of(actor: Actor) -> Exists:
    return exists().where(Member.team_id == Team.id, Member.user_id == actor.user_id, is_in())


def is_in() -> ColumnElement[bool]:
    """Today: not gone, and the last day that was meant is not over."""
    return Member.gone_on.is_(None) & or_(Member.until.is_(None), Member.until >= clock.today())


def can_propose(actor: Actor, _: object) -> bool:
    return not actor.outside


def can_see(actor: Actor, held: Held) -> bool:
    if held.role or actor.has("system"):
        return True
    if actor.outside:
        return False
    return held.team.state in STARTED or bool(held.parts) or approval_desk().holds(actor, held.team.ref)


def can_move(actor: Actor, held: Held) -> bool:
    """Some act of some state; which one, says the flow."""
    return not actor.outside and bool(TEAM.players & held.parts)


def can_seat(actor: Actor, held: Held) -> bool:
    """行政管理課; who leads the work may bring in ordinary members."""
    steers = "steering" in held.parts and held.team.state in {ARRANGING, ACTIVE, PAUSED}
    return steers or (held.role == OWNER and not actor.outside and held.team.state in {PROPOSED, ACTIVE, PAUSED})


def may_seat_as(held: Held, role: str) -> bool:
    return "steering" in held.parts or role == MEMBER


def can_look_in(actor: Actor, held: Held) -> bool:
    """What is done in a team: who is in it, who oversees, and the 課長 of the 主管課. Nothing is done before it has begun."""
    if held.team.state not in STARTED:
        return False
    return bool(held.role) or actor.has("system") or (not actor.outside and bool(held.parts & {*OVERSEERS, "head"}))


def can_work(_: Actor, held: Held) -> bool:
    """Who is in it, and 行政管理課; what has ended stays as it is."""
    return held.team.state in RUNNING and (bool(held.role) or "steering" in held.parts)


def can_check_in(_: Actor, held: Held) -> bool:
    return held.role in {OWNER, LEADER} and held.team.state == ACTIVE


def can_oversee(actor: Actor, _: object) -> bool:
    return not actor.outside and any(actor.has(role) for role in OVERSEERS)


def can_convene(actor: Actor, _: object) -> bool:
    return actor.has("steering") and not actor.outside


def inner_teams(actor: Actor) -> Select[int]:
    """Ids of those that ``can_look_in`` allows."""
    begun = select(Team.id).where(Team.state.in_(STARTED))
    if actor.outside:
        return begun.where(member_of(actor))
    if any(actor.has(role) for role in OVERSEERS):
        return begun
    standing = standing_of(actor)
    headed = [int(each.partition(":")[2]) for each in standing.circles if each.startswith("unit:") and int(each.partition(":")[2]) in standing.heads]
    return begun.where(or_(member_of(actor), Team.unit_id.in_(headed)))


def visible_tasks(actor: Actor) -> Select[int]:
    """Ids of those of such teams, but for what was taken away."""
    return select(Task.id).where(Task.state != GONE, Task.team_id.in_(inner_teams(actor)))


def is_system(actor: Actor, _: object) -> bool:
    return actor.has("system")


def _of_unit(actor: Actor, unit_id: int) -> set[str]:
    if actor.outside or actor.has("system"):
        return set()
    standing = standing_of(actor)
    section = {"section"} if circle("below", unit_id) in standing.circles else set()
    return section | ({"head"} if circle("unit", unit_id) in standing.circles and unit_id in standing.heads else set())


RULES: dict[Permission, Rule] = {Teams.PROPOSE: can_propose, Teams.SEE: can_see, Teams.MOVE: can_move, Teams.SEAT: can_seat,
                                 Teams.HEED: is_system, Teams.KEEP: is_system,
                                 Teams.LOOK_IN: can_look_in, Teams.WORK: can_work, Teams.REMIND: is_system,
                                 Teams.CHECK_IN: can_check_in, Teams.ASK_WORD: is_system, Teams.OVERSEE: can_oversee, Teams.RENDER: is_system,
                                 Teams.CARRY: is_system, Teams.CONVENE: can_convene}
