"""What comes in by the forms: read, measured, or refused with a sentence."""
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.ui.dates import read_date
from telework.models.applications import SPANS
from telework.models.days import HALVES, PLACES, REACHES
from telework.rules import REASONS

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
LONGEST_STAY, AHEAD = timedelta(days=92), timedelta(days=366)
LONGEST_NOTE, LONGEST_LINE, LONGEST_TEXT = 60, 200, 2_000
Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """``halves`` of each day from ``first`` to ``last``. ``place`` empty: takes back what was said."""

    first: date
    last: date
    halves: tuple[str, ...]
    place: str
    reach: str
    note: str

    @classmethod
    def parse(cls, data: Form) -> "PlaceDraft":
        first = _day(data, "first", "いつからかを入れてください。例 R8.12.1")
        last = _day(data, "last") if str(data.get("last") or "").strip() else first
        if not first <= last <= first + LONGEST_STAY:
            raise Invalid(last="終わりの日は、始まりの日から3か月のうちにしてください。")
        if abs(first - clock.today()) > AHEAD:
            raise Invalid(first="1年より離れた日は入れられません。")
        span, place = str(data.get("span") or "day"), str(data.get("place") or "")
        if span not in SPANS:
            raise Invalid(span="終日・午前・午後から選んでください。")
        if place and place not in PLACES:
            raise Invalid(place="場所を選んでください。")
        reach = str(data.get("reach") or "any")
        if reach not in REACHES:
            raise Invalid(reach="連絡のつき方を選んでください。")
        return cls(first, last, tuple(HALVES) if span == "day" else (span,), place, reach, line(data, "note", most=LONGEST_NOTE))

    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]


@dataclass(frozen=True, slots=True)
class ApplicationDraft:
    on_date: date
    span: str
    reason: str
    work: str
    contact: str
    takes_out: str

    @classmethod
    def parse(cls, data: Form) -> "ApplicationDraft":
        on_date = _day(data, "on_date", "在宅で勤務する日を入れてください。例 R8.12.1")
        if not clock.today() <= on_date <= clock.today() + AHEAD:
            raise Invalid(on_date="今日から1年のうちの日にしてください。")
        span, reason = str(data.get("span") or "day"), str(data.get("reason") or "")
        if span not in SPANS:
            raise Invalid(span="1日・午前・午後から選んでください。")
        if reason not in REASONS:
            raise Invalid(reason="理由を選んでください。")
        if data.get("personal"):
            raise Invalid(personal="個人情報を扱う業務は、在宅ではできません。庁舎で行う日に分けてください。")
        return cls(on_date, span, reason, text(data, "work", "どのような業務をするかを書いてください。"),
                   line(data, "contact", "連絡のつく番号を書いてください。"), line(data, "takes_out"))


def line(data: Form, name: str, needed: str = "", most: int = LONGEST_LINE) -> str:
    return _measured(" ".join(CONTROL.sub("", str(data.get(name) or "")).split()), name, needed, most)


def text(data: Form, name: str, needed: str = "", most: int = LONGEST_TEXT) -> str:
    return _measured(CONTROL.sub("", str(data.get(name) or "").replace("\r\n", "\n")).strip(), name, needed, most)


def _measured(found: str, name: str, needed: str, most: int) -> str:
    if needed and not found:
        raise Invalid(**{name: needed})
    if len(found) > most:
        raise Invalid(**{name: f"{most}字までにしてください。"})
    return found


def _day(data: Form, name: str, needed: str = "日付を読み取れません。例 R8.12.1、2026/12/1") -> date:
    found = read_date(str(data.get(name) or ""))
    if found is None:
        raise Invalid(**{name: needed})
    return found
