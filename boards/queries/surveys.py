"""What is asked, and what was answered: as charts, as a table, as a list."""
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import exists, or_, select

from boards.models.notices import Notice
from boards.models.receipts import Receipt
from boards.models.surveys import COUNTED, DAY, MANY, NUMBER, WORDS, Count, Question, Reply, Word
from groupware.directory.queries import all_units, circle, sections_of
from groupware.kernel import clock, db

FEWEST = 5          # fewer anonymous answers would tell whose they are


@dataclass(frozen=True, slots=True)
class Bar:
    words: str
    people: int
    share: float        # of a hundred, of those who answered this question


@dataclass(frozen=True, slots=True)
class Result:
    question: Question
    answered: int
    bars: list[Bar]
    words: list[str]
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """``hidden``: why nothing is shown yet."""

    answered: int
    questions: list[Result]
    hidden: str = ""


def questions_of(notice: Notice) -> list[Question]:
    return list(db.session.scalars(select(Question).where(Question.notice_id == notice.id).order_by(Question.position)))


def is_answered(notice: Notice) -> bool:
    """Something has been answered, by name or without."""
    mine = select(Question.id).where(Question.notice_id == notice.id)
    return bool(db.session.scalar(select(or_(exists().where(Reply.notice_id == notice.id), exists().where(Count.question_id.in_(mine)),
                                             exists().where(Word.question_id.in_(mine))))))


def holder_of(notice: Notice, receipt: Receipt) -> str:
    """In whose name this person answers: the own, or that of the section."""
    if not notice.by_unit:
        return circle("person", receipt.user_id)
    return circle("unit", sections_of([receipt.unit_id]).get(receipt.unit_id, receipt.unit_id))


def reply_of(notice: Notice, receipt: Receipt) -> Reply | None:
    return None if notice.anonymous else db.session.get(Reply, (notice.id, holder_of(notice, receipt)))


def replies_of(notice: Notice) -> list[Reply]:
    """In the order of the tree."""
    place = {unit.id: number for number, unit in enumerate(all_units())}
    rows = db.session.scalars(select(Reply).where(Reply.notice_id == notice.id))
    return sorted(rows, key=lambda reply: (place.get(reply.unit_id, len(place)), reply.user_label, reply.user_name))


def units_missing(notice: Notice) -> list[str]:
    """Of a survey with one answer a section: the sections that have not answered, in the order of the tree."""
    seats = set(db.session.scalars(select(Receipt.unit_id).where(Receipt.notice_id == notice.id, Receipt.gone_at.is_(None)).distinct()))
    done = {int(holder.partition(":")[2]) for holder in db.session.scalars(select(Reply.holder).where(Reply.notice_id == notice.id,
                                                                                                   Reply.asked >= notice.asked))}
    left = set(sections_of(seats).values()) - done
    return [unit.name for unit in all_units() if unit.id in left]


def results_of(notice: Notice) -> Results:
    questions = questions_of(notice)
    return _without_names(notice, questions) if notice.anonymous else _by_name(notice, questions)


def shown(question: Question, answer: Any) -> str:
    """An answer in words."""
    if answer is None:
        return ""
    if question.kind in COUNTED:
        places = answer if isinstance(answer, list) else [answer]
        return "、".join(question.choices[place] for place in places if place < len(question.choices))
    return str(answer)


def in_words(question: Question, answer: Any) -> str:
    """As it is read: in a table to take away, a day stays one that can be reckoned with."""
    said = shown(question, answer)
    return clock.wareki(date.fromisoformat(said)) if question.kind == DAY and said else said


def _by_name(notice: Notice, questions: list[Question]) -> Results:
    replies = [reply.answers for reply in replies_of(notice)]
    return Results(len(replies), [_result(question, [reply[str(question.id)] for reply in replies if str(question.id) in reply])
                                  for question in questions])


def _without_names(notice: Notice, questions: list[Question]) -> Results:
    """After the due date only, and never of few: what came last would be known to be of whoever came last."""
    answered = _answered(notice)
    if notice.due_at and notice.due_at > clock.now():
        return Results(answered, [], "無記名の回答は、期限が過ぎてから見られます。途中で見ると、だれの回答か分かってしまうことがあるためです。")
    if answered < FEWEST:
        return Results(answered, [], f"無記名の回答が{FEWEST}人に満たないため、だれの回答か分からないように、結果は見せません。")
    return Results(answered, [_counted(question, answered) for question in questions])


def _answered(notice: Notice) -> int:
    rows = select(Receipt.user_id).where(Receipt.notice_id == notice.id, Receipt.confirmed >= notice.asked)
    return len(db.session.scalars(rows).all())


def _counted(question: Question, answered: int) -> Result:
    if question.kind in COUNTED:
        found: dict[int, int] = dict(db.session.execute(select(Count.choice, Count.people).where(Count.question_id == question.id)).all())
        whole = answered if question.kind == MANY else sum(found.values())
        return Result(question, whole, _bars(question, found, whole), [])
    words = list(db.session.scalars(select(Word.text).where(Word.question_id == question.id).order_by(Word.id)))
    return _in_words(question, words)


def _in_words(question: Question, words: list[str]) -> Result:
    """Numbers and days are counted, too: the same one stands there once."""
    if question.kind == WORDS:
        return Result(question, len(words), [], words)
    found = Counter(words)
    order = sorted(found, key=float) if question.kind == NUMBER else sorted(found)
    bars = [Bar(in_words(question, each), found[each], round(100 * found[each] / len(words), 1)) for each in order]
    return Result(question, len(words), bars, [], _summary(question, words))


def _result(question: Question, answers: list[Any]) -> Result:
    if question.kind not in COUNTED:
        return _in_words(question, [str(answer) for answer in answers])
    places = Counter(place for answer in answers for place in (answer if isinstance(answer, list) else [answer]))
    return Result(question, len(answers), _bars(question, places, len(answers)), [])


def _bars(question: Question, found: dict[int, int] | Counter[int], whole: int) -> list[Bar]:
    return [Bar(words, found.get(place, 0), round(100 * found.get(place, 0) / whole, 1) if whole else 0)
            for place, words in enumerate(question.choices)]


def _summary(question: Question, words: Iterable[str]) -> str:
    numbers = [float(each) for each in words] if question.kind == NUMBER else []
    if not numbers:
        return ""
    return f"合計 {_plain(sum(numbers))}　平均 {_plain(sum(numbers) / len(numbers))}　最小 {_plain(min(numbers))}　最大 {_plain(max(numbers))}"


def _plain(number: float) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".")
