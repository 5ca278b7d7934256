"""A quiz: in which order somebody sees it, and what their answers are worth. Pure, without a database."""
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from random import Random
from typing import Any, Self

ONE, SEVERAL = "one", "several"
KINDS = {ONE: "一つ選ぶ", SEVERAL: "いくつか選ぶ"}


@dataclass(frozen=True, slots=True)
class Question:
    """``right``: the places of the right choices."""

    text: str
    kind: str
    choices: tuple[str, ...]
    right: tuple[int, ...]
    why: str

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Self:
        return cls(kept["text"], kept["kind"], tuple(kept["choices"]), tuple(kept["right"]), kept["why"])

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "choices": list(self.choices), "right": list(self.right)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as one person sees it: nothing of what is right. ``place`` and ``order`` lead back to what was written, on the server alone."""

    place: int
    text: str
    kind: str
    choices: tuple[str, ...]
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """``missed``: the places of what was not answered rightly. ``score``: whole per cent, rounded down so that 100 means all."""

    missed: frozenset[int]
    score: int
    passed: bool

    @property
    def bits(self) -> int:
        return sum(1 << place for place in self.missed)


def questions_of(kept: Sequence[Any]) -> tuple[Question, ...]:
    return tuple(map(Question.of, kept))


def paper(questions: Sequence[Question], seed: int, user_id: int, number: int) -> list[Asked]:
    """The same as often as it is opened; another for another person and for the next try."""
    chance = Random(f"{seed}:{user_id}:{number}")     # noqa: S311 (shuffles, hides nothing)
    places = chance.sample(range(len(questions)), len(questions))
    found = []
    for place in places:
        each = questions[place]
        order = chance.sample(range(len(each.choices)), len(each.choices))
        found.append(Asked(place, each.text, each.kind, tuple(each.choices[choice] for choice in order), tuple(order)))
    return found


def as_written(asked: Sequence[Asked], picked: Sequence[Sequence[int]]) -> list[list[int]]:
    """What was picked on a paper, by the places in which it was written."""
    found: list[list[int]] = [[] for _ in asked]
    for each, picks in zip(asked, picked, strict=True):
        found[each.place] = sorted(each.order[pick] for pick in picks)
    return found


def judge(questions: Sequence[Question], answers: Sequence[Sequence[int]], pass_mark: int) -> Verdict:
    """All the right choices and no other, or the question is missed."""
    missed = frozenset(place for place, each in enumerate(questions) if set(answers[place]) != set(each.right))
    right = len(questions) - len(missed)
    return Verdict(missed, 100 * right // len(questions), 100 * right >= pass_mark * len(questions))
