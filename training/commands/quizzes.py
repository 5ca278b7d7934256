"""Deeds about a quiz: written by whoever keeps the course, taken by those who learn."""
import secrets

from sqlalchemy import bindparam, select

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict
from training.commands.learning import learn_alone
from training.events.quizzes import QuizTaken, QuizWritten
from training.forms.quizzes import Answers, QuizDraft
from training.judging import as_written, judge
from training.models.courses import ALONE, Course
from training.models.quizzes import Quiz, Try
from training.permissions.courses import Courses, Quizzed
from training.queries.courses import course_for
from training.queries.quizzes import Standing, paper_for, quiz_of, quizzed_for, standing_in

SEED_BITS = 62


@command(Courses.KEEP, on=course_for)
def write_quiz(actor: Actor, course: Course, draft: QuizDraft) -> None:
    """Other questions are another version: what was handed in stays as it was judged, and a paper that lies open is not judged by them."""
    _hold(course.id)
    quiz = quiz_of(course.id) or Quiz(course_id=course.id, version=0, questions=[], seed=secrets.randbits(SEED_BITS))
    asked = [each.as_dict() for each in draft.questions]
    quiz.version += quiz.questions != asked
    quiz.used, quiz.pass_mark, quiz.tries, quiz.questions, quiz.changed_at = draft.used, draft.pass_mark, draft.tries, asked, clock.now()
    db.session.add(quiz)
    record(actor, QuizWritten(course.id, quiz.version))


@command(Courses.TAKE, on=quizzed_for)
def take_quiz(actor: Actor, quizzed: Quizzed, answers: Answers) -> int:
    """Judged here. Whoever learns alone and passes has completed the course. Handed in twice, it is one try."""
    quiz = quizzed.quiz
    _hold(quiz.course_id)
    db.session.refresh(quiz)
    standing = standing_in(quizzed.course, quiz, actor.user_id)
    _check(actor, quiz, standing, answers)
    made = _judged(actor, quiz, answers)
    record(actor, QuizTaken(quiz.course_id, made.id, actor.user_id, made.passed))
    if made.passed and quizzed.course.way == ALONE:
        learn_alone(actor, quiz.course_id)
    return made.id


def _check(actor: Actor, quiz: Quiz, standing: Standing, answers: Answers) -> None:
    if standing.made and answers.number == standing.made:
        raise Already(db.session.scalar(select(Try.id).where(Try.course_id == quiz.course_id, Try.user_id == actor.user_id,
                                                             Try.number == answers.number)))
    if (answers.version, answers.number) != (quiz.version, standing.made + 1):
        raise Conflict("確認テストが改められたか、ほかの画面で先に出されました。開き直してから答えてください。")
    if standing.passed or standing.done_today:
        raise Conflict("もう合格しています。")
    if standing.left(quiz) == 0:
        raise Conflict("受けられる回数が終わりました。研修の担当に相談してください。")


def _judged(actor: Actor, quiz: Quiz, answers: Answers) -> Try:
    questions, asked = paper_for(quiz, actor.user_id, answers.number)
    said = as_written(asked, answers.picked)
    verdict = judge(questions, said, quiz.pass_mark)
    made = Try(course_id=quiz.course_id, user_id=actor.user_id, number=answers.number, version=quiz.version, questions=quiz.questions, answers=said,
               missed=verdict.bits, score=verdict.score, pass_mark=quiz.pass_mark, passed=verdict.passed, at=clock.now())
    db.session.add(made)
    db.session.flush()
    return made


def _hold(course_id: int) -> None:
    """The questions stay what they are while they are answered, and tries are counted one after the other."""
    db.hold(select(Course.id).where(Course.id == bindparam("course")).with_for_update(key_share=True), {"course": course_id})
