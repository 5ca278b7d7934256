"""The milestones of teams on the way of the plan's measures, for whoever draws that."""
from collections.abc import Collection, Iterator

from flask import url_for

from groupware.kernel.actor import Actor
from groupware.kernel.things import Landmark
from teams.queries.plans import milestones_on


def landmarks(actor: Actor, codes: Collection[str]) -> Iterator[Landmark]:
    for each, team in milestones_on(actor, codes):
        yield Landmark(each.measure, each.title, each.due_on, team.name, url_for("teams.team", team_id=team.id), each.reached_on is not None)
