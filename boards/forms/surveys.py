"""Questions as they are put, and answers as they come in."""
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from boards.models.surveys import DAY, KINDS, MANY, NUMBER, ONE, SCALE, WORDS, Question
from groupware.kernel.errors import Invalid
from groupware.kernel.given import Form, clean, day, line
from groupware.kernel.text import narrow

MOST_QUESTIONS = 20
MOST_OPTIONS = 30
LONGEST_QUESTION, LONGEST_OPTION, LONGEST_WORDS, LONGEST_NUMBER = 300, 100, 2_000, 15


@dataclass(frozen=True, slots=True)
class QuestionDraft:
    kind: str
    text: str
    options: tuple[str, ...] = ()
    required: bool = False

    @classmethod
    def parse(cls, data: Form, number: int) -> Self:
        """``q1_text``, ``q1_kind``, ``q1_options`` (one a line), ``q1_required``."""
        kind, name = data.get(f"q{number}_kind") or ONE, f"q{number}_options"
        if kind not in KINDS:
            raise Invalid(**{f"q{number}_kind": "設問の種類を選び直してください。"})
        options = _options(str(data.get(name) or ""))
        if kind in {ONE, MANY} and not 2 <= len(options) <= MOST_OPTIONS:
            raise Invalid(**{name: f"設問{number}の選択肢を、一行に一つ、2個から{MOST_OPTIONS}個まで書いてください。"})
        kept = options if kind in {ONE, MANY} else options[:2] if kind == SCALE else ()
        if len(set(kept)) < len(kept) or any(len(each) > LONGEST_OPTION for each in kept):
            raise Invalid(**{name: f"設問{number}の選択肢は、たがいに違う言葉で、{LONGEST_OPTION}文字までにしてください。"})
        return cls(kind, line(data, f"q{number}_text", most=LONGEST_QUESTION), kept, bool(data.get(f"q{number}_required")))


@dataclass(frozen=True, slots=True)
class Asking:
    """All that is asked, and of whom an answer is kept."""

    questions: tuple[QuestionDraft, ...] = ()
    anonymous: bool = False
    by_unit: bool = False

    @classmethod
    def parse(cls, data: Form) -> Self:
        found = tuple(QuestionDraft.parse(data, number) for number in range(1, MOST_QUESTIONS + 1) if str(data.get(f"q{number}_text") or "").strip())
        if not found:
            raise Invalid(q1_text="設問を一つ以上書いてください。")
        anonymous, by_unit = bool(data.get("anonymous")), bool(data.get("by_unit"))
        if anonymous and by_unit:
            raise Invalid(by_unit="課で一つの回答は、無記名にできません。どちらかを選んでください。")
        return cls(found, anonymous, by_unit)


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """By the number of the question: a place among its options, several of them, or words. ``asked``: the asking that was on the screen."""

    answers: dict[int, Any]
    asked: int

    @classmethod
    def parse(cls, data: Form, questions: Sequence[Question], asked: int) -> Self:
        """Raises Invalid with a sentence for each question that is to be answered otherwise."""
        found = {question.id: _answer(data, question) for question in questions}
        missing = {f"a{question.id}": f"「{question.text}」に答えてください。" for question in questions
                   if question.required and found[question.id] in (None, [], "")}
        if missing:
            raise Invalid(**missing)
        return cls({number: answer for number, answer in found.items() if answer not in (None, [], "")}, asked)


def _options(text: str) -> tuple[str, ...]:
    lines = (" ".join(each.split()) for each in clean(text).splitlines())
    return tuple(each for each in lines if each)


def _answer(data: Form, question: Question) -> Any:
    name = f"a{question.id}"
    if question.kind == MANY:
        return sorted({_choice(each, question) for each in data.getlist(name) if each})
    text = str(data.get(name) or "").strip()
    if not text:
        return None
    return {WORDS: _words, NUMBER: _number, DAY: _day}.get(question.kind, _choice_in)(data, question)


def _choice_in(data: Form, question: Question) -> int:
    return _choice(str(data.get(f"a{question.id}")), question)


def _choice(text: str, question: Question) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 4 and int(text) < len(question.choices)):
        raise Invalid(**{f"a{question.id}": f"「{question.text}」の選択肢から選んでください。"})
    return int(text)


def _words(data: Form, question: Question) -> str:
    text = clean(data.get(f"a{question.id}")).strip()
    if len(text) > LONGEST_WORDS:
        raise Invalid(**{f"a{question.id}": f"「{question.text}」は{LONGEST_WORDS:,}文字までで書いてください。"})
    return text


def _number(data: Form, question: Question) -> str:
    """As it was written, 全角 or 半角: 12, -3, 1.5, 1,200."""
    text = narrow(str(data.get(f"a{question.id}"))).replace(",", "")
    whole, _, part = text.removeprefix("-").partition(".")
    if len(text) > LONGEST_NUMBER or not (whole + part).isdigit() or not (whole + part).isascii() or not whole:
        raise Invalid(**{f"a{question.id}": f"「{question.text}」は数で書いてください。例 12"})
    return text


def _day(data: Form, question: Question) -> str:
    found = day(data, f"a{question.id}")
    return found.isoformat() if found else ""
