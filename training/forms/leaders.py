"""What comes in, read once."""
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.given import between, day, line, number, one_of, words
from training.models.leaders import KINDS
from training.rules import BESIDE, Rules

LONGEST_DAY = 8 * 60
STEP = 15
REQUIREMENTS = {"basics": "パソコンの基礎の知識がある", "duties": "所属の業務を知っている", "drive": "学ぶ意欲と、課を進める力がある"}
MOST_YEARS, MOST_LEAST, MOST_REVIEW = 10, 20, 365


@dataclass(frozen=True, slots=True)
class MoveDraft:
    """``checks``: the requirements that were found to be met; ``starts_on`` and ``order_number`` are of an appointment."""

    act: str
    reason: str = ""
    checks: tuple[str, ...] = ()
    starts_on: date | None = None
    order_number: str = ""

    @classmethod
    def parse(cls, data: Any) -> Self:
        checks = tuple(each for each in REQUIREMENTS if each in data.getlist("check"))
        return cls(line(data, "act"), words(data, "reason"), checks, day(data, "starts_on"), line(data, "order_number", most=60))


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    day: date
    minutes: int
    sort: str
    summary: str
    unit_id: int | None = None

    @classmethod
    def parse(cls, data: Any) -> Self:
        minutes = number(data, "minutes", "かかった時間を選んでください。")
        if minutes % STEP or not 0 < minutes <= LONGEST_DAY:
            raise Invalid(minutes="15分きざみで、8時間までにしてください。")
        sort = one_of(data, "sort", KINDS, "種類を選んでください。")
        found = day(data, "day") or clock.today()
        if not clock.today() - timedelta(days=366) <= found <= clock.today():
            raise Invalid(day="今日まで、1年以内の日にしてください。")
        return cls(found, minutes, sort, line(data, "summary", "したことを一行で書いてください。"), number(data, "unit") or None)


@dataclass(frozen=True, slots=True)
class ExcuseDraft:
    """``until`` None: excused no longer."""

    until: date | None
    reason: str

    @classmethod
    def parse(cls, data: Any) -> Self:
        if data.get("until") in {None, ""}:
            return cls(None, "")
        found = day(data, "until")
        if found is None or found < clock.today():
            raise Invalid(until="今日から先の日にしてください。")
        return cls(found, line(data, "reason", "免除のわけを書いてください。"))


def rules(data: Any) -> Rules:
    beside = one_of({"beside": data.get("beside") or "0"}, "beside", BESIDE)
    return Rules(between(data, "years", 1, MOST_YEARS), between(data, "least", 1, MOST_LEAST), bool(data.get("keeps")),
                 between(data, "review_days", 1, MOST_REVIEW), bool(data.get("by_cio")), float(beside))


def person_id(data: Any) -> int:
    return number(data, "person", "人を選んでください。")


def why(data: Any) -> str:
    return words(data, "why", "わけを一言書いてください。")
