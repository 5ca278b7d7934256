"""What teams have said of their weeks, and which have not."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from teams.models import ACTIVE, LEADER, OWNER, Member, Team
from teams.models.checkins import HELP, PULSES, SLOW, WELL, Checkin, week_of
from teams.permissions import can_oversee, inner_teams, is_in

MISSING = "missing"
URGENCY = (HELP, MISSING, SLOW, WELL, "")
WEEKS, PAGE = 8, 26         # shown of every team side by side; of one team below one another


@dataclass(frozen=True, slots=True)
class Pulse:
    """A team with its last weeks, the newest first; None where nothing was said."""

    team: Team
    weeks: list[Checkin | None]
    asked: bool

    @property
    def now(self) -> Checkin | None:
        return self.weeks[0]

    @property
    def last(self) -> Checkin | None:
        return next(filter(None, self.weeks), None)

    @property
    def words(self) -> str:
        return f"{PULSES[self.now.state]}：{self.now.line}" if self.now else "今週の一言がまだです"

    @property
    def missing(self) -> bool:
        return self.asked and self.now is None


def checkins_of(team: Team, page: int) -> tuple[list[Checkin], int]:
    total = db.session.scalar(select(func.count()).select_from(Checkin).where(Checkin.team_id == team.id)) or 0
    asked = select(Checkin).where(Checkin.team_id == team.id).order_by(Checkin.week.desc()).limit(PAGE).offset((max(page, 1) - 1) * PAGE)
    return list(db.session.scalars(asked)), total


def pulses(actor: Actor) -> list[Pulse]:
    """Of all teams at work, two questions. Who needs help stands first, then who has not said anything, then who is slow."""
    weeks = [week_of(clock.today()) - timedelta(weeks=back) for back in range(WEEKS)]
    said = {(each.team_id, each.week): each for each in db.session.scalars(select(Checkin).where(Checkin.week >= weeks[-1]))}
    teams = db.session.scalars(select(Team).where(Team.state == ACTIVE, Team.id.in_(inner_teams(actor))).order_by(Team.due_on, Team.id))
    return sorted((Pulse(team, [said.get((team.id, week)) for week in weeks], is_asked(team)) for team in teams), key=_urgency)


def pulse_page_for(actor: Actor, _: object = None) -> list[Pulse]:
    """Raises NotFound for whoever does not watch over all."""
    if not can_oversee(actor, None):
        raise NotFound
    return pulses(actor)


def is_asked(team: Team) -> bool:
    """Whether its day of this week has come."""
    return team.asked_day is not None and team.asked_day <= clock.today().weekday()


def teams_to_ask() -> list[int]:
    """Whose day has come, and who were neither asked this week nor have said anything."""
    week = week_of(clock.today())
    said = select(Checkin.team_id).where(Checkin.week == week)
    asked = select(Team.id).where(Team.state == ACTIVE, Team.asked_day <= clock.today().weekday(), Team.id.not_in(said))
    return list(db.session.scalars(asked.where(Team.asked_week.is_(None) | (Team.asked_week < week)).order_by(Team.id)))


def own_silent_teams(actor: Actor) -> list[Team]:
    """Those that one leads, whose day has come, and of which nobody has said anything."""
    said = select(Checkin.team_id).where(Checkin.week == week_of(clock.today()))
    led = select(Member.team_id).where(Member.user_id == actor.user_id, Member.role.in_((OWNER, LEADER)), is_in())
    asked = select(Team).where(Team.state == ACTIVE, Team.asked_day <= clock.today().weekday(), Team.id.in_(led), Team.id.not_in(said))
    return list(db.session.scalars(asked.order_by(Team.id)))


def checkins_by_ids(actor: Actor, ids: Collection[int]) -> list[tuple[Checkin, Team]]:
    asked = select(Checkin, Team).join(Team, Team.id == Checkin.team_id).where(Checkin.id.in_(ids), Team.id.in_(inner_teams(actor)))
    return [(row[0], row[1]) for row in db.session.execute(asked.order_by(Checkin.id))]


def teams_in_need(actor: Actor, since: date) -> list[tuple[Checkin, Team]]:
    """Whose last word since then was that they need help."""
    last = select(func.max(Checkin.week)).where(Checkin.team_id == Team.id).correlate(Team).scalar_subquery()
    asked = (select(Checkin, Team).join(Team, Team.id == Checkin.team_id)
             .where(Checkin.week == last, Checkin.week >= week_of(since), Checkin.state == HELP)
             .where(Team.state == ACTIVE, Team.id.in_(inner_teams(actor))))
    return [(row[0], row[1]) for row in db.session.execute(asked.order_by(Checkin.week, Checkin.id))]


def _urgency(pulse: Pulse) -> int:
    """What it has said; or that it should have, or need not yet."""
    return URGENCY.index(pulse.now.state if pulse.now else MISSING if pulse.missing else "")
