"""How moments, days and sizes are written on screens. Times are Japan's."""
from datetime import date, datetime
from secrets import token_hex

from flask import Flask
from markupsafe import Markup

from groupware.kernel import clock

UNITS = ("バイト", "KB", "MB", "GB")
STEP = 1024


def jst_time(at: datetime) -> str:
    """``9:58``"""
    local = at.astimezone(clock.JST)
    return f"{local.hour}:{local.minute:02}"


def jst_day(at: datetime) -> str:
    """``2026-10-15``, for programs."""
    return at.astimezone(clock.JST).date().isoformat()


def jst_date(at: datetime) -> date:
    """The day in Japan, to be written by another of these."""
    return _day(at)


def moment(at: datetime) -> str:
    """``9:58`` today, ``水 16:20`` in the last days, ``10月3日 9:20`` before; with the year when it is another one."""
    days = (clock.today() - _day(at)).days
    return jst_time(at) if days == 0 else f"{_near(at, days)} {jst_time(at)}"


def when(at: datetime) -> str:
    """As ``moment`` where there is little room: ``9:58``, ``水``, ``10月3日``."""
    days = (clock.today() - _day(at)).days
    return jst_time(at) if days == 0 else _near(at, days)


def due(at: datetime) -> str:
    """``今日 17時15分``, ``10月20日（火）17時15分``: until when something is to be done."""
    local = at.astimezone(clock.JST)
    time = f"{local.hour}時{local.minute:02}分" if local.minute else f"{local.hour}時"
    return f"今日 {time}" if local.date() == clock.today() else f"{short_day(local.date())}{time}"


def short_day(day: date) -> str:
    """``10月20日（火）``, with the year when it is not this one."""
    year = "" if day.year == clock.today().year else clock.year_of(day)
    return f"{year}{day.month}月{day.day}日（{clock.WEEKDAYS[day.weekday()]}）"


def wareki(day: date | datetime) -> str:
    """``令和8年10月15日（木）``"""
    return clock.wareki(_day(day) if isinstance(day, datetime) else day)


def file_size(size: int) -> str:
    """``412KB``, ``1.8MB``"""
    amount, unit = float(size), 0
    while amount >= STEP and unit < len(UNITS) - 1:
        amount, unit = amount / STEP, unit + 1
    return f"{amount:.1f}{UNITS[unit]}" if unit > 1 and amount < 10 else f"{round(amount)}{UNITS[unit]}"


def trusted_html(html: str) -> Markup:
    """For what ``groupware.kernel.markup`` has cleaned and a row has kept; nothing else."""
    return Markup(html)     # noqa: S704 (cleaned before it was stored)


def install_words(app: Flask) -> None:
    for word in (jst_time, jst_day, jst_date, moment, when, due, short_day, wareki, file_size, trusted_html):
        app.jinja_env.filters.setdefault(word.__name__, word)
    app.jinja_env.globals.setdefault("new_key", lambda: token_hex(16))
    app.jinja_env.globals.setdefault("today", clock.today)
    app.jinja_env.globals.setdefault("now", clock.now)


def _near(at: datetime, days: int) -> str:
    day = _day(at)
    if 0 < days < 7:
        return clock.WEEKDAYS[day.weekday()]
    year = "" if day.year == clock.today().year else clock.year_of(day)
    return f"{year}{day.month}月{day.day}日"


def _day(at: datetime) -> date:
    return at.astimezone(clock.JST).date()
