"""Who may decide a step on a day: the holder of the post, or whoever stands in. Resolved from the directory, never remembered."""
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from groupware.approvals.models import Absence
from groupware.directory.models import ACTIVE, Assignment, Post, User
from groupware.directory.queries import people_cards, posts_of
from groupware.directory.queries.circles import HEAD
from groupware.directory.queries.units import UnitNode, sections_of, units_by_id, valid_on
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.ports import Seat

LEAST = "係長"           # who stands in for a head holds this post or a higher one


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody in a unit with a post, the highest first."""

    user_id: int
    unit_id: int
    post: str
    rank: int


def deciders(seat: Seat, asker_id: int) -> dict[int, bool]:
    """By person: whether they stand in. Empty when there is nobody at all. Never the asker."""
    first = [user_id for user_id in _in_person(seat) if user_id != asker_id]
    away = absences(first)
    deputies = [] if set(first) - away.keys() else _deputies(seat, {*first, asker_id}, away)
    return dict.fromkeys(deputies, True) | dict.fromkeys(first, False)


def route_up(actor: Actor, steps: int = 1) -> tuple[Seat, ...]:
    """The heads above somebody, the nearest first; seats which they hold themselves are passed over."""
    mine = {(place.unit_id, place.post) for place in posts_of(actor.user_id)}
    heads = (seat for unit in _line_above(actor) if (seat := _head_of(unit)))
    return tuple(seat for seat in heads if (seat.unit_id, seat.post) not in mine)[:steps]


def words_of(seats: Sequence[Seat]) -> list[str]:
    """市民課・課長, or the person's name."""
    units = units_by_id()
    people = people_cards(seat.person_id for seat in seats if seat.person_id)
    return [_words(seat, units, people[seat.person_id].name if seat.person_id in people else "") for seat in seats]


def absences(user_ids: Collection[int]) -> dict[int, int | None]:
    """Who of these is away today, with the deputy they have named."""
    today = clock.today()
    asked = select(Absence.user_id, Absence.deputy_id).where(Absence.user_id.in_(user_ids), Absence.starts_on <= today, Absence.ends_on >= today)
    return dict(db.session.execute(asked.order_by(Absence.id)).all())


def seated_in(unit_ids: Collection[int]) -> list[Seated]:
    """Active people with a post in any of these units today."""
    asked = (select(Assignment.user_id, Assignment.unit_id, Post.name, Post.rank).join(Post, Post.id == Assignment.post_id)
             .join(User, User.id == Assignment.user_id)
             .where(Assignment.unit_id.in_(unit_ids), valid_on(Assignment, clock.today()), User.state == ACTIVE).order_by(Post.rank, Assignment.id))
    return [Seated(*row) for row in db.session.execute(asked)]


def _in_person(seat: Seat) -> list[int]:
    if seat.person_id:
        return list(db.session.scalars(select(User.id).where(User.id == seat.person_id, User.state == ACTIVE)))
    return [each.user_id for each in seated_in([seat.unit_id or 0]) if each.post == seat.post]


def _deputies(seat: Seat, without: set[int], away: dict[int, int | None]) -> list[int]:
    """Those who were named; else the highest who is there in the section, or at last the head of what stands above."""
    named = {deputy for deputy in away.values() if deputy} - without
    here = set(db.session.scalars(select(User.id).where(User.id.in_(named), User.state == ACTIVE)))
    here -= absences(here).keys()
    return sorted(here) or _next_in_line(_unit_of(seat), without)


def _next_in_line(unit_id: int, without: set[int]) -> list[int]:
    units = units_by_id()
    below = [unit.id for unit in units.values() if unit_id in _ids_up(unit.id, units)]
    ahead: list[Collection[int]] = [below, *([step] for step in _ids_up(unit_id, units)[1:])]
    for place in ahead:
        found = _highest(place, without)
        if found:
            return found
    return []


def _highest(unit_ids: Collection[int], without: set[int]) -> list[int]:
    least = db.session.scalar(select(Post.rank).where(Post.name == LEAST)) or 0
    there = [each for each in seated_in(unit_ids) if each.user_id not in without and each.rank <= least]
    away = absences([each.user_id for each in there])
    there = [each for each in there if each.user_id not in away]
    return sorted({each.user_id for each in there if each.rank == there[0].rank})


def _unit_of(seat: Seat) -> int:
    if seat.unit_id:
        return seat.unit_id
    places = posts_of(seat.person_id or 0)
    return places[0].section_id if places else 0


def _line_above(actor: Actor) -> Iterator[UnitNode]:
    """From the actor's 課 to the root."""
    places, units = posts_of(actor.user_id), units_by_id()
    start = sections_of([places[0].unit_id])[places[0].unit_id] if places else 0
    yield from (units[unit_id] for unit_id in _ids_up(start, units) if unit_id in units)


def _ids_up(unit_id: int, units: dict[int, UnitNode]) -> list[int]:
    line = [unit_id]
    while line[-1] in units and (parent := units[line[-1]].parent_id) and parent not in line:
        line.append(parent)
    return line


def _head_of(unit: UnitNode) -> Seat | None:
    """The post of whoever heads it now; of one that nobody heads the post its kind has."""
    seated = next((each.post for each in seated_in([unit.id]) if each.post.endswith(HEAD)), "")
    usual = db.session.scalar(select(Post.name).where(Post.name == f"{unit.kind}{HEAD}")) or ""
    post = seated or usual
    return Seat(unit.id, post) if post else None


def _words(seat: Seat, units: dict[int, UnitNode], person: str) -> str:
    if seat.person_id:
        return person
    return f"{units[seat.unit_id].name}・{seat.post}" if seat.unit_id in units else seat.post
