"""One parser per draft."""
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, Self

from groupware.kernel.errors import Invalid
from groupware.kernel.text import narrow
from groupware.ui.dates import read_date
from teams.models import ROLES

LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT, MOST_PARTNERS, MOST_MEASURES = 50, 200, 4_000, 40, 11
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
CODE = re.compile(r"M\d{2}", re.ASCII)


class Form(Protocol):
    def get(self, key: str, /) -> Any: ...
    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class CharterDraft:
    """``version``: the one that the writer saw, 0 for a new one. ``units``: the first is the 主管課."""

    name: str
    purpose: str
    outcome: str
    measures: tuple[str, ...]
    due_on: date
    unit_id: int
    partners: tuple[int, ...] = ()
    version: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        due = read_date(str(data.get("due_on") or ""))
        if due is None:
            raise Invalid(due_on="いつまで活動するかを、日付で書いてください。例 R9.3.31")
        partners = tuple(dict.fromkeys(number(each, "partners") for each in data.getlist("partners")))[:MOST_PARTNERS]
        return cls(line(data, "name", "チームの名前を書いてください。", LONGEST_NAME), words(data, "purpose", "何のためのチームかを書いてください。"),
                   words(data, "outcome"), _codes(line(data, "measures")), due, number(data.get("unit"), "unit"), partners,
                   number(data.get("version"), "version"))


@dataclass(frozen=True, slots=True)
class SeatDraft:
    user_id: int
    role: str
    until: date | None = None

    @classmethod
    def parse(cls, data: Form) -> Self:
        role, person = str(data.get("role") or ""), number(data.get("person"), "person")
        if role not in ROLES:
            raise Invalid(role="役割を選んでください。")
        if not person:
            raise Invalid(person="人を選んでください。")
        return cls(person, role, read_date(str(data.get("until") or "")))


def reason(data: Form) -> str:
    return words(data, "reason")


def line(data: Form, name: str, needed: str = "", most: int = LONGEST_LINE) -> str:
    found = " ".join(CONTROL.sub("", str(data.get(name) or "")).split())
    return _checked(found, name, needed, most)


def words(data: Form, name: str, needed: str = "", most: int = LONGEST_TEXT) -> str:
    found = CONTROL.sub("", str(data.get(name) or "").replace("\r\n", "\n")).strip()
    return _checked(found, name, needed, most)


def number(value: object, name: str) -> int:
    found = str(value or "0")
    if not (found.isascii() and found.isdigit() and len(found) <= 15):
        raise Invalid(**{name: "選び直してください。"})
    return int(found)


def _checked(found: str, name: str, needed: str, most: int) -> str:
    if needed and not found:
        raise Invalid(**{name: needed})
    if len(found) > most:
        raise Invalid(**{name: f"{most}字までにしてください。"})
    return found


def _codes(text: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(re.split(r"[\s、,・]+", narrow(text).upper().strip()))) if text else ()
    if any(not CODE.fullmatch(each) for each in found) or len(found) > MOST_MEASURES:
        raise Invalid(measures="施策の番号を、空白で区切って書いてください。例 M03 M05")
    return found
