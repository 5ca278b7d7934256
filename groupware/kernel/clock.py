"""The time, injected: UTC inside, Japan's on screens."""
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial

JST = timezone(timedelta(hours=9), "JST")
REIWA = date(2019, 5, 1)
WEEKDAYS = "月火水木金土日"
FISCAL_YEAR_STARTS = 4      # 地方自治法208条: 会計年度は4月1日に始まる

source: Callable[[], datetime] = partial(datetime.now, UTC)     # where the time comes from: a program that lives in another time gives another
_fixed: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The moment, aware, in UTC."""
    return _fixed.get() or source()


def today() -> date:
    """The date on the wall of the city hall."""
    return now().astimezone(JST).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Everything inside happens at ``moment`` (aware): for tests and for the history of the demo city."""
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)


def wareki(day: date) -> str:
    """``令和8年10月15日（木）``; years before Reiwa are shown in the western calendar."""
    return f"{year_of(day)}{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


def year_of(day: date) -> str:
    """``令和8年``; before Reiwa ``2018年``."""
    return f"令和{_reiwa_year(day)}年" if day >= REIWA else f"{day.year}年"


def fiscal_year(day: date) -> int:
    """The 年度 (April to March) that ``day`` lies in, as a western year."""
    return day.year if day.month >= FISCAL_YEAR_STARTS else day.year - 1


def _reiwa_year(day: date) -> str:
    number = day.year - REIWA.year + 1
    return "元" if number == 1 else str(number)
