"""The quiz of a course in somebody's hands, how they stand with it, and how it goes for all."""
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from training.judging import Asked, Question, paper, questions_of
from training.models.courses import ALONE, ATTENDED, BOOKED, Aim, Completion, Course, Seat, Sitting
from training.models.duties import Duty
from training.models.quizzes import Quiz, Try
from training.permissions.courses import Quizzed
from training.queries.courses import course_for

SITS = (BOOKED, ATTENDED)


@dataclass(frozen=True, slots=True)
class Standing:
    """``made``: all tries of somebody in a course; ``counted``: those of this version since they last completed it. ``passed``: since then."""

    made: int
    counted: int
    passed: bool
    done_today: bool
    best: int | None

    def left(self, quiz: Quiz) -> int | None:
        """None: as many as one likes."""
        return max(0, quiz.tries - self.counted) if quiz.tries else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of the present version. ``missed`` by question, in the order in which they were written."""

    tries: int
    people: int
    passed: int
    missed: tuple[int, ...]

    @property
    def hardest(self) -> int | None:
        """The place of the question that was missed most often."""
        return max(range(len(self.missed)), key=lambda place: (self.missed[place], -place)) if any(self.missed) else None


def quiz_of(course_id: int) -> Quiz | None:
    """Also one that is not used now."""
    return db.session.get(Quiz, course_id)


def quizzed_for(actor: Actor, course_id: int) -> Quizzed:
    """Raises NotFound where nothing is asked."""
    course = course_for(actor, course_id)
    quiz = quiz_of(course_id)
    if quiz is None or not quiz.used:
        raise NotFound
    return Quizzed(course, quiz, belongs(course, actor.user_id))


def try_for(actor: Actor, try_id: int) -> Try:
    """One's own. Raises NotFound."""
    found = db.session.get(Try, try_id)
    if found is None or found.user_id != actor.user_id or actor.outside:
        raise NotFound
    return found


def belongs(course: Course, user_id: int) -> bool:
    """Has a duty or a seat; a course to be learned alone that is compulsory for nobody is everybody's. One question."""
    duty = exists().where(Duty.course_id == course.id, Duty.user_id == user_id, Duty.gone == "")
    seat = exists().where(Seat.user_id == user_id, Seat.state.in_(SITS), Seat.sitting_id == Sitting.id, Sitting.course_id == course.id)
    free = ~exists().where(Aim.course_id == course.id)
    return bool(db.session.scalar(select(or_(duty, seat, free) if course.way == ALONE else or_(duty, seat))))


def standing_in(course: Course, quiz: Quiz, user_id: int) -> Standing:
    """One question."""
    fresh = _fresh(course.id, user_id)
    today = select(func.count(Completion.id)).where(Completion.user_id == user_id, Completion.title == course.title,
                                                    Completion.done_on == clock.today()).scalar_subquery()
    counted, passed = func.count(case((and_(Try.version == quiz.version, fresh), 1))), func.count(case((and_(Try.passed, fresh), 1)))
    row = db.session.execute(select(func.count(), counted, passed, today, func.max(Try.score))
                             .where(Try.course_id == course.id, Try.user_id == user_id)).one()
    return Standing(row[0], row[1], bool(row[2]), bool(row[3]), row[4])


def still_to_pass(course_id: int, user_id: int) -> bool:
    """Whether something is asked in this course that somebody has not passed since they last completed it."""
    asked = exists().where(Quiz.course_id == course_id, Quiz.used)
    passed = exists().where(Try.course_id == course_id, Try.user_id == user_id, Try.passed, _fresh(course_id, user_id))
    return bool(db.session.scalar(select(and_(asked, ~passed))))


def paper_for(quiz: Quiz, user_id: int, number: int) -> tuple[tuple[Question, ...], list[Asked]]:
    questions = questions_of(quiz.questions)
    return questions, paper(questions, quiz.seed, user_id, number)


def outcome_of(quiz: Quiz) -> Outcome:
    """One question, however many tried."""
    missed = [func.count(case((Try.missed.bitwise_and(1 << place) != 0, 1))) for place in range(len(quiz.questions))]
    passed = func.count(func.distinct(case((Try.passed, Try.user_id))))
    row = db.session.execute(select(func.count(), func.count(func.distinct(Try.user_id)), passed, *missed)
                             .where(Try.course_id == quiz.course_id, Try.version == quiz.version)).one()
    return Outcome(row[0], row[1], row[2], tuple(row[3:]))


def _fresh(course_id: int, user_id: int) -> ColumnElement[bool]:
    """Of a try: made after its person last completed the course."""
    last = select(func.max(Completion.at)).where(Completion.course_id == course_id, Completion.user_id == user_id).scalar_subquery()
    return or_(last.is_(None), Try.at > last)
