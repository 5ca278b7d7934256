"""The quiz of a course: taken and its result, written, and how it goes for all."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel.errors import NotFound
from groupware.kernel.given import number
from groupware.kernel.permissions import authorize
from training.commands import quizzes as deeds
from training.forms.quizzes import MOST_CHOICES, MOST_QUESTIONS, Answers, QuizDraft
from training.judging import KINDS, questions_of
from training.models.courses import ALONE, Course
from training.permissions.courses import Courses
from training.queries.courses import course_for
from training.queries.quizzes import outcome_of, paper_for, quiz_of, quizzed_for, standing_in, try_for
from training.views.learning import blueprint

MORE = 3        # empty places below what is written


@blueprint.get("/courses/<int:course_id>/quiz")
def quiz(course_id: int) -> str:
    quizzed = quizzed_for(current_user, course_id)
    authorize(current_user, Courses.TAKE, quizzed)
    standing = standing_in(quizzed.course, quizzed.quiz, current_user.user_id)
    _, asked = paper_for(quizzed.quiz, current_user.user_id, standing.made + 1)
    return render_template("training/quiz.html", title="確認テスト", course=quizzed.course, quiz=quizzed.quiz, standing=standing, asked=asked,
                           left=standing.left(quizzed.quiz), alone=quizzed.course.way == ALONE)


@blueprint.post("/courses/<int:course_id>/tries")
def take(course_id: int) -> Response:
    quizzed = quizzed_for(current_user, course_id)
    authorize(current_user, Courses.TAKE, quizzed)
    again = "確認テストを開き直してから答えてください。"
    version, turn = number(request.form, "version", again), number(request.form, "number", again)
    _, asked = paper_for(quizzed.quiz, current_user.user_id, turn)
    picked = Answers.parse(request.form, version, turn, asked if version == quizzed.quiz.version else [])
    return redirect(url_for("training.tried", try_id=deeds.take_quiz(current_user, course_id, picked)), 303)


@blueprint.get("/tries/<int:try_id>")
def tried(try_id: int) -> str:
    made = try_for(current_user, try_id)
    authorize(current_user, Courses.TAKE, made)
    course, now = course_for(current_user, made.course_id), quiz_of(made.course_id)
    standing = standing_in(course, now, current_user.user_id) if now else None
    questions = questions_of(made.questions)
    return render_template("training/try.html", title="確認テストの結果", course=course, made=made, standing=standing, quiz=now,
                           left=standing.left(now) if standing and now else None, alone=course.way == ALONE,
                           rows=[(each, set(made.answers[place]), bool(made.missed >> place & 1)) for place, each in enumerate(questions)])


@blueprint.get("/courses/<int:course_id>/quiz/edit")
def writing_quiz(course_id: int) -> str:
    course = _kept(course_id)
    found = quiz_of(course_id)
    questions = questions_of(found.questions) if found else ()
    return render_template("training/quiz_form.html", title="確認テストを改める" if found else "確認テストをつくる", course=course, quiz=found,
                           places=[*questions, *([None] * MORE)][:MOST_QUESTIONS], kinds=list(KINDS.items()), slots=MOST_CHOICES)


@blueprint.post("/courses/<int:course_id>/quiz")
def write_quiz(course_id: int) -> Response:
    deeds.write_quiz(current_user, course_id, QuizDraft.parse(request.form))
    return redirect(url_for("training.quiz_outcome", course_id=course_id), 303)


@blueprint.get("/courses/<int:course_id>/quiz/outcome")
def quiz_outcome(course_id: int) -> str:
    course, found = _kept(course_id), quiz_of(course_id)
    if found is None:
        raise NotFound
    outcome = outcome_of(found)
    return render_template("training/quiz_outcome.html", title="確認テストのようす", course=course, quiz=found, outcome=outcome, kinds=KINDS,
                           rows=list(zip(questions_of(found.questions), outcome.missed, range(len(outcome.missed)), strict=True)))


def _kept(course_id: int) -> Course:
    course = course_for(current_user, course_id)
    authorize(current_user, Courses.KEEP, course)
    return course
