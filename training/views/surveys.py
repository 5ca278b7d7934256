"""The survey of a course: written; answered after a sitting; what was said of it."""
from collections.abc import Iterator

from flask import Response as FlaskResponse
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel.given import number
from groupware.kernel.permissions import authorize
from groupware.ui.tables import as_table
from training.asking import FIRST, KINDS, questions_of
from training.commands import surveys as deeds
from training.forms.surveys import MOST_QUESTIONS, ReplyDraft, SurveyDraft
from training.permissions.courses import Courses, Surveyed
from training.queries.courses import course_for
from training.queries.surveys import Outcome, is_open, last_day, outcome_of_sitting, survey_of, surveyed_for
from training.views.learning import blueprint

MORE = 3        # empty places below what is written


@blueprint.get("/courses/<int:course_id>/survey/edit")
def writing_survey(course_id: int) -> str:
    course = course_for(current_user, course_id)
    authorize(current_user, Courses.KEEP, course)
    found = survey_of(course_id)
    places = [*(questions_of(found.questions) if found else FIRST), *([None] * MORE)]
    return render_template("training/survey_form.html", title="アンケートを改める" if found else "アンケートをつくる", course=course, survey=found,
                           places=places[:MOST_QUESTIONS], kinds=list(KINDS.items()), most=MOST_QUESTIONS)


@blueprint.post("/courses/<int:course_id>/survey")
def write_survey(course_id: int) -> Response:
    deeds.write_survey(current_user, course_id, SurveyDraft.parse(request.form))
    return redirect(url_for("training.course", course_id=course_id), 303)


@blueprint.get("/sittings/<int:sitting_id>/survey")
def survey(sitting_id: int) -> str:
    surveyed = surveyed_for(current_user, sitting_id)
    authorize(current_user, Courses.ANSWER, surveyed)
    return render_template("training/survey.html", title="受講後アンケート", surveyed=surveyed, course=surveyed.course, sitting=surveyed.sitting,
                           open=is_open(surveyed.sitting), last=last_day(surveyed.sitting))


@blueprint.post("/sittings/<int:sitting_id>/replies")
def reply(sitting_id: int) -> Response:
    surveyed = surveyed_for(current_user, sitting_id)
    authorize(current_user, Courses.ANSWER, surveyed)
    version = number(request.form, "version", "アンケートを開き直してから答えてください。")
    draft = ReplyDraft.parse(request.form, version, surveyed.questions if version == surveyed.version else ())
    deeds.answer_survey(current_user, sitting_id, draft)
    return redirect(url_for("training.survey", sitting_id=sitting_id), 303)


@blueprint.get("/sittings/<int:sitting_id>/survey/outcome")
def survey_outcome(sitting_id: int) -> str:
    surveyed, outcome = _gathered(sitting_id)
    return render_template("training/survey_outcome.html", title="アンケートの結果", surveyed=surveyed, course=surveyed.course,
                           sitting=surveyed.sitting, outcome=outcome, kinds=KINDS, last=last_day(surveyed.sitting))


@blueprint.get("/sittings/<int:sitting_id>/survey.csv")
def survey_list(sitting_id: int) -> FlaskResponse:
    """?encoding=: one line an answer; of an anonymous one only how many there are of each."""
    surveyed, outcome = _gathered(sitting_id)
    if surveyed.anonymous:
        return as_table(f"survey-{sitting_id}", ("設問", "答え", "人数"), _counted(outcome))
    return as_table(f"survey-{sitting_id}", ("所属", "氏名", *(each.text for each in surveyed.questions)), (
        (card.label, card.name, *(each.said(answer) for each, answer in zip(surveyed.questions, answers, strict=True)))
        for card, answers in outcome.replies))


def _gathered(sitting_id: int) -> tuple[Surveyed, Outcome]:
    surveyed = surveyed_for(current_user, sitting_id)
    authorize(current_user, Courses.KEEP, surveyed)
    return surveyed, outcome_of_sitting(surveyed)


def _counted(outcome: Outcome) -> Iterator[tuple[str, str, object]]:
    if outcome.hidden:
        yield outcome.hidden, "", ""
    for row in outcome.rows:
        yield from ((row.question.text, words, many) for words, many in zip(row.question.choices, row.counts, strict=True))
        yield from ((row.question.text, words, 1) for words, _ in row.words)
