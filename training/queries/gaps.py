"""所属要求との差: what a section wants of somebody in the roles they play there, and who came to new gaps by a transfer."""
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from groupware.directory.queries import heads_of_units, people_cards, seated_since
from groupware.kernel import clock, db
from training.models.skills import HEAD, LEADER, STAFF, Holding, Rating, Skill
from training.queries.heat import Measured, measured
from training.queries.leaders import MAY_ACT, serving_leaders
from training.queries.skills import counts

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Need:
    """``wanted``: the highest level that is asked of them. ``missing``: how many people the section still lacks for what they cannot do."""

    skill_id: int
    name: str
    wanted: int
    own: int
    said: int
    missing: float

    @property
    def lacks(self) -> bool:
        return self.own < self.wanted

    @property
    def short(self) -> bool:
        """The section lacks it, and they could be the one."""
        return self.lacks and self.missing > 0


@dataclass(frozen=True, slots=True)
class Mover:
    """Who came into a section on ``since``, and what is lacking there that they lack, and did not lack before."""

    user_id: int
    section_id: int
    since: date
    lacks: tuple[Need, ...]


def needs(seats: Mapping[int, int]) -> dict[int, list[Need]]:
    """By person, where they sit there or would; a constant number of questions."""
    units = set(seats.values())
    asked = [each for each in measured() if each.ask.unit_id in units]
    if not asked:
        return {}
    names = dict(db.session.execute(select(Skill.id, Skill.name).where(Skill.id.in_({each.ask.skill_id for each in asked}))).all())
    own, said, roles = _own(seats), _said(seats), _roles(seats)
    found: dict[int, list[Need]] = {}
    for user_id, unit_id in seats.items():
        of_skill: dict[int, list[Measured]] = defaultdict(list)
        for each in asked:
            if each.ask.unit_id == unit_id and each.ask.role in roles[user_id]:
                of_skill[each.ask.skill_id].append(each)
        found[user_id] = [_need(names[skill], own[user_id, skill], said[user_id, skill], asks) for skill, asks in of_skill.items()]
    return found


def movers() -> Iterator[Mover]:
    """Of this fiscal year, from one 課 into another; two questions for each day on which somebody moved."""
    first = date(clock.fiscal_year(clock.today()), 4, 1)
    since = dict(seated_since(first))
    now = {card.id: card.unit_id for card in people_cards(since).values() if card.unit_id and card.state == MAY_ACT and not card.outside}
    before = _sections_before({user_id: since[user_id] for user_id in now})
    moved = {user_id: unit for user_id, unit in before.items() if unit != now[user_id]}
    here, there = needs({user_id: now[user_id] for user_id in moved}), needs(moved)
    for user_id in sorted(moved):
        known = {each.skill_id: each.wanted for each in there.get(user_id, ()) if each.lacks}
        lacks = tuple(each for each in here.get(user_id, ()) if each.short and each.wanted > known.get(each.skill_id, 0))
        if lacks:
            yield Mover(user_id, now[user_id], since[user_id], lacks)


def _sections_before(since: Mapping[int, date]) -> dict[int, int]:
    """Where they sat on the day before; nobody who came from outside of the city hall."""
    found: dict[int, int] = {}
    for day in set(since.values()):
        cards = people_cards([user_id for user_id in since if since[user_id] == day], day - DAY)
        found.update((card.id, card.unit_id) for card in cards.values() if card.unit_id)
    return found


def _need(name: str, own: int, said: int, asks: list[Measured]) -> Need:
    lacking = [max(0, each.ask.people - each.filled) for each in asks if own < each.ask.level]
    return Need(asks[0].ask.skill_id, name, max(each.ask.level for each in asks), own, said, max(lacking, default=0))


def _own(people: Collection[int]) -> dict[tuple[int, int], int]:
    rows = db.session.scalars(select(Holding).where(Holding.user_id.in_(people)))
    return defaultdict(int, {(each.user_id, each.skill_id): each.level for each in rows if counts(each)})


def _said(people: Collection[int]) -> dict[tuple[int, int], int]:
    rows = db.session.scalars(select(Rating).where(Rating.user_id.in_(people)))
    return defaultdict(int, {(each.user_id, each.skill_id): each.level for each in rows})


def _roles(seats: Mapping[int, int]) -> dict[int, set[str]]:
    leads, heads = {each.card.id for each in serving_leaders()}, heads_of_units(set(seats.values()))
    plays = {user_id: {STAFF: True, LEADER: user_id in leads, HEAD: user_id in heads.get(unit_id, ())} for user_id, unit_id in seats.items()}
    return {user_id: {role for role, played in each.items() if played} for user_id, each in plays.items()}
