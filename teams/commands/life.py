"""From the proposal to the archive. Starting opens everything by one act, dissolving closes it."""
from datetime import date

from sqlalchemy import delete

from groupware.directory.queries import holders_of_role, people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Conflict, Invalid
from groupware.kernel.flow import Step as FlowStep
from groupware.kernel.ports import Seat, approval_desk
from teams.commands.places import close_places, open_places
from teams.events import CharterWritten, TeamMoved, TeamProposed
from teams.flows import TEAM
from teams.forms import CharterDraft
from teams.models import ASKING, LEADER, OWNER, Member, Partner, Step, Team
from teams.permissions import Held, Teams
from teams.queries import member_ids, team_for, unit_names

CHANGED = "ほかの人が先に書き換えました。いまの内容を確かめて、もう一度書いてください。"
DECIDERS = {"cio": "CIO（副市長）", "director": "総務部長"}
KEPT_YEARS = 5
BY_ITSELF = {"write", "ask", "start", "refuse", "report"}         # acts with a command of their own


@command(Teams.PROPOSE)
def propose_team(actor: Actor, draft: CharterDraft) -> int:
    """Who proposes leads the work until somebody else does."""
    team = Team(proposer_id=actor.user_id, proposer_name=actor.name, created_at=clock.now(), changed_at=clock.now(), version=1)
    _write(team, draft)
    db.session.add(team)
    db.session.flush()
    _set_partners(team, draft)
    card = people_cards([actor.user_id])[actor.user_id]
    db.session.add(Member(team_id=team.id, user_id=actor.user_id, role=OWNER, name=card.name, label=card.label, unit_name=card.unit_name,
                          starts_on=clock.today()))
    db.session.add(Step.by(actor, FlowStep("propose", (), team.state, frozenset(), "発足を提案した"), team_id=team.id))
    record(actor, TeamProposed(team.id))
    return team.id


@command(Teams.MOVE, on=team_for)
def write_charter(actor: Actor, held: Held, draft: CharterDraft) -> None:
    """Raises Conflict when it is not the text that the writer saw."""
    team, step = held.team, TEAM.step(held.team.state, "write", held.parts)
    if draft.version and draft.version != team.version:
        raise Conflict(CHANGED)
    extended = team.due_on != draft.due_on
    _write(team, draft)
    _set_partners(team, draft)
    team.version += 1
    db.session.add(Step.by(actor, step, f"期限 {draft.due_on.isoformat()}" if extended else "", team_id=team.id))
    record(actor, CharterWritten(team.id))


@command(Teams.MOVE, on=team_for)
def move_team(actor: Actor, held: Held, act: str, reason: str = "") -> None:
    if act in BY_ITSELF:
        raise Conflict
    _lead_on(actor, held, act, reason)
    if act == "dissolve":
        close_places(held.team)
    if act == "archive":
        held.team.kept_until = _kept_until(clock.today())
    record(actor, TeamMoved(held.team.id, act, held.team.state))


@command(Teams.MOVE, on=team_for)
def report_done(actor: Actor, held: Held, report: str) -> None:
    TEAM.step(held.team.state, "report", held.parts)
    if not report:
        raise Invalid(report="何ができ、何が残ったかを書いてください。")
    _lead_on(actor, held, "report", "")
    held.team.report = report
    record(actor, TeamMoved(held.team.id, "report", held.team.state))


@command(Teams.MOVE, on=team_for)
def ask_approval(actor: Actor, held: Held, decider: str) -> None:
    """A team without a digital leader is not yet arranged."""
    TEAM.step(held.team.state, "ask", held.parts)
    if not member_ids(held.team.id, LEADER):
        raise Invalid(person="デジタルリーダーを割り当ててから、承認をあおいでください。")
    people = holders_of_role(decider) if decider in DECIDERS else []
    if not people:
        raise Invalid(decider="承認する人を選んでください。")
    _lead_on(actor, held, "ask", "")
    approval_desk().ask(actor, held.team.ref, (Seat(person_id=people[0]),), f"DX推進チーム「{held.team.name}」の発足", held.team.purpose[:1000])
    record(actor, TeamMoved(held.team.id, "ask", held.team.state))


@command(Teams.HEED, on=team_for)
def heed_desk(actor: Actor, held: Held, *, granted: bool) -> None:
    """What was decided at the desk, in the same transaction."""
    if held.team.state != ASKING:
        raise Conflict
    act = "start" if granted else "refuse"
    _lead_on(actor, held, act, "")
    if granted:
        open_places(actor, held.team)
    record(actor, TeamMoved(held.team.id, act, held.team.state))


def _lead_on(by: Actor, held: Held, act: str, reason: str) -> None:
    """Raises Forbidden, Conflict, or Invalid where a reason is wanted."""
    step = TEAM.step(held.team.state, act, held.parts)
    step.want(reason)
    held.team.state, held.team.changed_at = step.after, clock.now()
    held.team.version += 1
    db.session.add(Step.by(by, step, reason, team_id=held.team.id))


def _write(team: Team, draft: CharterDraft) -> None:
    if draft.unit_id not in unit_names():
        raise Invalid(unit="主管課を選んでください。")
    team.name, team.purpose, team.outcome, team.due_on = draft.name, draft.purpose, draft.outcome, draft.due_on
    team.unit_id, team.measures = draft.unit_id, " ".join(draft.measures)


def _set_partners(team: Team, draft: CharterDraft) -> None:
    known = unit_names()
    if any(unit not in known for unit in draft.partners):
        raise Invalid(partners="選ばれた課が、いまの組織に見つかりません。選び直してください。")
    db.session.execute(delete(Partner).where(Partner.team_id == team.id))
    db.session.add_all(Partner(team_id=team.id, unit_id=unit) for unit in draft.partners if unit != draft.unit_id)


def _kept_until(day: date) -> date:
    """So many whole fiscal years after the one it ended in."""
    return date(clock.fiscal_year(day) + 1 + KEPT_YEARS, 3, 31)
