"""What comes in, read once."""
import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, Self

from groupware.kernel.errors import Invalid
from groupware.kernel.ref import Ref
from groupware.ui.dates import read_date

LONGEST_LINE, LONGEST_TEXT, MOST_MEASURES = 80, 4_000, 11
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
CODE = re.compile(r"M\d{2}", re.ASCII)


class Form(Protocol):
    def get(self, key: str, /) -> Any: ...
    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class MatterDraft:
    """For ``to_team`` or for ``to_unit``."""

    from_team: Ref
    title: str
    body: str
    to_team: Ref | None = None
    to_unit: int = 0
    wanted_on: date | None = None
    measures: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: Form) -> Self:
        team, unit = str(data.get("to_team") or ""), _number(data.get("to_unit"), "to_unit")
        if bool(team) == bool(unit):
            raise Invalid(to_team="相手のチームか課の、どちらか一つを選んでください。")
        source = str(data.get("team") or "")
        if not source:
            raise Invalid(team="どのチームから出すかを選んでください。")
        return cls(Ref.parse(source), line(data, "title", "何を調整したいかを、一行で書いてください。"),
                   words(data, "body", "困っていることと、してほしいことを書いてください。"), Ref.parse(team) if team else None, unit,
                   _day(data, "wanted_on"), _codes(data.getlist("measure")))


@dataclass(frozen=True, slots=True)
class MoveDraft:
    """``reason`` of a settlement is its basis."""

    act: str
    reason: str = ""
    decider: str = ""

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(str(data.get("act") or ""), words(data, "reason"), line(data, "decider"))


def line(data: Form, name: str, needed: str = "", most: int = LONGEST_LINE) -> str:
    return _checked(" ".join(CONTROL.sub("", str(data.get(name) or "")).split()), name, needed, most)


def words(data: Form, name: str, needed: str = "", most: int = LONGEST_TEXT) -> str:
    return _checked(CONTROL.sub("", str(data.get(name) or "").replace("\r\n", "\n")).strip(), name, needed, most)


def _number(value: object, name: str) -> int:
    found = str(value or "0")
    if not (found.isascii() and found.isdigit() and len(found) <= 15):
        raise Invalid(**{name: "選び直してください。"})
    return int(found)


def _day(data: Form, name: str) -> date | None:
    text = str(data.get(name) or "").strip()
    found = read_date(text) if text else None
    if text and found is None:
        raise Invalid(**{name: "日付を読み取れません。例 R9.3.31"})
    return found


def _checked(found: str, name: str, needed: str, most: int) -> str:
    if needed and not found:
        raise Invalid(**{name: needed})
    if len(found) > most:
        raise Invalid(**{name: f"{most}字までにしてください。"})
    return found


def _codes(found: list[str]) -> tuple[str, ...]:
    codes = tuple(sorted(set(filter(None, found))))
    if any(not CODE.fullmatch(each) for each in codes) or len(codes) > MOST_MEASURES:
        raise Invalid(measure="施策を選び直してください。")
    return codes
