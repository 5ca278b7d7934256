"""Drafts of the words an administrator keeps: kinds of staff, kinds of units, posts."""
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from groupware.directory.forms.fields import count, text
from groupware.kernel.errors import Invalid

LONGEST = 30


@dataclass(frozen=True, slots=True)
class StaffKindDraft:
    name: str
    outside: bool = False
    position: int = 0

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> Self:
        """Raises Invalid."""
        return cls(_name(data), bool(data.get("outside")), count(data, "position"))


@dataclass(frozen=True, slots=True)
class UnitKindDraft:
    name: str
    after_parent: bool = False
    position: int = 0

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> Self:
        """Raises Invalid."""
        return cls(_name(data), bool(data.get("after_parent")), count(data, "position"))


@dataclass(frozen=True, slots=True)
class PostDraft:
    name: str
    rank: int

    @classmethod
    def parse(cls, data: Mapping[str, str]) -> Self:
        """Raises Invalid."""
        return cls(_name(data), count(data, "rank"))


def _name(data: Mapping[str, str]) -> str:
    name = text(data, "name")
    if not 0 < len(name) <= LONGEST:
        raise Invalid(name=f"名前を{LONGEST}文字までで書いてください。")
    return name
