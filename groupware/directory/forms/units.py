"""Drafts of units."""
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

from groupware.directory.forms.fields import CODE, code, count, day, text
from groupware.kernel.errors import Invalid

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """Without a day a new unit has always been there, and a change counts from today."""

    code: str
    name: str
    kind: str
    parent_code: str = ""
    authority: str = "市長"
    position: int = 0
    starts_on: date | None = None

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> Self:
        """Raises Invalid."""
        own, name = code(data, "code"), text(data, "name")
        if not CODE.fullmatch(own):
            raise Invalid(code="所属コードは英数字20字までで書いてください。")
        if not 0 < len(name) <= LONGEST_NAME:
            raise Invalid(name=f"所属の名前を{LONGEST_NAME}文字までで書いてください。")
        return cls(own, name, text(data, "kind") or "課", code(data, "parent_code"), text(data, "authority") or "市長",
                   count(data, "position"), day(data, "starts_on"))
