"""What comes in by the forms: read, measured, or refused with a sentence."""
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.given import Fields, Form, day, hour, line, needed_day, numbers, one_of, words
from groupware.kernel.holidays import SATURDAY, is_closed
from telework.hours import written
from telework.models.applications import OWN_HOME, SPANS, WORKPLACES
from telework.models.days import HALVES, PLACES, REACHES
from telework.rules import DECLARED, REASONS

LONGEST_STAY, LONGEST_PERIOD, AHEAD = timedelta(days=92), timedelta(days=31), timedelta(days=366)
LONGEST_NOTE, LONGEST_TEXT = 60, 2_000
HALF_OR_WHOLE = ("day", *HALVES)


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """``halves`` of each day from ``first`` to ``last``. ``place`` empty: takes back what was said."""

    first: date
    last: date
    halves: tuple[str, ...]
    place: str
    reach: str
    note: str

    @classmethod
    def parse(cls, data: Fields) -> "PlaceDraft":
        first = needed_day(data, "first", "いつからかを入れてください。例 R8.12.1")
        last = day(data, "last") or first
        if not first <= last <= first + LONGEST_STAY:
            raise Invalid(last="終わりの日は、始まりの日から3か月のうちにしてください。")
        if abs(first - clock.today()) > AHEAD:
            raise Invalid(first="1年より離れた日は入れられません。")
        span, place = _span(data, HALF_OR_WHOLE), str(data.get("place") or "")
        if place and place not in PLACES:
            raise Invalid(place="場所を選んでください。")
        reach = str(data.get("reach") or "any")
        if reach not in REACHES:
            raise Invalid(reach="連絡のつき方を選んでください。")
        return cls(first, last, tuple(HALVES) if span == "day" else (span,), place, reach, line(data, "note", most=LONGEST_NOTE))

    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]


@dataclass(frozen=True, slots=True)
class ApplicationDraft:
    """For each of ``dates``, from the first on, an application."""

    dates: tuple[date, ...]
    span: str
    reason: str
    work: str
    contact: str
    takes_out: str
    declared: tuple[str, ...] = ()
    begins: str = ""
    ends: str = ""
    place: str = OWN_HOME
    place_name: str = ""

    @classmethod
    def parse(cls, data: Form) -> "ApplicationDraft":
        span, reason = _span(data, SPANS), one_of(data, "reason", REASONS, "理由を選んでください。")
        begins, ends = (written(hour(data, name)) if span == "hours" else "" for name in ("begins", "ends"))
        place = one_of({"place": data.get("place") or OWN_HOME}, "place", WORKPLACES, "勤務する場所を選んでください。")
        where = "" if place == OWN_HOME else line(data, "place_name", "どこで勤務するかを書いてください。", LONGEST_NOTE)
        return cls(_dates(data), span, reason, words(data, "work", "どのような業務をするかを書いてください。", LONGEST_TEXT),
                   line(data, "contact", "連絡のつく番号を書いてください。"), line(data, "takes_out"),
                   tuple(name for name in DECLARED if data.get(name)), begins, ends, place, where)


def _dates(data: Form) -> tuple[date, ...]:
    """One day as it is; of several those on which the city hall works, all or those of the chosen days of the week."""
    first = needed_day(data, "on_date", "勤務する日を入れてください。例 R8.12.1")
    last, chosen = day(data, "last") or first, numbers(data, "weekdays")
    if not clock.today() <= first <= clock.today() + AHEAD:
        raise Invalid(on_date="今日から1年のうちの日にしてください。")
    if not first <= last <= first + LONGEST_PERIOD:
        raise Invalid(last="終わりの日は、始まりの日から1か月のうちにしてください。")
    if any(each >= SATURDAY for each in chosen):
        raise Invalid(weekdays="曜日を選び直してください。")
    if first == last:
        return (first,)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    found = tuple(each for each in days if not is_closed(each) and (not chosen or each.weekday() in chosen))
    if not found:
        raise Invalid(weekdays="その期間と曜日に、勤務日がありません。")
    return found


def _span(data: Fields, known: Collection[str]) -> str:
    return one_of({"span": data.get("span") or "day"}, "span", known, "時間を選んでください。")
