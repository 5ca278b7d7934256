"""Teams in somebody's hands, who is in them, and how much leaders and advisers carry."""
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal, select

from groupware.directory.queries import PersonCard, all_units, holders_of_role, members_of_unit, people_cards, posts_of
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.ports import Band
from groupware.kernel.ref import Ref
from teams.models import ADVISER, LEADER, OWNER, ROLES, RUNNING, Member, Partner, Place, Step, Team
from teams.models.checkins import Checkin
from teams.models.tasks import COLUMNS, Task
from teams.permissions import Held, can_see, is_in, parts_of, visible_teams

FORMER = "いまはない課"


@dataclass(frozen=True, slots=True)
class Row:
    """A team in the list: how many are in it, and one's own role."""

    team: Team
    people: int
    role: str


@dataclass(frozen=True, slots=True)
class Load:
    """A leader or an adviser, with the number of running teams they are in."""

    person: PersonCard
    teams: int


@dataclass(frozen=True, slots=True)
class Around:
    """What was opened for a team elsewhere, the 課 that take part, and how many tasks are in each state."""

    opened: list[Ref]
    partners: list[int]
    tasks: dict[str, int]


def team_for(actor: Actor, team_id: int) -> Held:
    """Raises NotFound, also for whom it does not concern."""
    found = held(actor, team_id)
    if not can_see(actor, found):
        raise NotFound
    return found


def held(actor: Actor, team_id: int) -> Held:
    mine = select(Member.role).where(Member.team_id == Team.id, Member.user_id == actor.user_id, is_in()).scalar_subquery()
    last = select(func.max(Checkin.week)).where(Checkin.team_id == team_id).scalar_subquery()
    said = (Checkin.team_id == Team.id) & (Checkin.week == last)
    row = db.session.execute(select(Team, func.coalesce(mine, ""), Checkin).outerjoin(Checkin, said).where(Team.id == team_id)).first()
    if row is None:
        raise NotFound
    return Held(row[0], row[1], parts_of(actor, row[0], row[1]), row[2])


def rows(actor: Actor, states: Collection[str]) -> list[Row]:
    """One's own first."""
    people = select(func.count()).where(Member.team_id == Team.id, is_in()).correlate(Team).scalar_subquery()
    mine = select(Member.role).where(Member.team_id == Team.id, Member.user_id == actor.user_id, is_in()).correlate(Team).scalar_subquery()
    asked = select(Team, people, func.coalesce(mine, "")).where(Team.id.in_(visible_teams(actor)), Team.state.in_(states))
    return sorted((Row(row[0], row[1], row[2]) for row in db.session.execute(asked.order_by(Team.due_on, Team.id))), key=lambda row: not row.role)


def members_of(team: Team) -> list[Member]:
    """Those of today first, by role; then those who have left."""
    order, today = list(ROLES), clock.today()
    found = db.session.scalars(select(Member).where(Member.team_id == team.id).order_by(Member.id))
    return sorted(found, key=lambda each: (not is_here(each, today), order.index(each.role)))


def is_here(member: Member, today: object) -> bool:
    return member.gone_on is None and (member.until is None or member.until >= today)      # type: ignore[operator]


def band_of(team: Team) -> Band:
    """As it is at this moment."""
    here = list(db.session.scalars(select(Member).where(Member.team_id == team.id, is_in()).order_by(Member.id)))
    leads = tuple(each.user_id for each in here if each.role in {OWNER, LEADER})
    return Band(team.group_id or 0, team.name, team.purpose[:200], tuple(each.user_id for each in here), leads)


def member_ids(team_id: int, *roles: str) -> list[int]:
    asked = select(Member.user_id).where(Member.team_id == team_id, is_in())
    return list(db.session.scalars(asked.where(Member.role.in_(roles)) if roles else asked))


def over_today() -> list[Member]:
    """Whose last day is past and who have not been taken out."""
    return list(db.session.scalars(select(Member).where(Member.gone_on.is_(None), Member.until < clock.today())))


def seats_as_adviser(user_id: int) -> list[Member]:
    return list(db.session.scalars(select(Member).where(Member.gone_on.is_(None), Member.user_id == user_id, Member.role == ADVISER)))


def places_of(team: Team) -> list[Place]:
    return list(db.session.scalars(select(Place).where(Place.team_id == team.id).order_by(Place.id)))


def partners_of(team: Team) -> list[int]:
    return list(db.session.scalars(select(Partner.unit_id).where(Partner.team_id == team.id)))


def around(team: Team) -> Around:
    """One question for its first page."""
    places = select(literal("place"), Place.about, literal(0)).where(Place.team_id == team.id)
    partners = select(literal("unit"), literal(""), Partner.unit_id).where(Partner.team_id == team.id)
    tasks = select(literal("task"), Task.state, func.count()).where(Task.team_id == team.id).group_by(Task.state)
    rows = db.session.execute(places.union_all(partners, tasks)).all()
    counted = {said: number for what, said, number in rows if what == "task"}
    return Around([Ref.parse(said) for what, said, _ in rows if what == "place"], [number for what, _, number in rows if what == "unit"],
                  {state: counted.get(state, 0) for state in COLUMNS})


def steps_of(team: Team) -> list[Step]:
    return list(db.session.scalars(select(Step).where(Step.team_id == team.id).order_by(Step.id)))


def loads(role: str) -> list[Load]:
    """Everybody who may be a leader (or an adviser), those who carry least first."""
    people, running = holders_of_role(role), select(Team.id).where(Team.state.in_(RUNNING))
    counted = Counter(db.session.scalars(select(Member.user_id).where(Member.role == role, is_in(), Member.team_id.in_(running))))
    cards = people_cards(people)
    return sorted((Load(cards[each], counted[each]) for each in people if each in cards), key=lambda load: (load.teams, load.person.kana))


def unit_names() -> dict[int, str]:
    return {node.id: node.name for node in all_units()}


def candidates() -> dict[str, list[Load]]:
    return {role: loads(role) for role in (LEADER, ADVISER)}


def found_by_ids(asked: Any, ids: Collection[int]) -> list[Team]:
    return list(db.session.scalars(select(Team).where(Team.id.in_(ids), Team.id.in_(asked)).order_by(Team.id)))


def heads_of(unit_id: int) -> list[int]:
    """Who sits in that very unit with a post that heads it."""
    people = members_of_unit(unit_id, below=False)
    return [each for each in people if any(place.unit_id == unit_id and place.post.endswith("長") for place in posts_of(each))]
