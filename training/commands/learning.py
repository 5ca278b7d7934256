"""A completion: how it comes to be."""
from datetime import date

from sqlalchemy import select

from groupware.directory.queries import people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict
from training.events.courses import CourseLearned
from training.models.courses import BY_ONESELF, Completion, Course
from training.permissions.courses import Courses
from training.queries.courses import course_for
from training.queries.quizzes import still_to_pass
from training.rules import valid_until


@command(Courses.LEARN, on=course_for)
def learn_alone(actor: Actor, course: Course) -> int:
    """From the materials; once a day is enough."""
    made = complete(actor, course, actor.user_id, clock.today(), BY_ONESELF)
    if made is None:
        raise Already(0)
    record(actor, CourseLearned(course.id, made, actor.user_id))
    return made


def complete(by: Actor, course: Course, user_id: int, day: date, source: str, sitting_id: int | None = None) -> int | None:
    """None: it is known already. Raises Conflict for whoever has not passed what is asked."""
    known = select(Completion.id).where(Completion.user_id == user_id, Completion.title == course.title, Completion.done_on == day)
    if db.session.scalar(known):
        return None
    card = people_cards([user_id], day).get(user_id)
    if still_to_pass(course.id, user_id):
        whose = f"{card.name} さんは、" if card and user_id != by.user_id else ""
        raise Conflict(f"{whose}まだこの研修の確認テストに合格していません。合格してから修了になります。")
    made = Completion(user_id=user_id, unit_id=card.unit_id if card else None, course_id=course.id, sitting_id=sitting_id, title=course.title,
                      done_on=day, expires_on=valid_until(day, course.months), source=source, by_name=by.name, at=clock.now())
    db.session.add(made)
    db.session.flush()
    return made.id
