"""Where people sit on a day, and how that is written: 市民課 窓口係・係長."""
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import CTE, Date, Select, and_, bindparam, literal, select
from sqlalchemy.orm import aliased

from groupware.directory.models import MAIN, Assignment, Post, UnitKind, UnitVersion
from groupware.directory.queries.units import valid_on
from groupware.directory.usual import LAST_RANK
from groupware.kernel import clock, db

DAY = bindparam("day", type_=Date)
HIGHEST = 20            # steps: no city hall is so deep, and no mistake in the tree makes us walk for ever


@dataclass(frozen=True, slots=True)
class Place:
    """An assignment on a day. ``line`` leads from the unit that is named alone (課) down to where the person sits."""

    assignment_id: int
    user_id: int
    nature: str
    post: str
    rank: int
    unit_id: int
    section_id: int
    line: tuple[str, ...]
    starts_on: date
    ends_on: date | None

    @property
    def section(self) -> str:
        return self.line[0]

    @property
    def where(self) -> str:
        return " ".join(self.line)

    @property
    def label(self) -> str:
        return f"{self.where}・{self.post}" if self.post else self.where


def places(user_ids: Iterable[int], on: date | None = None) -> dict[int, list[Place]]:
    """By person, 主務 first. One query, however many people and however deep the tree."""
    steps: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(_asked(), {"users": list(user_ids), "day": on or clock.today()}):
        steps[row.assignment_id].append(row)
    found: dict[int, list[Place]] = defaultdict(list)
    for place in map(_place, steps.values()):
        found[place.user_id].append(place)
    for line in found.values():
        line.sort(key=lambda place: (place.nature != MAIN, place.rank, place.assignment_id))
    return found


def posts_of(user_id: int, on: date | None = None) -> list[Place]:
    return places([user_id], on).get(user_id, [])


@dataclass(frozen=True, slots=True)
class Seating:
    """An assignment of whatever time, with what its unit was called when it began."""

    id: int
    nature: str
    unit_name: str
    post: str
    starts_on: date
    ends_on: date | None


def assignments_of(user_id: int) -> list[Seating]:
    """All there ever were and all that are booked, the newest first."""
    asked = (select(Assignment.id, Assignment.nature, UnitVersion.name, Post.name, Assignment.starts_on, Assignment.ends_on)
             .join(UnitVersion, and_(UnitVersion.unit_id == Assignment.unit_id, valid_on(UnitVersion, Assignment.starts_on)))
             .outerjoin(Post, Post.id == Assignment.post_id).where(Assignment.user_id == user_id)
             .order_by(Assignment.starts_on.desc(), Assignment.id.desc()))
    return [Seating(row[0], row[1], row[2], row[3] or "", row[4], row[5]) for row in db.session.execute(asked)]


def main_seats(user_ids: Collection[int]) -> list[tuple[int, int, date, date | None]]:
    """(person, unit, from, until) of every 主務 of theirs there ever was or is booked. One query."""
    asked = select(Assignment.user_id, Assignment.unit_id, Assignment.starts_on, Assignment.ends_on)
    return [(row[0], row[1], row[2], row[3]) for row in
            db.session.execute(asked.where(Assignment.user_id.in_(user_ids), Assignment.nature == MAIN))]


def seated_since(day: date) -> list[tuple[int, date]]:
    """(person, since when) of everybody whose 主務 of today began on that day or later. One query."""
    asked = select(Assignment.user_id, Assignment.starts_on).where(Assignment.nature == MAIN, Assignment.starts_on >= day,
                                                                   valid_on(Assignment, clock.today()))
    return [(row[0], row[1]) for row in db.session.execute(asked.order_by(Assignment.user_id))]


def side_sections() -> list[tuple[int, int]]:
    """(person, 課) of everybody who sits today in a 課 beside the one of their 主務. Two queries."""
    beside = db.session.scalars(select(Assignment.user_id).where(Assignment.nature != MAIN, valid_on(Assignment, clock.today())).distinct()).all()
    found = {(user_id, each.section_id) for user_id, line in places(beside).items() for each in line if each.section_id != line[0].section_id}
    return sorted(found)


@cache
def _asked() -> Select[Any]:
    """One row for each step up from an assignment's unit: the highest step last. Put together once: it is asked at every request."""
    line = _line()
    return (select(Assignment.id.label("assignment_id"), Assignment.user_id, Assignment.nature, Post.name.label("post"), Post.rank,
                   Assignment.unit_id, Assignment.starts_on, Assignment.ends_on, line.c.step_id, line.c.name, line.c.height)
            .join(line, line.c.assignment_id == Assignment.id).outerjoin(Post, Post.id == Assignment.post_id)
            .order_by(Assignment.id, line.c.height))


def _line() -> CTE:
    """From each unit up through those that are only named behind another one (係 behind 課)."""
    seat = (select(Assignment.id.label("assignment_id"), UnitVersion.unit_id.label("step_id"), UnitVersion.parent_id, UnitVersion.name,
                   UnitKind.after_parent, literal(0).label("height"))
            .join(UnitVersion, and_(UnitVersion.unit_id == Assignment.unit_id, valid_on(UnitVersion, DAY)))
            .outerjoin(UnitKind, UnitKind.name == UnitVersion.kind)
            .where(Assignment.user_id.in_(bindparam("users", expanding=True)), valid_on(Assignment, DAY)).cte("line", recursive=True))
    above, kind = aliased(UnitVersion), aliased(UnitKind)
    return seat.union_all(
        select(seat.c.assignment_id, above.unit_id, above.parent_id, above.name, kind.after_parent, seat.c.height + 1)
        .join(above, and_(above.unit_id == seat.c.parent_id, valid_on(above, DAY))).outerjoin(kind, kind.name == above.kind)
        .where(seat.c.after_parent, seat.c.height < HIGHEST))


def _place(steps: list[Any]) -> Place:
    seat, top = steps[0], steps[-1]
    return Place(seat.assignment_id, seat.user_id, seat.nature, seat.post or "", LAST_RANK if seat.rank is None else seat.rank, seat.unit_id,
                 top.step_id, tuple(step.name for step in reversed(steps)), seat.starts_on, seat.ends_on)
