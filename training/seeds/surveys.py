"""What the demo city asks after a training, and what those who were there say."""
from collections.abc import Sequence

from groupware.kernel import db
from groupware.kernel.actor import Actor
from training.asking import FIRST, MANY, Question
from training.commands.surveys import answer_survey, write_survey
from training.forms.surveys import ReplyDraft, SurveyDraft
from training.queries.surveys import surveyed_for

HELPED = Question("役に立ったものを選んでください", MANY, ("講義", "実例の紹介", "隣の人との話し合い", "配布資料"))
WORDS = (
    "実例が自分の課の仕事に近く、すぐ試せそうです。（実演の例）", "", "話し合いの時間がもう少しほしいです。（実演の例）", "",
    "続きの回を開いてください。（実演の例）")


def ask(keeper: Actor, course_id: int) -> None:
    write_survey(keeper, course_id, SurveyDraft(True, True, (*FIRST[:2], HELPED, FIRST[2])))


def answer(people: Sequence[Actor], sitting_id: int) -> None:
    for place, each in enumerate(people):
        db.end_reading()
        version = surveyed_for(each, sitting_id).version
        answer_survey(each, sitting_id, ReplyDraft(version, ([place % 3 // 2], [place % 4], sorted({place % 4, (place + 1) % 3}),
                                                             WORDS[place] if place < len(WORDS) else "")))
