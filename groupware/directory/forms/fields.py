"""Single fields: words, numbers, days in the ways people write them."""
import re
from collections.abc import Mapping
from datetime import date

from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.text import narrow

CODE = re.compile(r"[0-9A-Za-z-]{1,20}")
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff]+")
LONGEST = 300
MOST_DIGITS = 6
DAY = re.compile(r"(?P<era>令和|平成|昭和|[RHS])?(?P<year>\d{1,4}|元)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?", re.IGNORECASE)
WEEKDAY = re.compile(r"\(?[月火水木金土日](?:曜日?)?\)?$")
ERAS = {"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}


def text(data: Mapping[str, str], name: str, most: int = LONGEST) -> str:
    """One line, without space at the ends. Raises Invalid when it is too long."""
    value = CONTROL.sub(" ", data.get(name) or "").strip()
    if len(value) > most:
        raise Invalid(**{name: f"{most}文字までで書いてください。"})
    return value


def code(data: Mapping[str, str], name: str) -> str:
    """A number or code: full width becomes half width, leading zeros stay."""
    return narrow(text(data, name))


def count(data: Mapping[str, str], name: str) -> int:
    """0 when empty. Raises Invalid."""
    value = code(data, name) or "0"
    if not value.isdecimal() or len(value) > MOST_DIGITS:
        raise Invalid(**{name: "並び順は数で書いてください。"})
    return int(value)


def day(data: Mapping[str, str], name: str) -> date | None:
    """2026-04-01, 2026/4/1, 20260401, 令和8年4月1日（水） or R8.4.1; None when empty. Raises Invalid."""
    value = WEEKDAY.sub("", "".join(code(data, name).split()))
    if not value:
        return None
    found = DAY.fullmatch(value)
    try:
        return date(_year(found), int(found["month"]), int(found["day"])) if found else date.fromisoformat(value)
    except ValueError as error:
        today = clock.today().isoformat()
        raise Invalid(**{name: f"日付「{value}」を読み取れません。{today} のように書いてください。"}) from error


def _year(found: re.Match[str]) -> int:
    number = 1 if found["year"] == "元" else int(found["year"])
    return ERAS[found["era"].lower()] + number if found["era"] else number
