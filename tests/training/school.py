"""Courses as the tests of this folder need them."""
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from groupware.directory.commands.people import disable_person, enable_person
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM, Actor
from training.commands.courses import make_course, move_sitting, plan_sitting
from training.commands.quizzes import take_quiz
from training.commands.seats import move_seat
from training.forms.courses import CourseDraft, SittingDraft
from training.forms.quizzes import Answers
from training.judging import ONE, SEVERAL, Question
from training.models.courses import GATHERED, Seat, Sitting
from training.queries.quizzes import paper_for, quizzed_for, standing_in

ALL = (("to", "all"),)
ASKED = (Question("どれを開きますか。", ONE, ("甲の紙", "乙の紙", "丙の紙"), (1,), "乙だけが届いたものです。"),
         Question("どれをしまいますか。", SEVERAL, ("鍵", "名簿", "花瓶", "机"), (0, 1), "鍵と名簿です。"))


def course(people: dict[str, Actor], way: str = GATHERED, *, owner: str = "steering", title: str = "情報の扱い", **more: object) -> int:
    made: int = make_course(people["steering"], CourseDraft(title, "学ぶこと", way, owner_id=people[owner].user_id, **more))      # type: ignore[arg-type]
    db.end_reading()
    return made


def sitting(people: dict[str, Actor], course_id: int, capacity: int | None = None, days: int = 10, *, called: bool = True) -> int:
    day = clock.today() + timedelta(days=days)
    starts = datetime.combine(day, time(13, 30), clock.JST)
    made: int = plan_sitting(people["steering"], course_id, SittingDraft(starts, starts + timedelta(hours=2), "会議室", day - timedelta(days=1),
                                                                         capacity=capacity))
    if called:
        move_sitting(people["steering"], made, "announce")
    db.end_reading()
    return made


def move(actor: Actor, sitting_id: int, user_id: int, act: str, reason: str = "わけ") -> int:
    made: int = move_seat(actor, (sitting_id, user_id), act, reason)
    db.end_reading()
    return made


def state(sitting_id: int, user_id: int) -> str:
    db.end_reading()
    return db.session.query(Seat).filter_by(sitting_id=sitting_id, user_id=user_id).one().state


def begin(sitting_id: int) -> None:
    """As if it had begun an hour ago."""
    def change() -> None:
        row = db.session.get_one(Sitting, sitting_id)
        row.starts_at = clock.now() - timedelta(hours=1)
    db.write(change)
    db.end_reading()


def leave(user_id: int) -> None:
    disable_person(SYSTEM, user_id)
    db.end_reading()


def come_back(user_id: int) -> None:
    enable_person(SYSTEM, user_id)
    db.end_reading()


def in_days(days: int) -> date:
    return clock.today() + timedelta(days=days)


def answers(actor: Actor, number: int, missed: Collection[int] = ()) -> Answers:
    """To the paper that lies before somebody: all rightly but for these."""
    db.end_reading()
    quizzed = quizzed_for(actor, number)
    tries = standing_in(quizzed.course, quizzed.quiz, actor.user_id).made + 1
    questions, papers = paper_for(quizzed.quiz, actor.user_id, tries)
    picked = tuple(tuple(pick for pick, choice in enumerate(each.order) if choice in questions[each.place].right) for each in papers)
    wrong = tuple(next((pick,) for pick, choice in enumerate(each.order) if choice not in questions[each.place].right) for each in papers)
    return Answers(quizzed.quiz.version, tries, tuple(wrong[at] if each.place in missed else picked[at] for at, each in enumerate(papers)))


def take(actor: Actor, number: int, missed: Collection[int] = ()) -> int:
    made: int = take_quiz(actor, number, answers(actor, number, missed))
    db.end_reading()
    return made
