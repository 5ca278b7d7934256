"""A section as its head sees it: who, by what they must take."""
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from groupware.directory.queries import PersonCard, people_cards
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Forbidden
from training.models.courses import OFFERED, Course
from training.models.duties import Duty
from training.permissions.courses import heads_of
from training.queries.duties import OUT, Tally, duty_state, tallies


@dataclass(frozen=True, slots=True)
class Line:
    """``cells``: by course the duty and how it stands."""

    card: PersonCard
    cells: dict[int, tuple[Duty, str]]


@dataclass(frozen=True, slots=True)
class SectionSheet:
    courses: list[Course]
    totals: dict[int, Tally]
    lines: list[Line]


def section_sheet(actor: Actor) -> SectionSheet:
    """Raises Forbidden for whoever heads nobody. Five questions, however many people and courses."""
    units = heads_of(actor)
    if not units:
        raise Forbidden("この頁は、所属長のためのものです。")
    state = duty_state().label("state")
    asked = select(Course, Duty, state).join(Duty, Duty.course_id == Course.id).where(Course.state == OFFERED, Duty.unit_id.in_(units), state != OUT)
    rows = db.session.execute(asked.order_by(Course.due_on.is_(None), Course.due_on, Course.title)).all()
    courses = {course.id: course for course, _, _ in rows}
    cells: dict[int, dict[int, tuple[Duty, str]]] = defaultdict(dict)
    for course, duty, said in rows:
        cells[duty.user_id][course.id] = (duty, said)
    cards = people_cards(cells)
    lines = sorted((Line(cards[user_id], found) for user_id, found in cells.items() if user_id in cards),
                   key=lambda line: (line.card.unit_name, line.card.kana))
    totals = {course_id: sum(by_unit.values(), Tally()) for course_id, by_unit in tallies(courses, units).items()}
    return SectionSheet(list(courses.values()), totals, lines)
