"""What is entered beside the plan: leads, bars, indicators, readings."""
from dataclasses import dataclass
from datetime import date
from typing import Self

from governance.forms.fields import decimal, fiscal_year, needed_year
from governance.models.indicators import DIRECTIONS, FREQUENCIES, STAGES
from governance.models.roadmap import KINDS, MILESTONE
from groupware.kernel.errors import Invalid
from groupware.kernel.given import Fields, Form, line, needed_day, number, numbers, one_of, words

MOST_LEADS = 12


@dataclass(frozen=True, slots=True)
class LeadsDraft:
    """The first leads, the others work with it."""

    units: tuple[int, ...]

    @classmethod
    def parse(cls, data: Form) -> Self:
        units = tuple(dict.fromkeys(filter(None, (number(data, "first"), *numbers(data, "unit")))))
        if len(units) > MOST_LEADS:
            raise Invalid(unit=f"担当課は{MOST_LEADS}までにしてください。")
        return cls(units)


@dataclass(frozen=True, slots=True)
class BarDraft:
    kind: str
    words: str
    starts_on: date
    ends_on: date

    @classmethod
    def parse(cls, data: Fields) -> Self:
        kind = one_of(data, "kind", KINDS, "帯か節目かを選んでください。")
        starts = needed_day(data, "starts_on", "いつからかを書いてください。例 R8.4.1")
        ends = starts if kind == MILESTONE else needed_day(data, "ends_on", "いつまでかを書いてください。例 R10.3.31")
        if ends < starts:
            raise Invalid(ends_on="終わりは、始まりと同じ日かその後にしてください。")
        return cls(kind, line(data, "words", "何をするかを書いてください。", 40), starts, ends)


@dataclass(frozen=True, slots=True)
class IndicatorDraft:
    stage: str
    name: str
    unit: str
    direction: str
    base: str
    base_year: int | None
    target: str
    target_year: int | None
    formula: str
    source: str
    frequency: str
    owner_id: int | None

    @classmethod
    def parse(cls, data: Fields) -> Self:
        return cls(one_of(data, "stage", STAGES, "どの段の指標かを選んでください。"), line(data, "name", "指標の名前を書いてください。", 80),
                   line(data, "unit", most=20), one_of(data, "direction", DIRECTIONS, "多いほどよいか、少ないほどよいかを選んでください。"),
                   decimal(data, "base"), fiscal_year(data, "base_year"), decimal(data, "target"), fiscal_year(data, "target_year"),
                   words(data, "formula", most=500), line(data, "source"), one_of(data, "frequency", FREQUENCIES, "測る間隔を選び直してください。"),
                   number(data, "owner") or None)


@dataclass(frozen=True, slots=True)
class ReadingDraft:
    fiscal_year: int
    period: int
    value: str

    @classmethod
    def parse(cls, data: Fields) -> Self:
        year, value = needed_year(data), decimal(data, "value")
        if not value:
            raise Invalid(value="実績の数字を書いてください。")
        return cls(year, min(number(data, "period"), 4), value)
