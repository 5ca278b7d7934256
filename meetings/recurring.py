"""The days of a body that meets again and again. Pure: which of them fall on a holiday is shown, and people choose."""
import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice

WEEK, FORTNIGHT, WEEKDAY, DAY = "week", "fortnight", "weekday", "day"
RHYTHMS = {WEEK: "毎週", FORTNIGHT: "隔週", WEEKDAY: "毎月、同じ週の同じ曜日", DAY: "毎月、同じ日"}
STEPS = {WEEK: 7, FORTNIGHT: 14}


def days_of(first: date, rhythm: str, times: int) -> list[date]:
    """As many as asked for, the first one among them."""
    return list(islice(_every(first, STEPS[rhythm]) if rhythm in STEPS else _monthly(first, rhythm), times))


def _every(first: date, step: int) -> Iterator[date]:
    return (first + timedelta(days=step * place) for place in count())


def _monthly(first: date, rhythm: str) -> Iterator[date]:
    """A month without a fifth Tuesday has none; the 31st of a short month is its last day."""
    for place in count():
        year, month = divmod(first.year * 12 + first.month - 1 + place, 12)
        length = calendar.monthrange(year, month + 1)[1]
        day = _same_weekday(first, year, month + 1) if rhythm == WEEKDAY else min(first.day, length)
        if day <= length:
            yield date(year, month + 1, day)


def _same_weekday(first: date, year: int, month: int) -> int:
    """第2火曜日, as a day of the month."""
    start = (first.weekday() - calendar.monthrange(year, month)[0]) % 7 + 1
    return start + (first.day - 1) // 7 * 7
