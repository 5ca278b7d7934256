"""Single fields of our forms."""
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol

from governance import rating
from groupware.kernel.dates import read_date
from groupware.kernel.errors import Invalid
from groupware.kernel.text import narrow

LONGEST_LINE, LONGEST_TEXT, LONGEST_NUMBER = 200, 4_000, 24
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
YEAR = re.compile(r"(?:R|令和)?\s*(\d{1,4})(?:年度?)?", re.ASCII)
REIWA = 2018


class Form(Protocol):
    def get(self, key: str, /) -> Any: ...


def line(data: Form, name: str, needed: str = "", most: int = LONGEST_LINE) -> str:
    found = " ".join(CONTROL.sub("", str(data.get(name) or "")).split())
    if needed and not found:
        raise Invalid(**{name: needed})
    if len(found) > most:
        raise Invalid(**{name: f"{most}字までにしてください。"})
    return found


def text(data: Form, name: str, needed: str = "", most: int = LONGEST_TEXT) -> str:
    found = CONTROL.sub("", str(data.get(name) or "").replace("\r\n", "\n")).strip()
    if needed and not found:
        raise Invalid(**{name: needed})
    if len(found) > most:
        raise Invalid(**{name: f"{most}字までにしてください。"})
    return found


def one_of(data: Form, name: str, known: Mapping[str, object] | tuple[str, ...], words: str) -> str:
    found = str(data.get(name) or "")
    if found not in known:
        raise Invalid(**{name: words})
    return found


def decimal(data: Form, name: str) -> str:
    """As it was written, in half width: leading zeros stay. Empty for nothing."""
    found = narrow(str(data.get(name) or "")).replace(",", "")
    if found and (len(found) > LONGEST_NUMBER or rating.number(found) is None or "e" in found.lower()):
        raise Invalid(**{name: "数字で書いてください。例 120、85.5。まだなければ空けておいてください。"})
    return found


def whole(value: object, name: str = "version") -> int:
    found = str(value or "0")
    if not (found.isascii() and found.isdigit() and len(found) <= 15):
        raise Invalid(**{name: "選び直してください。"})
    return int(found)


def fiscal_year(data: Form, name: str) -> int | None:
    """2026, R8, 令和8年度: the western year. None for nothing."""
    words = narrow(str(data.get(name) or "")).upper()
    if not words:
        return None
    found = YEAR.fullmatch(words)
    year = int(found[1]) if found else 0
    year = year + REIWA if 0 < year < 100 else year
    if not 2000 <= year <= 2100:
        raise Invalid(**{name: "年度で書いてください。例 R8、2026"})
    return year


def day(data: Form, name: str, needed: str = "") -> date | None:
    words = str(data.get(name) or "").strip()
    found = read_date(words) if words else None
    if (words and found is None) or (needed and found is None):
        raise Invalid(**{name: needed or "日付を読み取れません。例 R8.10.20、2026/10/20"})
    return found
