"""When the city hall is closed: weekends, 国民の祝日, and the turn of the year (12月29日 to 1月3日). Computed, for no network brings a list."""
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache

from groupware.kernel import clock

SUNDAY, SATURDAY = 6, 5
FIXED = ((1, 1), (2, 11), (2, 23), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (11, 3), (11, 23))
MONDAYS = ((1, 2), (7, 3), (9, 3), (10, 2))         # month, which Monday of it
TURN_OF_YEAR = {(12, 29), (12, 30), (12, 31), (1, 2), (1, 3)}
WORKING_DAY = (time(8, 30), time(17, 15))
EQUINOX_BASE = 1980                                 # the formula of the almanac, good from 1980 to 2099


def is_closed(day: date) -> bool:
    return day.weekday() >= SATURDAY or (day.month, day.day) in TURN_OF_YEAR or is_holiday(day)


def is_working_time(moment: datetime) -> bool:
    """When people may be asked something without disturbing them."""
    local = moment.astimezone(clock.JST)
    begins, ends = WORKING_DAY
    return not is_closed(local.date()) and begins <= time(local.hour, local.minute) <= ends


def is_holiday(day: date) -> bool:
    """祝日法3条: the day itself, the next working day after one on a Sunday, and a day between two."""
    return day in _holidays(day.year)


@cache
def _holidays(year: int) -> frozenset[date]:
    own = set(_own(year))
    instead = set(_instead(own))
    between = {day + timedelta(days=1) for day in own if day + timedelta(days=2) in own}
    return frozenset(own | instead | {day for day in between if day.weekday() != SUNDAY})


def _own(year: int) -> Iterator[date]:
    yield from (date(year, month, day) for month, day in FIXED)
    yield from (_monday(year, month, which) for month, which in MONDAYS)
    yield date(year, 3, _equinox(20.8431, year))
    yield date(year, 9, _equinox(23.2488, year))


def _instead(own: set[date]) -> Iterator[date]:
    for day in own:
        if day.weekday() == SUNDAY:
            while day in own:
                day += timedelta(days=1)        # noqa: PLW2901 (walks on from the holiday)
            yield day


def _monday(year: int, month: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(7 - first.weekday()) % 7 + 7 * (which - 1))


def _equinox(at_base: float, year: int) -> int:
    years = year - EQUINOX_BASE
    return int(at_base + 0.242194 * years - years // 4)
