"""A survey after a sitting: its questions, and how many answered what. Pure, without a database."""
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from random import SystemRandom
from typing import Any, Self

ONE, MANY, SCALE, WORDS = "one", "many", "scale", "words"
KINDS = {SCALE: "5段階", ONE: "一つ選ぶ", MANY: "いくつでも選ぶ", WORDS: "文で書く"}
AGREES = ("とてもそう思う", "そう思う", "どちらともいえない", "そう思わない", "まったくそう思わない")
LOT = SystemRandom()
Answer = list[int] | str        # the places of what was chosen, or what was written; "": nothing


@dataclass(frozen=True, slots=True)
class Question:
    """``options``: what is to be chosen from, where the keeper says so."""

    text: str
    kind: str
    options: tuple[str, ...] = ()

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        return cls(kept["text"], kept["kind"], tuple(kept["options"]))

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "options": list(self.options)}

    @property
    def choices(self) -> tuple[str, ...]:
        return AGREES if self.kind == SCALE else self.options

    def said(self, answer: Answer) -> str:
        return answer if isinstance(answer, str) else "、".join(self.choices[place] for place in answer)


FIRST = (Question("仕事に役立つ内容だった", SCALE), Question("進み方と分かりやすさは、ちょうどよかった", SCALE),
         Question("続けて学びたいことや、改めてほしいこと", WORDS))


def questions_of(kept: Sequence[Any]) -> tuple[Question, ...]:
    return tuple(map(Question.of, kept))


def nothing(questions: Sequence[Question]) -> tuple[list[list[int]], list[list[str]]]:
    return [[0] * len(each.choices) for each in questions], [[] for _ in questions]


def dropped(counts: Sequence[Sequence[int]], words: Sequence[Sequence[str]], answers: Sequence[Answer]) -> tuple[list[list[int]], list[list[str]]]:
    """Counts and words with these answers among them. What was written is laid anew in another order every time."""
    more = [[many + (isinstance(answer, list) and place in answer) for place, many in enumerate(of)]
            for of, answer in zip(counts, answers, strict=True)]
    said = [[*of, answer] if isinstance(answer, str) and answer else list(of) for of, answer in zip(words, answers, strict=True)]
    for each in said:
        LOT.shuffle(each)
    return more, said
