"""One parser per draft."""
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, Self

from groupware.kernel.dates import read_date
from groupware.kernel.errors import Invalid
from groupware.kernel.markup import RenderedText, render
from groupware.kernel.ref import Ref
from groupware.kernel.text import narrow
from teams.models import ROLES
from teams.models.checkins import PULSES
from teams.models.tasks import COLUMNS

LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT, MOST_PARTNERS, MOST_MEASURES = 50, 200, 4_000, 40, 11
LONGEST_NOTE, MOST_CHECKS, LONGEST_WORD, WORKING_DAYS, LONGEST_TITLE, LONGEST_PAGE = 2_000, 30, 120, 5, 120, 40_000
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


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """``checks``: the lines of its checklist; ``version``: the one that the writer saw; ``about``: what it comes from."""

    title: str
    rendered: RenderedText
    note: str = ""
    owner_id: int = 0
    due_on: date | None = None
    measure: str = ""
    checks: tuple[str, ...] = ()
    about: Ref | None = None
    version: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        note, about = words(data, "note", most=LONGEST_NOTE), str(data.get("about") or "")
        return cls(line(data, "title", "何をするかを、一行で書いてください。"), render(note), note, number(data.get("owner"), "owner"),
                   day(data, "due_on"), _code(data), _checks(data), Ref.parse(about) if about else None, number(data.get("version"), "version"))


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    title: str
    due_on: date
    measure: str = ""
    version: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        due = day(data, "due_on")
        if due is None:
            raise Invalid(due_on="いつまでかを、日付で書いてください。例 R9.3.31")
        return cls(line(data, "title", "何に届けばよいかを書いてください。", LONGEST_NAME), due, _code(data), number(data.get("version"), "version"))


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    words: str
    by: str
    decided_on: date
    reason: str = ""
    about: Ref | None = None
    instead_of: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        decided, about = day(data, "decided_on"), str(data.get("about") or "")
        if decided is None:
            raise Invalid(decided_on="決まった日を書いてください。例 R8.10.20")
        return cls(words(data, "words", "決まったことを書いてください。", LONGEST_NOTE),
                   line(data, "by", "だれが決めたかを書いてください。"), decided, words(data, "reason", most=LONGEST_NOTE),
                   Ref.parse(about) if about else None, number(data.get("instead_of"), "instead_of"))


@dataclass(frozen=True, slots=True)
class PageDraft:
    title: str
    body: str
    rendered: RenderedText
    version: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        body = words(data, "body", "本文を書いてください。", LONGEST_PAGE)
        return cls(line(data, "title", "題名を書いてください。", LONGEST_TITLE), body, render(body), number(data.get("version"), "version"))


@dataclass(frozen=True, slots=True)
class CheckinDraft:
    state: str
    line: str

    @classmethod
    def parse(cls, data: Form) -> Self:
        state = str(data.get("pulse") or "")
        if state not in PULSES:
            raise Invalid(pulse="順調・遅れ・支援が必要のどれかを選んでください。")
        return cls(state, line(data, "line", "一言を書いてください。", LONGEST_WORD))


def weekday(data: Form) -> int | None:
    """Monday to Friday, or on no day."""
    typed = str(data.get("day") or "")
    if typed not in {"", *map(str, range(WORKING_DAYS))}:
        raise Invalid(day="曜日を選んでください。")
    return int(typed) if typed else None


def column(data: Form) -> str:
    found = str(data.get("state") or "")
    if found not in COLUMNS:
        raise Invalid(state="どこへ進めるかを選んでください。")
    return found


def day(data: Form, name: str) -> date | None:
    typed = str(data.get(name) or "").strip()
    found = read_date(typed)
    if typed and found is None:
        raise Invalid(**{name: "日付として読めません。例 R9.3.31"})
    return found


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


def _code(data: Form) -> str:
    codes = _codes(line(data, "measure"), "measure")
    if len(codes) > 1:
        raise Invalid(measure="施策は一つだけ書いてください。")
    return "".join(codes)


def _checks(data: Form) -> tuple[str, ...]:
    found = tuple(filter(None, (" ".join(each.split()) for each in words(data, "checks").splitlines())))
    if len(found) > MOST_CHECKS or any(len(each) > LONGEST_LINE for each in found):
        raise Invalid(checks=f"小さな項目は{MOST_CHECKS}行まで、一行は{LONGEST_LINE}字までにしてください。")
    return found


def _codes(text: str, name: str = "measures") -> tuple[str, ...]:
    found = tuple(dict.fromkeys(re.split(r"[\s、,・]+", narrow(text).upper().strip()))) if text else ()
    if any(not CODE.fullmatch(each) for each in found) or len(found) > MOST_MEASURES:
        raise Invalid(**{name: "施策の番号を、空白で区切って書いてください。例 M03 M05"})
    return found
