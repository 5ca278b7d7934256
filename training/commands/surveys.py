"""Deeds about a survey: written by whoever keeps the course, answered by those who were there."""
from sqlalchemy import bindparam, select

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import Already, command, record
from groupware.kernel.errors import Conflict
from training.asking import dropped, nothing
from training.events.surveys import SurveyAnswered, SurveyWritten
from training.forms.surveys import ReplyDraft, SurveyDraft
from training.models.courses import Course, Sitting
from training.models.surveys import Box, Reply, Survey
from training.permissions.courses import Courses, Surveyed
from training.queries.courses import course_for
from training.queries.surveys import is_open, survey_of, surveyed_for


@command(Courses.KEEP, on=course_for)
def write_survey(actor: Actor, course: Course, draft: SurveyDraft) -> None:
    """A sitting that somebody has answered keeps what was asked there."""
    survey = survey_of(course.id) or Survey(course_id=course.id, version=0, questions=[], anonymous=draft.anonymous)
    asked = [each.as_dict() for each in draft.questions]
    survey.version += (survey.questions, survey.anonymous) != (asked, draft.anonymous)
    survey.used, survey.anonymous, survey.questions, survey.changed_at = draft.used, draft.anonymous, asked, clock.now()
    db.session.add(survey)
    record(actor, SurveyWritten(course.id, survey.version))


@command(Courses.ANSWER, on=surveyed_for)
def answer_survey(actor: Actor, surveyed: Surveyed, draft: ReplyDraft) -> None:
    """Once: nobody could tell which of the answers without a name was theirs."""
    box = _box_of(surveyed)
    if db.session.get(Reply, (surveyed.sitting.id, actor.user_id)):
        raise Already(None)
    if draft.version != box.version:
        raise Conflict("答えているあいだにアンケートが改められました。いまの設問を見てから、もう一度送ってください。")
    if not is_open(surveyed.sitting):
        raise Conflict("このアンケートの期限は過ぎています。伝えたいことは、研修の担当に伝えてください。")
    if box.anonymous:
        box.counts, box.words = dropped(box.counts, box.words, draft.answers)
    db.session.add_all([box, Reply(sitting_id=box.sitting_id, user_id=actor.user_id, answers=None if box.anonymous else list(draft.answers))])
    record(actor, SurveyAnswered(box.sitting_id))


def _box_of(surveyed: Surveyed) -> Box:
    """One answers after the other, each into what the one before has left."""
    number = surveyed.sitting.id
    db.hold(select(Sitting.id).where(Sitting.id == bindparam("sitting")).with_for_update(key_share=True), {"sitting": number})
    found = db.session.get(Box, number, populate_existing=True)
    if found is None:
        counts, words = nothing(surveyed.questions)
        found = Box(sitting_id=number, version=surveyed.version, anonymous=surveyed.anonymous, counts=counts, words=words,
                    questions=[each.as_dict() for each in surveyed.questions])
    return found
