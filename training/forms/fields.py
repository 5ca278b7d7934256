"""The fields of a form, each read in one place."""
import re
from datetime import date, time
from typing import Any

from groupware.kernel.dates import read_date
from groupware.kernel.errors import Invalid

LONGEST_LINE, LONGEST_TEXT = 200, 2_000
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


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


def amount(data: Any, name: str, least: int, most: int) -> int | None:
    """A whole number, or nothing."""
    if not str(data.get(name) or "").strip():
        return None
    words = f"{least}から{most}までの数で書くか、空けておいてください。"
    found = whole(data, name, words)
    if not least <= found <= most:
        raise Invalid(**{name: words})
    return found


def hour(data: Any, name: str) -> time:
    found = CLOCK.fullmatch(str(data.get(name) or "").strip())
    if not found:
        raise Invalid(**{name: "時刻を 13:30 のように書いてください。"})
    return time(int(found[1]), int(found[2]))


def numbers(data: Any, name: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(whole({name: value}, name, "選び直してください。") for value in data.getlist(name) if value))


def _fits(found: str, name: str, needed: str, most: int) -> str:
    if needed and not found:
        raise Invalid(**{name: needed})
    if len(found) > most:
        raise Invalid(**{name: f"{most}字までにしてください。"})
    return found
