"""A survey as its keeper writes it, and what somebody answered."""
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from groupware.kernel.errors import Invalid
from groupware.kernel.given import LONGEST_LINE, line, numbers, one_of, words
from training.asking import KINDS, MANY, ONE, WORDS, Answer, Question

MOST_QUESTIONS, MOST_OPTIONS, LONGEST_WORDS = 12, 12, 2_000


@dataclass(frozen=True, slots=True)
class SurveyDraft:
    used: bool
    anonymous: bool
    questions: tuple[Question, ...]

    @classmethod
    def parse(cls, data: Any) -> Self:
        found = tuple(question for place in range(MOST_QUESTIONS) if (question := _question(data, place)))
        if not found:
            raise Invalid(**{"text-0": "設問を一つ以上書いてください。"})
        return cls(bool(data.get("used")), bool(data.get("anonymous")), found)


@dataclass(frozen=True, slots=True)
class ReplyDraft:
    """``version``: of what was on the screen."""

    version: int
    answers: tuple[Answer, ...]

    @classmethod
    def parse(cls, data: Any, version: int, questions: Sequence[Question]) -> Self:
        """What is to be chosen has to be; words may be left out."""
        return cls(version, tuple(words(data, f"a-{place}", most=LONGEST_WORDS) if each.kind == WORDS else _chosen(data, f"a-{place}", each)
                                  for place, each in enumerate(questions)))


def _question(data: Any, place: int) -> Question | None:
    """None where nothing is written."""
    said, name = line(data, f"text-{place}"), f"options-{place}"
    written = tuple(filter(None, (" ".join(each.split()) for each in words(data, name).splitlines())))
    if not said:
        if written:
            raise Invalid(**{f"text-{place}": "聞くことを書いてください。この設問を使わないときは、選択肢も空けてください。"})
        return None
    kind = one_of(data, f"kind-{place}", KINDS, "答え方を選んでください。")
    options = written if kind in {ONE, MANY} else ()
    if kind in {ONE, MANY} and not 2 <= len(options) <= MOST_OPTIONS:
        raise Invalid(**{name: f"選択肢を、一行に一つ、2個から{MOST_OPTIONS}個まで書いてください。"})
    if len(set(options)) < len(options) or any(len(each) > LONGEST_LINE for each in options):
        raise Invalid(**{name: f"選択肢は、たがいに違う言葉で、{LONGEST_LINE}字までにしてください。"})
    return Question(said, kind, options)


def _chosen(data: Any, name: str, asked: Question) -> list[int]:
    found = list(numbers(data, name))
    if not found and asked.kind != MANY:
        raise Invalid(**{name: f"「{asked.text}」に答えてください。"})
    if not all(place < len(asked.choices) for place in found) or (asked.kind != MANY and len(found) > 1):
        raise Invalid(**{name: "選び直してください。"})
    return sorted(found)
