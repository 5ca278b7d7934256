"""A fiscal year in sums: what was held and completed, how the leaders did, what was certified. Nobody is seen in them."""
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Select, distinct, func, select
from sqlalchemy.orm import InstrumentedAttribute

from groupware.directory.queries import unit_tree
from groupware.kernel import clock, db
from training.models.courses import SETTLED, Completion, Course, Sitting
from training.models.leaders import Practice, Term
from training.models.skills import Certification
from training.queries.courses import offered
from training.queries.duties import Tally, tallies

FEWEST = 3      # people: of fewer a rate says who


@dataclass(frozen=True, slots=True)
class CourseYear:
    title: str
    held: int
    completed: int
    people: int
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Rate:
    """Of one 部 and one course today; ``percent`` None: of so few people that it would say who."""

    course: str
    above: str
    done: int
    needed: int

    @property
    def percent(self) -> int | None:
        return 100 * self.done // self.needed if self.needed >= FEWEST else None


@dataclass(frozen=True, slots=True)
class Year:
    year: int
    courses: list[CourseYear]
    rates: list[Rate]
    appointed: int
    ended: int
    practices: int
    practice_minutes: int
    certified: int
    certified_people: int


def year_of(year: int) -> Year:
    """A constant number of questions."""
    first, last = date(year, 4, 1), date(year + 1, 3, 31)
    practices, minutes = db.session.execute(select(func.count(), func.coalesce(func.sum(Practice.minutes), 0))
                                            .where(Practice.day.between(first, last))).one()
    certified, people = db.session.execute(select(func.count(), func.count(distinct(Certification.user_id)))
                                           .where(Certification.level > 0, Certification.certified_on.between(first, last))).one()
    return Year(year, _courses(first, last), _rates() if first <= clock.today() <= last else [], _number(Term.starts_on, first, last),
                _number(Term.ended_on, first, last), practices, minutes, certified, people)


def _courses(first: date, last: date) -> list[CourseYear]:
    lengths = dict(db.session.execute(select(Course.title, Course.minutes)).all())
    begins, ends = (datetime(day.year, day.month, day.day, tzinfo=clock.JST).astimezone(UTC) for day in (first, date(last.year, 4, 1)))
    held = dict(db.session.execute(select(Course.title, func.count()).join(Sitting, Sitting.course_id == Course.id).where(
        Sitting.state == SETTLED, Sitting.starts_at >= begins, Sitting.starts_at < ends).group_by(Course.title)).all())
    asked: Select[str, int, int] = (select(Completion.title, func.count(), func.count(distinct(Completion.user_id)))
                                    .where(Completion.done_on.between(first, last)).group_by(Completion.title).order_by(Completion.title))
    return [CourseYear(title, held.get(title, 0), many, people, lengths.get(title)) for title, many, people in db.session.execute(asked)]


def _rates() -> list[Rate]:
    titles = dict(db.session.execute(select(Course.id, Course.title).order_by(Course.title)).all())
    tops = [child for root in unit_tree() for child in root.children]
    above = {node.id: top.id for top in tops for node in top.walk()}
    names, found = {top.id: top.name for top in tops}, tallies(offered())
    rates = []
    for course_id, title in titles.items():
        summed: dict[int, Tally] = {}
        for unit, tally in found[course_id].items():
            top = above.get(unit, 0)
            summed[top] = summed.get(top, Tally()) + tally
        rates += [Rate(title, names.get(top, "そのほか"), tally.done, tally.needed) for top, tally in summed.items() if tally.needed]
    return rates


def _number(column: InstrumentedAttribute[date | None], first: date, last: date) -> int:
    return db.session.scalar(select(func.count()).select_from(Term).where(column.between(first, last))) or 0
