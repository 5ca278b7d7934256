"""Days as they are written: 令和6年4月1日, R6.4.1 and 2024/04/01 are one; 今日, 先週 and 今年度 are spans of days."""
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from groupware.kernel import clock

Span = tuple[date, date]        # from the first day until before the second

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "r": 2018, "h": 1988, "s": 1925, "t": 1911, "m": 1867}
DAY, WEEK = timedelta(days=1), timedelta(days=7)
_DIGITS = "元〇一二三四五六七八九十"
_ONES = dict(zip(_DIGITS, (1, *range(11)), strict=True))
_NUMBER = f"(?:[0-9]{{1,2}}|[{_DIGITS}]{{1,3}})"
_YEAR = f"(?:(?P<era>令和|平成|昭和|大正|明治|(?<![a-z0-9])[rhstm])\\s*(?P<year>{_NUMBER})|(?<![0-9.])(?P<western>[12][0-9]{{3}}))"
_BETWEEN = r"(?:\([^()]{2,6}\))?"       # 令和6(2024)年度
_WRITTEN = re.compile(
    f"{_YEAR}{_BETWEEN}(?:\\s*(?P<fiscal>年度)|\\s*年\\s*(?P<month>{_NUMBER})\\s*月(?:\\s*(?P<day>{_NUMBER})\\s*日)?"
    f"|\\s*(?P<sign>[./-])\\s*(?P<m>[0-9]{{1,2}})\\s*(?P=sign)\\s*(?P<d>[0-9]{{1,2}})(?![0-9])|\\s*年)")
_OF_THIS_YEAR = re.compile(r"(?P<m>[0-9]{1,2})(?:/|月)(?:(?P<d>[0-9]{1,2})日?)?")


def date_tokens(text: str) -> Iterator[str]:
    """Of a folded text: a day is found by its day, its month and its year; a 年度 by itself."""
    for match in _WRITTEN.finditer(text):
        yield from _tokens(match)


def date_token(text: str) -> str | None:
    """Of what was typed, if it is exactly one date, month, year or 年度."""
    match = _WRITTEN.fullmatch(text)
    return next(_tokens(match), None) if match else None


def span(text: str, today: date) -> Span | None:
    """What a folded word means as a span of days; None if it means none."""
    said = _SAID.get(text)
    if said:
        return said(today)
    match = _WRITTEN.fullmatch(text)
    if match:
        return _span(*_parts(match))
    short = _OF_THIS_YEAR.fullmatch(text)
    return _latest(short, today) if short else None


def _tokens(match: re.Match[str]) -> Iterator[str]:
    """The narrowest first."""
    year, month, day, fiscal = _parts(match)
    if not _span(year, 0, 0, fiscal):
        return
    if fiscal:
        yield f"fy:{year}"
        return
    if day and _span(year, month, day, fiscal):
        yield f"d:{year:04}{month:02}{day:02}"
    if month and _span(year, month, 0, fiscal):
        yield f"m:{year:04}{month:02}"
    yield f"y:{year:04}"


def _parts(match: re.Match[str]) -> tuple[int, int, int, bool]:
    counted = _number(match["year"])
    year = int(match["western"]) if match["western"] else ERAS[match["era"]] + counted if counted > 0 else 0
    return year, _number(match["month"] or match["m"]), _number(match["day"] or match["d"]), bool(match["fiscal"])


def _number(text: str | None) -> int:
    """二十九 is 29, 元 is 1; 0 for what was not said, -1 for what cannot be."""
    if not text:
        return 0
    if text.isdecimal():
        return int(text) or -1
    tens, ten, ones = text.rpartition("十")
    return (_ONES.get(tens, 1)) * 10 * bool(ten) + sum(_ONES[one] for one in ones)


def _span(year: int, month: int, day: int, fiscal: bool) -> Span | None:     # noqa: FBT001 (one of four parts of a date)
    try:
        if fiscal:
            return date(year, clock.FISCAL_YEAR_STARTS, 1), date(year + 1, clock.FISCAL_YEAR_STARTS, 1)
        if day:
            return date(year, month, day), date(year, month, day) + DAY
        return _month(date(year, month, 1)) if month else (date(year, 1, 1), date(year + 1, 1, 1))
    except (ValueError, OverflowError):
        return None


def _latest(match: re.Match[str], today: date) -> Span | None:
    """10/3 without a year: the last one there was, today among them."""
    month, day = _number(match["m"]), _number(match["d"])
    for year in (today.year, today.year - 1):
        found = _span(year, month, day, False)
        if found and found[0] <= today:
            return found
    return None


def _month(first: date) -> Span:
    return first, (first + timedelta(days=31)).replace(day=1)


def _fiscal(year: int) -> Span | None:
    return _span(year, 0, 0, True)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


_SAID: dict[str, Callable[[date], Span | None]] = {
    "今日": lambda today: (today, today + DAY), "本日": lambda today: (today, today + DAY),
    "昨日": lambda today: (today - DAY, today), "おととい": lambda today: (today - 2 * DAY, today - DAY),
    "今週": lambda today: (_monday(today), _monday(today) + WEEK), "先週": lambda today: (_monday(today) - WEEK, _monday(today)),
    "今月": lambda today: _month(today.replace(day=1)), "先月": lambda today: _month((today.replace(day=1) - DAY).replace(day=1)),
    "今年": lambda today: _span(today.year, 0, 0, False), "昨年": lambda today: _span(today.year - 1, 0, 0, False),
    "去年": lambda today: _span(today.year - 1, 0, 0, False),
    "今年度": lambda today: _fiscal(clock.fiscal_year(today)), "本年度": lambda today: _fiscal(clock.fiscal_year(today)),
    "昨年度": lambda today: _fiscal(clock.fiscal_year(today) - 1), "前年度": lambda today: _fiscal(clock.fiscal_year(today) - 1)}
