"""Undertakings, reports, evaluations, opinions, rounds, rulings."""
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from governance.forms.fields import day, decimal, fiscal_year, line, one_of, text, whole
from governance.forms.roadmap import Form
from governance.models.papers import RATINGS
from governance.rating import EVERY, REMINDED, WORDS, Ruling
from groupware.kernel.errors import Invalid

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
        year = fiscal_year(data, "fiscal_year")
        if year is None:
            raise Invalid(fiscal_year="年度を書いてください。例 R8")
        measures = tuple(sorted({whole(each, "measure") for each in data.getlist("measure") if each}))
        if not measures:
            raise Invalid(measure="かかわる施策を一つ以上選んでください。")
        return cls(line(data, "title", "取組の名前を書いてください。", 120), text(data, "body"), measures, year, whole(data.get("version")))


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
    def parse(cls, data: Any) -> Self:
        said = str(data.get("rating") or "")
        if said and said not in RATINGS:
            raise Invalid(rating="評価を選び直してください。")
        return cls(decimal(data, "value"), line(data, "line", "一行で、いまの様子を書いてください。"), said,
                   line(data, "rating_reason", most=LONGEST_REASON), text(data, "results"), text(data, "issues"), text(data, "support"),
                   text(data, "next_steps"), whole(data.get("version")))


@dataclass(frozen=True, slots=True)
class EvaluationDraft:
    rating: str
    words: str
    version: int = 0

    @classmethod
    def parse(cls, data: Any) -> Self:
        return cls(one_of(data, "rating", RATINGS, "評価を選んでください。"), text(data, "words", "評価のわけを書いてください。"),
                   whole(data.get("version")))


@dataclass(frozen=True, slots=True)
class RoundDraft:
    fiscal_year: int
    period: int
    due_on: date | None

    @classmethod
    def parse(cls, data: Any) -> Self:
        year = fiscal_year(data, "fiscal_year")
        if year is None:
            raise Invalid(fiscal_year="年度を書いてください。例 R8")
        return cls(year, whole(data.get("period"), "period"), day(data, "due_on"))


def opinion(data: Any) -> str:
    return text(data, "body", "助言・所見を書いてください。")


def why(data: Any) -> str:
    return line(data, "reason", most=LONGEST_REASON)


def ruling(data: Any) -> Ruling:
    within, days = whole(data.get("within"), "within"), whole(data.get("due_days"), "due_days")
    if within > MOST_PERCENT:
        raise Invalid(within="0から100までで書いてください。")
    if not 0 < days <= MOST_DAYS:
        raise Invalid(due_days=f"1から{MOST_DAYS}までで書いてください。")
    remind = tuple(whole(data.get(f"remind_{place}"), f"remind_{place}") for place in range(len(REMINDED)))
    late = next((f"remind_{place}" for place, after in enumerate(remind) if after > MOST_DAYS), None)
    if late:
        raise Invalid(**{late: f"{MOST_DAYS}までで書いてください。"})
    words = {letter: line(data, f"words_{place}", "評価の呼び名を書いてください。", 20) for place, letter in enumerate(WORDS)}
    return Ruling(one_of(data, "every", EVERY, "報告の間隔を選んでください。"), within, bool(data.get("reaching")), bool(data.get("council")),
                  bool(data.get("interim")), days, remind, words)
