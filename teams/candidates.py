"""What the council should speak of, as the teams know it."""
from collections.abc import Iterator
from datetime import timedelta

from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.things import Candidate
from teams.models.checkins import HELP, PULSES
from teams.queries.checkins import teams_in_need

FRESH = timedelta(weeks=3)


def in_need(actor: Actor) -> Iterator[Candidate]:
    for word, team in teams_in_need(actor, clock.today() - FRESH):
        yield Candidate(team.ref, PULSES[HELP], team.name, word.line, word.week)
