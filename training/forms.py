"""What comes in, read once."""
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.ui.dates import read_date
from training.models import KINDS
from training.rules import Rules

LONGEST_LINE, LONGEST_TEXT, LONGEST_DAY = 200, 2_000, 8 * 60
STEP = 15
REQUIREMENTS = {"basics": "パソコンの基礎の知識がある", "duties": "所属の業務を知っている", "drive": "学ぶ意欲と、課を進める力がある"}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
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
        return cls(line(data, "act"), text(data, "reason"), checks, day(data, "starts_on"), line(data, "order_number", most=60))


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    day: date
    minutes: int
    sort: str
    summary: str
    unit_id: int | None = None

    @classmethod
    def parse(cls, data: Any) -> Self:
        minutes = whole(data, "minutes", "かかった時間を選んでください。")
        if minutes % STEP or not 0 < minutes <= LONGEST_DAY:
            raise Invalid(minutes="15分きざみで、8時間までにしてください。")
        sort = line(data, "sort")
        if sort not in KINDS:
            raise Invalid(sort="種類を選んでください。")
        found = day(data, "day") or clock.today()
        if not clock.today() - timedelta(days=366) <= found <= clock.today():
            raise Invalid(day="今日まで、1年以内の日にしてください。")
        unit = whole(data, "unit", "課を選び直してください。") if data.get("unit") else None
        return cls(found, minutes, sort, line(data, "summary", "したことを一行で書いてください。"), unit)


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
    return Rules(_between(data, "years", 1, MOST_YEARS), _between(data, "least", 1, MOST_LEAST), bool(data.get("keeps")),
                 _between(data, "review_days", 1, MOST_REVIEW), bool(data.get("by_cio")))


def person_id(data: Any) -> int:
    return whole(data, "person", "人を選んでください。")


def why(data: Any) -> str:
    return text(data, "why", "わけを一言書いてください。")


def line(data: Any, name: str, needed: str = "", most: int = LONGEST_LINE) -> str:
    return _fits(" ".join(CONTROL.sub("", str(data.get(name) or "")).split()), name, needed, most)


def text(data: Any, name: str, needed: str = "", most: int = LONGEST_TEXT) -> str:
    return _fits(CONTROL.sub("", str(data.get(name) or "").replace("\r\n", "\n")).strip(), name, needed, most)


def day(data: Any, name: str) -> date | None:
    words = str(data.get(name) or "").strip()
    found = read_date(words) if words else None
    if words and found is None:
        raise Invalid(**{name: "日付を読み取れません。例 R8.10.20、2026/10/20"})
    return found


def whole(data: Any, name: str, words: str) -> int:
    found = str(data.get(name) or "")
    if not (found.isascii() and found.isdigit() and len(found) <= 15):
        raise Invalid(**{name: words})
    return int(found)


def _between(data: Any, name: str, least: int, most: int) -> int:
    found = whole(data, name, f"{least}から{most}までの数で書いてください。")
    if not least <= found <= most:
        raise Invalid(**{name: f"{least}から{most}までの数で書いてください。"})
    return found


def _fits(found: str, name: str, needed: str, most: int) -> str:
    if needed and not found:
        raise Invalid(**{name: needed})
    if len(found) > most:
        raise Invalid(**{name: f"{most}字までにしてください。"})
    return found
