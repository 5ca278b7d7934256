"""What is asked about a sitting, in somebody's hands, and what those who were there have said."""
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import and_, exists, func, or_, select

from groupware.directory.queries import PersonCard, people_cards
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from training.asking import Answer, Question, dropped, nothing, questions_of
from training.models.courses import ATTENDED, BOOKED, CANCELLED, COMPLETED, FAILED, Course, Seat, Sitting
from training.models.surveys import Box, Reply, Survey
from training.permissions.courses import Surveyed
from training.queries.courses import kept_for

THERE = (BOOKED, ATTENDED, COMPLETED, FAILED)
OPEN_DAYS, FEWEST = 14, 5       # days; fewer answers without a name would tell whose they are
ENDS = time(17, 15)


@dataclass(frozen=True, slots=True)
class Said:
    """Of one question. ``words`` with who wrote them, where they gave their name."""

    question: Question
    counts: list[int]
    words: list[tuple[str, PersonCard | None]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """``hidden``: why nothing is shown. ``replies`` by name alone."""

    there: int
    answered: int
    rows: list[Said]
    replies: list[tuple[PersonCard, list[Answer]]]
    hidden: str = ""


def survey_of(course_id: int) -> Survey | None:
    """Also one that is not used now."""
    return db.session.get(Survey, course_id)


def surveyed_for(actor: Actor, sitting_id: int) -> Surveyed:
    """Raises NotFound where nothing is asked; what somebody has answered stays as it was asked."""
    kept = kept_for(actor, sitting_id)
    asked = db.session.get(Box, sitting_id) or survey_of(kept.course.id)
    if asked is None or kept.sitting.state == CANCELLED or (isinstance(asked, Survey) and not asked.used):
        raise NotFound
    seat = exists().where(Seat.sitting_id == sitting_id, Seat.user_id == actor.user_id, Seat.state.in_(THERE))
    reply = exists().where(Reply.sitting_id == sitting_id, Reply.user_id == actor.user_id)
    there, answered = db.session.execute(select(seat, reply)).one()
    return Surveyed(kept.course, kept.sitting, asked.version, asked.anonymous, questions_of(asked.questions),
                    bool(there) and kept.sitting.starts_at <= clock.now(), bool(answered))


def survey_beside(actor: Actor, sitting_id: int) -> Surveyed | None:
    """None where nothing is asked."""
    try:
        return surveyed_for(actor, sitting_id)
    except NotFound:
        return None


def last_day(sitting: Sitting) -> date:
    return sitting.ends_at.astimezone(clock.JST).date() + timedelta(days=OPEN_DAYS)


def is_open(sitting: Sitting) -> bool:
    return clock.today() <= last_day(sitting)


def lately(user_id: int) -> list[tuple[Seat, Sitting, Course, bool]]:
    """Where somebody has a seat, or had one not long ago, and whether they are still asked about it; one question a reading."""
    return db.once(("training.lately", user_id), lambda: _lately(user_id))


def to_answer(user_id: int) -> list[tuple[Sitting, Course]]:
    """What somebody was there for and has not answered yet."""
    return [(sitting, course) for _, sitting, course, asked in lately(user_id) if asked and sitting.ends_at <= clock.now()]


def outcome_of_sitting(surveyed: Surveyed) -> Outcome:
    """Without a name only when no more can come, and never of few: what came last would be known to be of whoever came last."""
    number = surveyed.sitting.id
    there = db.session.scalar(select(func.count()).where(Seat.sitting_id == number, Seat.state.in_(THERE))) or 0
    replies = list(db.session.scalars(select(Reply).where(Reply.sitting_id == number)))
    hidden = _hidden(surveyed, there, len(replies)) if surveyed.anonymous else ""
    if hidden or not replies:
        return Outcome(there, len(replies), [], [], hidden)
    rows, by_name = _without_names(number) if surveyed.anonymous else _by_name(surveyed, replies)
    return Outcome(there, len(replies), rows, by_name)


def _lately(user_id: int) -> list[tuple[Seat, Sitting, Course, bool]]:
    midnight = datetime.combine(clock.today() - timedelta(days=OPEN_DAYS), time(), clock.JST)
    asked = or_(exists().where(Survey.course_id == Course.id, Survey.used), exists().where(Box.sitting_id == Sitting.id))
    reply = exists().where(Reply.sitting_id == Sitting.id, Reply.user_id == user_id)
    rows = (select(Seat, Sitting, Course, and_(asked, ~reply)).join(Sitting, Sitting.id == Seat.sitting_id)
            .join(Course, Course.id == Sitting.course_id).order_by(Sitting.ends_at)
            .where(Seat.user_id == user_id, Seat.state.in_(THERE), Sitting.state != CANCELLED, Sitting.ends_at >= midnight))
    return [(seat, sitting, course, bool(open_)) for seat, sitting, course, open_ in db.session.execute(rows)]


def _hidden(surveyed: Surveyed, there: int, answered: int) -> str:
    if is_open(surveyed.sitting) and answered < there:
        return (f"無記名の回答は、全員が答えるか、期限の{clock.wareki(last_day(surveyed.sitting))}が過ぎてから見られます。"
                "途中で見ると、だれの回答か分かってしまうことがあるためです。")
    return f"無記名の回答が{FEWEST}人に満たないため、だれの回答か分からないように、結果は見せません。" if answered < FEWEST else ""


def _without_names(sitting_id: int) -> tuple[list[Said], list[tuple[PersonCard, list[Answer]]]]:
    box = db.session.get_one(Box, sitting_id)
    return [Said(question, counts, [(each, None) for each in words])
            for question, counts, words in zip(questions_of(box.questions), box.counts, box.words, strict=True)], []


def _by_name(surveyed: Surveyed, replies: list[Reply]) -> tuple[list[Said], list[tuple[PersonCard, list[Answer]]]]:
    cards = people_cards(each.user_id for each in replies)
    found = sorted(((cards[each.user_id], list(each.answers or ())) for each in replies if each.user_id in cards),
                   key=lambda pair: (pair[0].unit_name, pair[0].kana))
    counts, words = nothing(surveyed.questions)
    for _, answers in found:
        counts, words = dropped(counts, words, answers)
    return [Said(question, counts[place], [(str(answers[place]), card) for card, answers in found if isinstance(answers[place], str)
                                           and answers[place]]) for place, question in enumerate(surveyed.questions)], found
