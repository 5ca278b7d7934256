"""A team sets milestones, reaches them, and notes what it has decided."""
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict, Invalid
from groupware.kernel.things import card_for
from teams.commands.life import CHANGED
from teams.events import DecisionNoted, MilestoneDropped, MilestoneReached, MilestoneSet
from teams.forms import DecisionDraft, MilestoneDraft
from teams.models.plans import Decision, Milestone
from teams.permissions import Held, HeldMilestone, Teams
from teams.queries.plans import milestone_for, next_number, standing_decision
from teams.queries.tasks import inside_for


@command(Teams.WORK, on=inside_for)
def set_milestone(actor: Actor, held: Held, draft: MilestoneDraft) -> int:
    row = Milestone(team_id=held.team.id, author_name=actor.name, version=0)
    _write(row, draft)
    db.session.add(row)
    db.session.flush()
    record(actor, MilestoneSet(row.id, held.team.id))
    return row.id


@command(Teams.WORK, on=milestone_for)
def change_milestone(actor: Actor, held: HeldMilestone, draft: MilestoneDraft) -> None:
    if draft.version != held.milestone.version:
        raise Conflict(CHANGED)
    _write(held.milestone, draft)
    record(actor, MilestoneSet(held.milestone.id, held.team.id))


@command(Teams.WORK, on=milestone_for)
def reach_milestone(actor: Actor, held: HeldMilestone, *, reached: bool) -> None:
    """Or say that it has not been, after all."""
    if reached == (held.milestone.reached_on is not None):
        raise Already(None)
    held.milestone.reached_on, held.milestone.changed_at = clock.today() if reached else None, clock.now()
    record(actor, MilestoneReached(held.milestone.id, held.team.id, reached))


@command(Teams.WORK, on=milestone_for)
def drop_milestone(actor: Actor, held: HeldMilestone) -> None:
    db.session.delete(held.milestone)
    record(actor, MilestoneDropped(held.milestone.id, held.team.id))


@command(Teams.WORK, on=inside_for)
def note_decision(actor: Actor, held: Held, draft: DecisionDraft) -> int:
    """Under the next number, which is its result. Raises NotFound for minutes that the actor may not see."""
    if draft.about:
        card_for(actor, draft.about)
    if draft.instead_of and standing_decision(held.team, draft.instead_of) is None:
        raise Invalid(instead_of="その番号の決定はないか、もう改められています。")
    if draft.decided_on > clock.today():
        raise Invalid(decided_on="決まった日は、きょうまでの日にしてください。")
    row = Decision(team_id=held.team.id, number=next_number(held.team), decided_on=draft.decided_on, words=draft.words, reason=draft.reason,
                   by=draft.by, about=str(draft.about or ""), instead_of=draft.instead_of or None, author_name=actor.name, at=clock.now())
    db.session.add(row)
    db.session.flush()
    record(actor, DecisionNoted(row.id, held.team.id, actor.user_id))
    return row.number


def _write(row: Milestone, draft: MilestoneDraft) -> None:
    row.title, row.due_on, row.measure, row.changed_at = draft.title, draft.due_on, draft.measure, clock.now()
    row.version += 1
