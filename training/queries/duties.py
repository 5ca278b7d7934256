"""Who must take what, how far they are, and of how many that is said: whoever is away, excused or gone is counted apart, never quietly."""
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Self

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from groupware.directory.queries import PersonCard, UnitNode, people_cards, sections_of, unit_tree
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from training.models.courses import OFFERED, Completion, Course
from training.models.duties import DISABLED, Chasing, Duty
from training.permissions.courses import Watched, heads_of, keeps
from training.queries.courses import course_for

DONE, LEFT, OVERDUE, EXCUSED, AWAY, OUT = "done", "left", "overdue", "excused", "away", "out"
STATES = {DONE: "修了", LEFT: "まだ", OVERDUE: "期限を過ぎた", EXCUSED: "免除", AWAY: "休職・停止中", OUT: "対象外になった"}
MISSING = (LEFT, OVERDUE)


@dataclass(frozen=True, slots=True)
class Tally:
    """Of a course among some people. ``late``: how many of those needed came into it later, with a due date of their own."""

    done: int = 0
    left: int = 0
    overdue: int = 0
    excused: int = 0
    away: int = 0
    out: int = 0
    late: int = 0

    def __add__(self, other: Self) -> "Tally":
        return Tally(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))

    @property
    def needed(self) -> int:
        """The denominator: who must take it and is there to take it."""
        return self.done + self.left + self.overdue

    @property
    def missing(self) -> int:
        return self.left + self.overdue

    @property
    def rate(self) -> int | None:
        """Whole per cent, rounded down so that 100 means all of them; None of nobody."""
        return 100 * self.done // self.needed if self.needed else None


@dataclass(frozen=True, slots=True)
class Pupil:
    duty: Duty
    card: PersonCard
    state: str


@dataclass(frozen=True, slots=True)
class Due:
    """What somebody must take themselves."""

    course: Course
    duty: Duty
    state: str


def completed() -> ColumnElement[bool]:
    """Of a duty: whether a completion counts today."""
    return exists().where(Completion.user_id == Duty.user_id, Completion.course_id == Duty.course_id,
                          or_(Completion.expires_on.is_(None), Completion.expires_on >= clock.today())).correlate(Duty)


def duty_state() -> ColumnElement[str]:
    return case((Duty.gone == DISABLED, AWAY), (Duty.gone != "", OUT), (completed(), DONE), (Duty.excused != "", EXCUSED),
                (and_(Duty.due_on.is_not(None), Duty.due_on < clock.today()), OVERDUE), else_=LEFT)


def watched_for(actor: Actor, course_id: int) -> Watched:
    """Raises NotFound."""
    course = course_for(actor, course_id)
    return Watched(course, None if keeps(actor, course) else heads_of(actor))


def tallies(course_ids: Collection[int] | Select[int], units: frozenset[int] | None = None) -> dict[int, dict[int, Tally]]:
    """By course and unit; one question however many."""
    state = duty_state().label("state")
    asked = select(Duty.course_id, Duty.unit_id, state, Duty.late, func.count().label("people")).where(Duty.course_id.in_(course_ids))
    if units is not None:
        asked = asked.where(Duty.unit_id.in_(units))
    found: dict[int, dict[int, Tally]] = defaultdict(lambda: defaultdict(Tally))
    for row in db.session.execute(asked.group_by(Duty.course_id, Duty.unit_id, state, Duty.late)):
        late = row.people if row.late and row.state in {DONE, *MISSING} else 0
        found[row.course_id][row.unit_id] += Tally(**{row.state: row.people}, late=late)
    return found


def by_section(watched: Watched) -> list[tuple[str, UnitNode, Tally]]:
    """(部, 課, tally) in the order of the tree."""
    counted = tallies([watched.course.id], watched.units)[watched.course.id]
    sections, summed = sections_of(counted), defaultdict[int, Tally](Tally)
    for unit, tally in counted.items():
        summed[sections.get(unit, unit)] += tally
    tops = [child for root in unit_tree() for child in (root, *root.children)]
    nodes = [(top.name, node) for top in tops for node in ([top] if top.depth == 0 else top.walk())]
    return [(above, node, summed[node.id]) for above, node in nodes if node.id in summed]


def pupils(watched: Watched, states: Collection[str] = tuple(STATES), units: Collection[int] | None = None) -> list[Pupil]:
    """By name; three questions however many."""
    state = duty_state().label("state")
    asked = select(Duty, state).where(Duty.course_id == watched.course.id, state.in_(states))
    for only in (watched.units, units):
        if only is not None:
            asked = asked.where(Duty.unit_id.in_(only))
    rows = db.session.execute(asked).all()
    cards = people_cards(duty.user_id for duty, _ in rows)
    found = [Pupil(duty, cards[duty.user_id], said) for duty, said in rows if duty.user_id in cards]
    return sorted(found, key=lambda each: (each.card.unit_name, each.card.kana))


def missing(watched: Watched, units: Collection[int] | None = None) -> Select[int]:
    """Ids of the duties that are still to be done."""
    asked = select(Duty.id).where(Duty.course_id == watched.course.id, duty_state().in_(MISSING))
    for only in (watched.units, units):
        if only is not None:
            asked = asked.where(Duty.unit_id.in_(only))
    return asked


def dues_of(user_id: int) -> list[Due]:
    """What somebody must take, the nearest due date first; one question."""
    state = duty_state().label("state")
    asked = (select(Course, Duty, state).join(Duty, Duty.course_id == Course.id)
             .where(Duty.user_id == user_id, Duty.gone == "", Course.state == OFFERED).order_by(Duty.due_on.is_(None), Duty.due_on, Course.title))
    return [Due(course, duty, said) for course, duty, said in db.session.execute(asked)]


def duty_for(watched: Watched, user_id: int) -> Duty:
    """Raises NotFound."""
    found = db.session.scalar(select(Duty).where(Duty.course_id == watched.course.id, Duty.user_id == user_id))
    if found is None or (watched.units is not None and found.unit_id not in watched.units):
        raise NotFound
    return found


def chasings_of(course_id: int) -> list[Chasing]:
    return list(db.session.scalars(select(Chasing).where(Chasing.course_id == course_id).order_by(Chasing.id.desc()).limit(20)))
