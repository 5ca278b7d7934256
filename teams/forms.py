"""One parser per draft."""
import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from groupware.kernel.errors import Invalid
from groupware.kernel.given import LONGEST_LINE, Form, day, line, needed_day, number, numbers, one_of, ref, words
from groupware.kernel.markup import RenderedText, render
from groupware.kernel.ref import Ref
from groupware.kernel.text import narrow
from teams.models import ROLES
from teams.models.checkins import PULSES
from teams.models.tasks import COLUMNS

LONGEST_NAME, MOST_PARTNERS, MOST_MEASURES = 50, 40, 11
LONGEST_NOTE, MOST_CHECKS, LONGEST_WORD, WORKING_DAYS, LONGEST_TITLE, LONGEST_PAGE = 2_000, 30, 120, 5, 120, 40_000
CODE = re.compile(r"M\d{2}", re.ASCII)


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
        due = needed_day(data, "due_on", "いつまで活動するかを、日付で書いてください。例 R9.3.31")
        return cls(line(data, "name", "チームの名前を書いてください。", LONGEST_NAME), words(data, "purpose", "何のためのチームかを書いてください。"),
                   words(data, "outcome"), _codes(line(data, "measures")), due, number(data, "unit"), numbers(data, "partners")[:MOST_PARTNERS],
                   number(data, "version"))


@dataclass(frozen=True, slots=True)
class SeatDraft:
    user_id: int
    role: str
    until: date | None = None

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(number(data, "person", "人を選んでください。"), one_of(data, "role", ROLES, "役割を選んでください。"), day(data, "until"))


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
        note = words(data, "note", most=LONGEST_NOTE)
        return cls(line(data, "title", "何をするかを、一行で書いてください。"), render(note), note, number(data, "owner"),
                   day(data, "due_on"), _code(data), _checks(data), ref(data, "about"), number(data, "version"))


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    title: str
    due_on: date
    measure: str = ""
    version: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        due = needed_day(data, "due_on", "いつまでかを、日付で書いてください。例 R9.3.31")
        return cls(line(data, "title", "何に届けばよいかを書いてください。", LONGEST_NAME), due, _code(data), number(data, "version"))


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
        decided = needed_day(data, "decided_on", "決まった日を書いてください。例 R8.10.20")
        return cls(words(data, "words", "決まったことを書いてください。", LONGEST_NOTE),
                   line(data, "by", "だれが決めたかを書いてください。"), decided, words(data, "reason", most=LONGEST_NOTE),
                   ref(data, "about"), number(data, "instead_of"))


@dataclass(frozen=True, slots=True)
class PageDraft:
    title: str
    body: str
    rendered: RenderedText
    version: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        body = words(data, "body", "本文を書いてください。", LONGEST_PAGE)
        return cls(line(data, "title", "題名を書いてください。", LONGEST_TITLE), body, render(body), number(data, "version"))


@dataclass(frozen=True, slots=True)
class CheckinDraft:
    state: str
    line: str

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(one_of(data, "pulse", PULSES, "順調・遅れ・支援が必要のどれかを選んでください。"),
                   line(data, "line", "一言を書いてください。", LONGEST_WORD))


def weekday(data: Form) -> int | None:
    """Monday to Friday, or on no day."""
    typed = str(data.get("day") or "")
    if typed not in {"", *map(str, range(WORKING_DAYS))}:
        raise Invalid(day="曜日を選んでください。")
    return int(typed) if typed else None


def column(data: Form) -> str:
    return one_of(data, "state", COLUMNS, "どこへ進めるかを選んでください。")


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
