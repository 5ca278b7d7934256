"""A team's milestones and decisions; and the milestones of all teams on the way of a measure."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from teams.models import LEADER, OWNER, RUNNING, Member, Team
from teams.models.plans import Decision, Milestone
from teams.permissions import HeldMilestone, inner_teams, is_in, visible_teams
from teams.queries.tasks import inside_for

PAGE = 30
AHEAD = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Ruled:
    """A decision; ``replaced_by``: the number of the one that took its place."""

    decision: Decision
    replaced_by: int | None


def milestones_of(team: Team) -> list[Milestone]:
    """What is still to be reached first, the next one before the others."""
    found = db.session.scalars(select(Milestone).where(Milestone.team_id == team.id).order_by(Milestone.due_on, Milestone.id))
    return sorted(found, key=lambda each: each.reached_on is not None)


def milestone_for(actor: Actor, milestone_id: int) -> HeldMilestone:
    found = db.session.get(Milestone, milestone_id)
    if found is None:
        raise NotFound
    held = inside_for(actor, found.team_id)
    return HeldMilestone(held.team, held.role, held.parts, milestone=found)


def decisions_of(team: Team, page: int) -> tuple[list[Ruled], int]:
    """One page, the newest first; and how many there are."""
    later = select(func.max(Decision.number)).where(Decision.team_id == team.id).scalar_subquery()
    after = select(Decision).where(Decision.team_id == team.id).subquery()
    asked = (select(Decision, after.c.number, later).outerjoin(after, after.c.instead_of == Decision.number).where(Decision.team_id == team.id)
             .order_by(Decision.number.desc()).limit(PAGE).offset((max(page, 1) - 1) * PAGE))
    found = db.session.execute(asked).all()
    return [Ruled(row[0], row[1]) for row in found], found[0][2] if found else 0


def next_number(team: Team) -> int:
    return (db.session.scalar(select(func.max(Decision.number)).where(Decision.team_id == team.id)) or 0) + 1


def standing_decision(team: Team, number: int) -> Decision | None:
    """None where there is none of that number, or another has taken its place."""
    replaced = select(Decision.instead_of).where(Decision.team_id == team.id, Decision.instead_of.is_not(None))
    found: Decision | None = db.session.scalar(select(Decision).where(Decision.team_id == team.id, Decision.number == number,
                                                                      Decision.number.not_in(replaced)))
    return found


def decisions_from(team: Team, about: str) -> list[int]:
    return list(db.session.scalars(select(Decision.number).where(Decision.team_id == team.id, Decision.about == about)))


def milestones_by_ids(actor: Actor, ids: Collection[int]) -> list[tuple[Milestone, Team]]:
    asked = select(Milestone, Team).join(Team, Team.id == Milestone.team_id).where(Milestone.id.in_(ids), Team.id.in_(visible_teams(actor)))
    return [(row[0], row[1]) for row in db.session.execute(asked.order_by(Milestone.id))]


def decisions_by_ids(actor: Actor, ids: Collection[int]) -> list[tuple[Decision, Team]]:
    asked = select(Decision, Team).join(Team, Team.id == Decision.team_id).where(Decision.id.in_(ids), Team.id.in_(inner_teams(actor)))
    return [(row[0], row[1]) for row in db.session.execute(asked.order_by(Decision.id))]


def milestones_on(actor: Actor, codes: Collection[str]) -> list[tuple[Milestone, Team]]:
    """Of teams that go on, on the way of these measures; one question."""
    asked = (select(Milestone, Team).join(Team, Team.id == Milestone.team_id)
             .where(Milestone.measure.in_(codes), Team.state.in_(RUNNING), Team.id.in_(visible_teams(actor))))
    return [(row[0], row[1]) for row in db.session.execute(asked.order_by(Milestone.due_on, Milestone.id))]


def milestones_ahead(actor: Actor) -> list[tuple[Milestone, Team]]:
    """Late, or due within a week, in teams that one leads."""
    led = select(Member.team_id).where(Member.user_id == actor.user_id, Member.role.in_((OWNER, LEADER)), is_in())
    asked = (select(Milestone, Team).join(Team, Team.id == Milestone.team_id)
             .where(Milestone.reached_on.is_(None), Milestone.due_on <= clock.today() + AHEAD, Team.state.in_(RUNNING), Team.id.in_(led)))
    return [(row[0], row[1]) for row in db.session.execute(asked.order_by(Milestone.due_on, Milestone.id))]
