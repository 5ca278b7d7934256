"""What was resolved of a team by those who met for the whole city comes back to it, once."""
from sqlalchemy import select

from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.given import LONGEST_LINE
from groupware.kernel.markup import render
from groupware.kernel.things import Resolved
from teams.events import DecisionNoted, TaskAdded
from teams.models import RUNNING, Team
from teams.models.plans import Decision
from teams.models.tasks import Task
from teams.permissions import Held, Teams
from teams.queries.plans import next_number
from teams.queries.tasks import crew_of, inside_for


@command(Teams.CARRY, on=inside_for)
def carry_decision(actor: Actor, held: Held, said: Resolved) -> None:
    if db.session.scalar(select(Decision.id).where(Decision.team_id == held.team.id, Decision.about == str(said.source))):
        raise Already(None)
    row = Decision(team_id=held.team.id, number=next_number(held.team), decided_on=said.day, words=said.words, by=said.by, about=str(said.source),
                   author_name=actor.name, at=clock.now())
    db.session.add(row)
    db.session.flush()
    record(actor, DecisionNoted(row.id, held.team.id, actor.user_id))


@command(Teams.CARRY, on=inside_for)
def carry_task(actor: Actor, held: Held, said: Resolved) -> None:
    """Of whoever was given it, if they are in the team."""
    if db.session.scalar(select(Task.id).where(Task.team_id == held.team.id, Task.about == str(said.source))):
        raise Already(None)
    owner = next((member for member in crew_of(held.team) if member.user_id == said.owner_id), None)
    note = render(said.words)
    task = Task(team_id=held.team.id, title=" ".join(said.words.split())[:LONGEST_LINE], note=said.words, html=note.html, plain=note.plain,
                owner_id=owner.user_id if owner else None, owner_name=owner.name if owner else "", due_on=said.due_on, about=str(said.source),
                author_name=said.by, created_at=clock.now(), changed_at=clock.now(), version=1)
    db.session.add(task)
    db.session.flush()
    record(actor, TaskAdded(task.id, held.team.id, task.owner_id, actor.user_id))


def carry_back(said: Resolved) -> None:
    """Nothing comes to what has ended."""
    team = db.session.get(Team, said.about.id) if said.about.kind == Team.kind else None
    if team and team.state in RUNNING:
        (carry_task if said.task else carry_decision)(SYSTEM, team.id, said)
