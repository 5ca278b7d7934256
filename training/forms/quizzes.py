"""A quiz as its keeper writes it, and what a learner picked."""
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from groupware.kernel.errors import Invalid
from groupware.kernel.given import amount, line, numbers, words
from training.judging import KINDS, ONE, Asked, Question

MOST_QUESTIONS, MOST_CHOICES, MOST_TRIES, LONGEST_CHOICE, LONGEST_QUESTION, LONGEST_WHY = 30, 6, 20, 200, 500, 2_000


@dataclass(frozen=True, slots=True)
class QuizDraft:
    """``tries`` 0: as many as one likes. Not ``used``: the course is completed without it."""

    used: bool
    pass_mark: int
    tries: int
    questions: tuple[Question, ...]

    @classmethod
    def parse(cls, data: Any) -> Self:
        pass_mark = amount(data, "least", 1, 100)
        if pass_mark is None:
            raise Invalid(least="合格点を、1から100までの数（%）で書いてください。")
        found = tuple(question for place in range(MOST_QUESTIONS) if (question := _question(data, place)))
        if not found:
            raise Invalid(**{"text-0": "問いを一つ以上書いてください。"})
        return cls(bool(data.get("used")), pass_mark, amount(data, "tries", 0, MOST_TRIES) or 0, found)


@dataclass(frozen=True, slots=True)
class Answers:
    """``version`` and ``number``: of the paper that was answered."""

    version: int
    number: int
    picked: tuple[tuple[int, ...], ...]

    @classmethod
    def parse(cls, data: Any, version: int, number: int, asked: Sequence[Asked]) -> Self:
        return cls(version, number, tuple(_picked(data, f"q-{place}", each) for place, each in enumerate(asked)))


def _question(data: Any, place: int) -> Question | None:
    """None where nothing is written. ``choice-3-1`` is right where ``right-3`` says 1."""
    said = words(data, f"text-{place}", most=LONGEST_QUESTION)
    written = {slot: choice for slot in range(MOST_CHOICES) if (choice := line(data, f"choice-{place}-{slot}", most=LONGEST_CHOICE))}
    if not (said or written):
        return None
    _check(place, said, tuple(written.values()))
    ticked, slots = numbers(data, f"right-{place}"), list(written)
    kind = line(data, f"kind-{place}")
    if not ticked or not set(ticked) <= set(slots) or kind not in KINDS or (kind == ONE and len(ticked) > 1):
        raise Invalid(**{f"kind-{place}": _wrong(kind, len(ticked))})
    right = tuple(sorted(slots.index(each) for each in ticked))
    return Question(said, kind, tuple(written.values()), right, words(data, f"why-{place}", most=LONGEST_WHY))


def _check(place: int, said: str, choices: tuple[str, ...]) -> None:
    if not said:
        raise Invalid(**{f"text-{place}": "問いを書いてください。この問いを使わないときは、選択肢も空けてください。"})
    if len(choices) < 2:
        raise Invalid(**{f"choice-{place}-0": "選択肢を二つ以上書いてください。"})
    if len(set(choices)) < len(choices):
        raise Invalid(**{f"choice-{place}-0": "同じ選択肢が二つあります。"})


def _wrong(kind: str, ticked: int) -> str:
    if kind not in KINDS:
        return "答え方を選んでください。"
    if kind == ONE and ticked > 1:
        return "「一つ選ぶ」問いの正しい選択肢は、一つにしてください。"
    return "正しい選択肢に印を付けてください（書いてある選択肢に）。"


def _picked(data: Any, name: str, asked: Asked) -> tuple[int, ...]:
    found = numbers(data, name)
    if not found:
        raise Invalid(**{name: "この問いに答えてください。"})
    if not all(pick < len(asked.choices) for pick in found) or (asked.kind == ONE and len(found) > 1):
        raise Invalid(**{name: "選び直してください。"})
    return found
