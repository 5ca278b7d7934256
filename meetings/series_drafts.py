"""What is sent for a series of sittings: the rhythm of which its days are shown, and the days that were chosen of them."""
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.given import Fields, Form, between, hour, line, needed_day, one_of
from meetings.forms import LONGEST_TITLE, SittingDraft, url
from meetings.recurring import RHYTHMS, days_of

MOST = 30       # sittings planned in one act: more than a year of every second week
YEARS_AHEAD = 3
NO_FIRST = "はじめの日を読み取れません。例 R8.10.20"


@dataclass(frozen=True, slots=True)
class RhythmDraft:
    first: date
    rhythm: str
    times: int

    @classmethod
    def parse(cls, data: Fields) -> Self:
        first = needed_day(data, "first_on", NO_FIRST)
        if not _is_near(first):
            raise Invalid(first_on=NO_FIRST)
        return cls(first, one_of(data, "rhythm", RHYTHMS, "くり返し方を選んでください。"), between(data, "times", 2, MOST))

    @property
    def days(self) -> list[date]:
        return days_of(self.first, self.rhythm, self.times)


@dataclass(frozen=True, slots=True)
class SeriesDraft:
    """``sittings`` in the order of their days."""

    sittings: tuple[SittingDraft, ...]

    @classmethod
    def parse(cls, data: Form) -> Self:
        days, at = sorted({_day(each) for each in data.getlist("day")}), hour(data, "starts_time")
        if not days or len(days) > MOST:
            raise Invalid(day=f"開く日を、1日から{MOST}日までで選んでください。")
        place, address, begin = line(data, "place", most=LONGEST_TITLE), url(data), data.get("begin")
        return cls(tuple(SittingDraft(datetime.combine(day, at, clock.JST), place, address, like_last=begin == "last",
                                      like_standing=begin == "standing") for day in days))


def _day(said: str) -> date:
    try:
        found = date.fromisoformat(said)
    except ValueError:
        found = date.min
    if not _is_near(found):
        raise Invalid(day="日付を読み取れません。日を出し直してください。")
    return found


def _is_near(day: date) -> bool:
    return abs(day.year - clock.today().year) <= YEARS_AHEAD
