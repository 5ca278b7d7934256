"""What comes in, read once."""
import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from groupware.kernel.errors import Invalid
from groupware.kernel.given import Form, day, line, number, ref, words
from groupware.kernel.ref import Ref

LONGEST_LINE, MOST_MEASURES = 80, 11
CODE = re.compile(r"M\d{2}", re.ASCII)


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
        team, unit, source = ref(data, "to_team"), number(data, "to_unit"), ref(data, "team")
        if bool(team) == bool(unit):
            raise Invalid(to_team="相手のチームか課の、どちらか一つを選んでください。")
        if source is None:
            raise Invalid(team="どのチームから出すかを選んでください。")
        return cls(source, line(data, "title", "何を調整したいかを、一行で書いてください。", LONGEST_LINE),
                   words(data, "body", "困っていることと、してほしいことを書いてください。"), team, unit,
                   day(data, "wanted_on"), _codes(data.getlist("measure")))


@dataclass(frozen=True, slots=True)
class MoveDraft:
    """``reason`` of a settlement is its basis."""

    act: str
    reason: str = ""
    decider: str = ""

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(str(data.get("act") or ""), words(data, "reason"), line(data, "decider", most=LONGEST_LINE))


def _codes(found: list[str]) -> tuple[str, ...]:
    codes = tuple(sorted(set(filter(None, found))))
    if any(not CODE.fullmatch(each) for each in codes) or len(codes) > MOST_MEASURES:
        raise Invalid(measure="施策を選び直してください。")
    return codes
