"""What comes in, read once."""
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, Self

from advice.models import DECISIONS, SORTS
from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.ref import Ref
from groupware.ui.dates import read_date

LONGEST_TITLE, LONGEST_TEXT, LONGEST_DAY, STEP, MOST_MEASURES = 80, 4_000, 8 * 60, 15, 11
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
CODE = re.compile(r"M\d{2}", re.ASCII)


class Form(Protocol):
    def get(self, key: str, /) -> Any: ...
    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Ties:
    """What a piece of advice belongs to. ``unit_id`` 0: the section of the team; ``about``: what it came from."""

    unit_id: int = 0
    team: Ref | None = None
    measures: tuple[str, ...] = ()
    about: Ref | None = None

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(number(data.get("unit"), "unit"), ref(data, "team"), _codes(data.getlist("measure")), ref(data, "about"))


@dataclass(frozen=True, slots=True)
class AskDraft:
    author_id: int
    title: str
    question: str
    ties: Ties

    @classmethod
    def parse(cls, data: Form) -> Self:
        author = number(data.get("author"), "author")
        if not author:
            raise Invalid(author="助言をお願いする人を選んでください。")
        return cls(author, line(data, "title", "何についての助言かを、一行で書いてください。"),
                   words(data, "question", "聞きたいことを書いてください。"), Ties.parse(data))


@dataclass(frozen=True, slots=True)
class WordsDraft:
    """What was said. ``version``: the one that the writer saw, 0 for a new one."""

    sort: str
    title: str
    body: str
    minutes: int
    day: date | None = None
    version: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        sort, minutes = str(data.get("sort") or ""), number(data.get("minutes"), "minutes")
        if sort not in SORTS:
            raise Invalid(sort="助言か提言かを選んでください。")
        if minutes % STEP or not 0 <= minutes <= LONGEST_DAY:
            raise Invalid(minutes="15分きざみで、8時間までにしてください。")
        return cls(sort, line(data, "title", "何についての助言かを、一行で書いてください。"), words(data, "body", "助言の中身を書いてください。"),
                   minutes, _past(data, "day"), number(data.get("version"), "version"))


@dataclass(frozen=True, slots=True)
class GiveDraft:
    """``author_id`` 0: the writer's own."""

    words: WordsDraft
    ties: Ties
    author_id: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(WordsDraft.parse(data), Ties.parse(data), number(data.get("author"), "author"))


@dataclass(frozen=True, slots=True)
class MoveDraft:
    """``decision`` is what is proposed to the head, ``until`` of a 保留, ``effect`` what came of it."""

    act: str
    reason: str = ""
    decision: str = ""
    until: date | None = None
    effect: str = ""

    @classmethod
    def parse(cls, data: Form) -> Self:
        decision = str(data.get("decision") or "")
        if decision and decision not in DECISIONS:
            raise Invalid(decision="対応を選んでください。")
        text, until = str(data.get("until") or "").strip(), read_date(str(data.get("until") or ""))
        if text and (until is None or until <= clock.today()):
            raise Invalid(until="保留の期限は、あしたからあとの日付にしてください。例 R9.3.31")
        return cls(str(data.get("act") or ""), words(data, "reason"), decision, until, words(data, "effect"))


def line(data: Form, name: str, needed: str = "", most: int = LONGEST_TITLE) -> str:
    return _checked(" ".join(CONTROL.sub("", str(data.get(name) or "")).split()), name, needed, most)


def words(data: Form, name: str, needed: str = "", most: int = LONGEST_TEXT) -> str:
    return _checked(CONTROL.sub("", str(data.get(name) or "").replace("\r\n", "\n")).strip(), name, needed, most)


def number(value: object, name: str) -> int:
    found = str(value or "0")
    if not (found.isascii() and found.isdigit() and len(found) <= 15):
        raise Invalid(**{name: "選び直してください。"})
    return int(found)


def ref(data: Form, name: str) -> Ref | None:
    found = str(data.get(name) or "")
    return Ref.parse(found) if found else None


def _past(data: Form, name: str) -> date | None:
    text = str(data.get(name) or "").strip()
    found = read_date(text) if text else None
    if text and (found is None or found > clock.today()):
        raise Invalid(**{name: "今日までの日付で書いてください。例 R8.10.20"})
    return found


def _checked(found: str, name: str, needed: str, most: int) -> str:
    if needed and not found:
        raise Invalid(**{name: needed})
    if len(found) > most:
        raise Invalid(**{name: f"{most}字までにしてください。"})
    return found


def _codes(found: list[str]) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(filter(None, found)))
    if any(not CODE.fullmatch(each) for each in codes) or len(codes) > MOST_MEASURES:
        raise Invalid(measure="施策を選び直してください。")
    return tuple(sorted(codes))
