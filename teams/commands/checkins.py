"""Once a week a team says in one line how it goes; it is asked on the day it has chosen."""
from sqlalchemy import select

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from teams.events import CheckinAsked, CheckinDayChosen, CheckinGiven
from teams.forms import CheckinDraft
from teams.models import LEADER, OWNER
from teams.models.checkins import Checkin, week_of
from teams.permissions import Held, Teams
from teams.queries.tasks import inside_for
from teams.queries.teams import member_ids


@command(Teams.CHECK_IN, on=inside_for)
def give_checkin(actor: Actor, held: Held, draft: CheckinDraft) -> None:
    """Anew within the same week, it takes the place of what was said."""
    week = week_of(clock.today())
    said = db.session.scalar(select(Checkin).where(Checkin.team_id == held.team.id, Checkin.week == week))
    if said is None:
        said = Checkin(team_id=held.team.id, week=week)
        db.session.add(said)
    elif (said.state, said.line) == (draft.state, draft.line):
        raise Already(None)
    said.state, said.line, said.author_id, said.author_name, said.at = draft.state, draft.line, actor.user_id, actor.name, clock.now()
    db.session.flush()
    record(actor, CheckinGiven(said.id, held.team.id, draft.state))


@command(Teams.CHECK_IN, on=inside_for)
def choose_day(actor: Actor, held: Held, day: int | None) -> None:
    """None: it is not asked; it may still say how it goes."""
    held.team.asked_day = day
    record(actor, CheckinDayChosen(held.team.id, day))


@command(Teams.ASK_WORD, on=inside_for)
def ask_checkin(actor: Actor, held: Held) -> None:
    week = week_of(clock.today())
    if held.team.asked_week == week:
        raise Already(None)
    held.team.asked_week = week
    record(actor, CheckinAsked(held.team.id, tuple(member_ids(held.team.id, OWNER, LEADER)), week.toordinal()))
