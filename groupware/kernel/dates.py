"""Reads a date as people of a city hall write it: 令和8年10月20日, R8.10.20, 2026/10/20, 10/20, 20261020."""
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from groupware.kernel import clock

ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988, "昭和": 1925, "S": 1925}      # the year before the first of each
NUMBERS = re.compile(r"(令和|平成|昭和|[RHS])?\s*(元|\d{1,4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
WITHOUT_YEAR = re.compile(r"(\d{1,2})\s*[月/.-]\s*(\d{1,2})\s*日?")
IN_ONE = re.compile(r"(\d{4})(\d{2})(\d{2})")
YEARS_AHEAD = 9                 # from one 2月29日 to the next it may be eight
WEEKDAY = re.compile(r"\s*\(?[月火水木金土日](?:曜日?)?\)?$")


def read_date(text: str) -> date | None:
    """None for nothing and for what is no date. Without a year: the next such day, today included."""
    words = WEEKDAY.sub("", unicodedata.normalize("NFKC", text).strip().upper()) or ""
    try:
        return _with_year(words) or _in_one(words) or _next(words)
    except ValueError:
        return None


def _with_year(words: str) -> date | None:
    found = NUMBERS.fullmatch(words)
    if not found:
        return None
    era, year, month, day = found.groups()
    number = 1 if year == "元" else int(year)
    return date(ERAS[era] + number if era else number, int(month), int(day))


def _in_one(words: str) -> date | None:
    found = IN_ONE.fullmatch(words)
    return date(*map(int, found.groups())) if found else None


def _next(words: str) -> date | None:
    found = WITHOUT_YEAR.fullmatch(words)
    if not found:
        return None
    month, day = map(int, found.groups())
    return next((each for each in _every_year(month, day) if each >= clock.today()), None)


def _every_year(month: int, day: int) -> Iterator[date]:
    for year in range(clock.today().year, clock.today().year + YEARS_AHEAD):
        with suppress(ValueError):
            yield date(year, month, day)
