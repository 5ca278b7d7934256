"""Fields that only forms of ours have."""
import re

from governance import rating
from groupware.kernel.errors import Invalid
from groupware.kernel.given import Fields
from groupware.kernel.text import narrow

LONGEST_NUMBER = 24
YEAR = re.compile(r"(?:R|令和)?\s*(\d{1,4})(?:年度?)?", re.ASCII)
REIWA = 2018


def decimal(data: Fields, name: str) -> str:
    """As it was written, in half width: leading zeros stay. Empty for nothing."""
    found = narrow(str(data.get(name) or "")).replace(",", "")
    if found and (len(found) > LONGEST_NUMBER or rating.number(found) is None or "e" in found.lower()):
        raise Invalid(**{name: "数字で書いてください。例 120、85.5。まだなければ空けておいてください。"})
    return found


def needed_year(data: Fields) -> int:
    found = fiscal_year(data, "fiscal_year")
    if found is None:
        raise Invalid(fiscal_year="年度を書いてください。例 R8")
    return found


def fiscal_year(data: Fields, name: str) -> int | None:
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
