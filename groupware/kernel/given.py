"""What was sent, field by field: cleaned and measured in one way everywhere, or refused with a sentence at that field.

``data`` is a form, the arguments of an address or the JSON of a socket. ``needed`` is what is said when nothing was given; without it nothing
may be given.
"""
import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date, time
from typing import Any, Protocol

from groupware.kernel.dates import read_date
from groupware.kernel.errors import Invalid
from groupware.kernel.markup.signs import BREAK, UNWANTED
from groupware.kernel.ref import Ref
from groupware.kernel.text import narrow

LONGEST_LINE, LONGEST_TEXT, MOST_DIGITS = 200, 4_000, 15
AGAIN, NO_DAY, NO_HOUR = "選び直してください。", "日付として読めません。例 R9.3.31、2027/3/31", "時刻を 10:30 のように書いてください。"
FILE_ID = re.compile(r"[0-9A-Za-z_-]{16,64}")
_MARKED = re.compile("[^\u0300-\u036f\u3099\u309a][\u0300-\u036f\u3099\u309a]+")        # か and ゛ apart, as one system sends them
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:時]([0-5]\d)分?", re.ASCII)


class Fields(Protocol):
    def get(self, key: str, /) -> Any: ...


class Form(Fields, Protocol):
    """With fields that may be there several times."""

    def getlist(self, key: str, /) -> list[str]: ...


def line(data: Fields, name: str, needed: str = "", most: int = LONGEST_LINE) -> str:
    """One line, without space at the ends."""
    return _measured(" ".join(clean(data.get(name)).split()), name, needed, most)


def words(data: Fields, name: str, needed: str = "", most: int = LONGEST_TEXT) -> str:
    return _measured(clean(data.get(name)).strip(), name, needed, most)


def clean(said: object) -> str:
    """One kind of line break, nothing invisible that misleads a reader. Variants of a character (神, 髙) stay what they are."""
    text = UNWANTED.sub("", BREAK.sub("\n", said if isinstance(said, str) else ""))
    return _MARKED.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def one_of(data: Fields, name: str, known: Collection[str], needed: str = AGAIN) -> str:
    found = str(data.get(name) or "")
    if found not in known:
        raise Invalid(**{name: needed})
    return found


def number(data: Fields, name: str, needed: str = "") -> int:
    """A whole number in half or full width; 0 for nothing."""
    return _whole(data.get(name), name, needed)


def numbers(data: Form, name: str) -> tuple[int, ...]:
    """Each once, in their order."""
    return tuple(dict.fromkeys(_whole(each, name) for each in data.getlist(name) if each))


def between(data: Fields, name: str, least: int, most: int) -> int:
    wrong = f"{least}から{most}までの数で書いてください。"
    return _within(number(data, name, wrong), name, least, most, wrong)


def amount(data: Fields, name: str, least: int, most: int) -> int | None:
    """As ``between``, or nothing."""
    if not str(data.get(name) or "").strip():
        return None
    wrong = f"{least}から{most}までの数で書くか、空けておいてください。"
    return _within(number(data, name, wrong), name, least, most, wrong)


def day(data: Fields, name: str) -> date | None:
    """None for nothing."""
    return needed_day(data, name, NO_DAY) if str(data.get(name) or "").strip() else None


def needed_day(data: Fields, name: str, needed: str) -> date:
    found = read_date(str(data.get(name) or ""))
    if found is None:
        raise Invalid(**{name: needed})
    return found


def hour(data: Fields, name: str) -> time:
    found = _CLOCK.fullmatch(narrow(str(data.get(name) or "")))
    if not found:
        raise Invalid(**{name: NO_HOUR})
    return time(int(found[1]), int(found[2]))


def ref(data: Fields, name: str) -> Ref | None:
    found = str(data.get(name) or "")
    return Ref.parse(found) if found else None


def files(ids: Iterable[str], most: int) -> tuple[str, ...]:
    """Each once."""
    found = list(filter(None, ids))
    if not all(isinstance(each, str) and FILE_ID.fullmatch(each) for each in found):
        raise Invalid(files="付けたファイルを読み取れません。付け直してください。")
    if len(set(found)) > most:
        raise Invalid(files=f"ファイルは一度に{most}個までです。")
    return tuple(dict.fromkeys(found))


def _measured(found: str, name: str, needed: str, most: int) -> str:
    if needed and not found:
        raise Invalid(**{name: needed})
    if len(found) > most:
        raise Invalid(**{name: f"{most:,}字までにしてください（いま{len(found):,}字）。"})
    return found


def _whole(said: object, name: str, needed: str = "") -> int:
    typed = narrow("" if said is None else str(said))
    if not typed and not needed:
        return 0
    if not (typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS):
        raise Invalid(**{name: needed or AGAIN})
    return int(typed)


def _within(found: int, name: str, least: int, most: int, wrong: str) -> int:
    if not least <= found <= most:
        raise Invalid(**{name: wrong})
    return found
