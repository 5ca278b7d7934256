"""A board and who may do what on it, as they come in."""
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from boards.forms.fields import Form, Part, circles, line, number
from boards.models.places import VERBS

LONGEST_NAME = 60
LONGEST_PURPOSE = 300


@dataclass(frozen=True, slots=True)
class BoardDraft:
    """``rights``: (verb, circle); none means those of the board above."""

    name: str
    purpose: str = ""
    parent_id: int | None = None
    rights: frozenset[Part] = field(default=frozenset())
    approval: bool = False

    @classmethod
    def parse(cls, data: Form) -> Self:
        parent = data.get("parent")
        return cls(line(data, "name", LONGEST_NAME, "名前を書いてください。"), line(data, "purpose", LONGEST_PURPOSE),
                   number(parent) if parent else None, frozenset(_rights(data)), bool(data.get("approval")))


def _rights(data: Form) -> Iterable[Part]:
    for verb in VERBS:
        if data.get(f"{verb}_all"):
            yield verb, "all"
        for kind in ("below", "post", "group", "person", "role"):
            yield from ((verb, who) for who in circles(data, f"{verb}_{kind}", kind))
