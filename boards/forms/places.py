"""A board and who may do what on it, as they come in."""
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from boards.forms.fields import Part, circles
from boards.models.places import VERBS
from groupware.kernel.given import Form, line, number

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
    of_group: bool = False

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(line(data, "name", "名前を書いてください。", LONGEST_NAME), line(data, "purpose", most=LONGEST_PURPOSE),
                   number(data, "parent") or None, frozenset(_rights(data)), bool(data.get("approval")))


def _rights(data: Form) -> Iterable[Part]:
    for verb in VERBS:
        if data.get(f"{verb}_all"):
            yield verb, "all"
        for kind in ("below", "post", "group", "person", "role"):
            yield from ((verb, who) for who in circles(data, f"{verb}_{kind}", kind))
