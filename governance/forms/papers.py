"""Undertakings, reports, evaluations, opinions, rounds, rulings."""
from dataclasses import dataclass
from datetime import date
from typing import Self

from governance.forms.fields import decimal, needed_year
from governance.models.papers import RATINGS
from governance.rating import EVERY, REMINDED, WORDS, Ruling
from groupware.kernel.errors import Invalid
from groupware.kernel.given import Fields, Form, amount, between, day, line, number, numbers, one_of, words

LONGEST_REASON = 1_000
MOST_PERCENT, MOST_DAYS = 100, 120


@dataclass(frozen=True, slots=True)
class UndertakingDraft:
    title: str
    body: str
    measures: tuple[int, ...]
    fiscal_year: int
    version: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        year, measures = needed_year(data), tuple(sorted(numbers(data, "measure")))
        if not measures:
            raise Invalid(measure="かかわる施策を一つ以上選んでください。")
        return cls(line(data, "title", "取組の名前を書いてください。", 120), words(data, "body"), measures, year, number(data, "version"))


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """A value and one line are enough. ``rating`` empty: as the rule says."""

    value: str
    line: str
    rating: str = ""
    rating_reason: str = ""
    results: str = ""
    issues: str = ""
    support: str = ""
    next_steps: str = ""
    version: int = 0

    @classmethod
    def parse(cls, data: Fields) -> Self:
        said = str(data.get("rating") or "")
        if said and said not in RATINGS:
            raise Invalid(rating="評価を選び直してください。")
        return cls(decimal(data, "value"), line(data, "line", "一行で、いまの様子を書いてください。"), said,
                   line(data, "rating_reason", most=LONGEST_REASON), words(data, "results"), words(data, "issues"), words(data, "support"),
                   words(data, "next_steps"), number(data, "version"))


@dataclass(frozen=True, slots=True)
class EvaluationDraft:
    rating: str
    words: str
    version: int = 0

    @classmethod
    def parse(cls, data: Fields) -> Self:
        return cls(one_of(data, "rating", RATINGS, "評価を選んでください。"), words(data, "words", "評価のわけを書いてください。"),
                   number(data, "version"))


@dataclass(frozen=True, slots=True)
class RoundDraft:
    fiscal_year: int
    period: int
    due_on: date | None

    @classmethod
    def parse(cls, data: Fields) -> Self:
        return cls(needed_year(data), number(data, "period"), day(data, "due_on"))


def opinion(data: Fields) -> str:
    return words(data, "body", "助言・所見を書いてください。")


def why(data: Fields) -> str:
    return line(data, "reason", most=LONGEST_REASON)


def ruling(data: Fields) -> Ruling:
    within, days = between(data, "within", 0, MOST_PERCENT), between(data, "due_days", 1, MOST_DAYS)
    remind = tuple(amount(data, f"remind_{place}", 0, MOST_DAYS) or 0 for place in range(len(REMINDED)))
    called = {letter: line(data, f"words_{place}", "評価の呼び名を書いてください。", 20) for place, letter in enumerate(WORDS)}
    return Ruling(one_of(data, "every", EVERY, "報告の間隔を選んでください。"), within, bool(data.get("reaching")), bool(data.get("council")),
                  bool(data.get("interim")), days, remind, called)
