"""What is sent while a sitting goes on: one parser per draft, as in forms."""
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Self

from groupware.kernel.errors import Invalid
from groupware.kernel.given import Form, amount, day, line, number, one_of, words
from meetings.forms import LONGEST_LINE, LONGEST_NAME
from meetings.models.minutes import ACTION, DEPUTY, ENTRY_KINDS, PRESENCES
from meetings.models.results import ACTION_STATES, CHOICES, VOTE_KINDS

LONGEST_ENTRY = 10_000
MOST_VISITORS = 9_999
KEY = re.compile(r"[0-9A-Za-z_-]{8,64}")


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """``version``: the one the person was looking at, 0 for a new paragraph. ``owner_id`` and ``due_on`` of what is to be done."""

    kind: str
    body: str
    speaker: str = ""
    owner_id: int | None = None
    due_on: date | None = None
    version: int = 0
    key: str | None = None

    @classmethod
    def parse(cls, data: Form) -> Self:
        kind, key = one_of(data, "kind", ENTRY_KINDS, "何を書いたかを選んでください。"), str(data.get("key") or "")
        owner, due_on = (number(data, "owner_id") or None, day(data, "due_on")) if kind == ACTION else (None, None)
        return cls(kind, words(data, "body", "記録の中身を書いてください。", LONGEST_ENTRY), line(data, "speaker", most=LONGEST_NAME),
                   owner, due_on, number(data, "version"),
                   key if KEY.fullmatch(key) else None)


@dataclass(frozen=True, slots=True)
class RollDraft:
    """``lines``: (person, presence, deputy)."""

    lines: tuple[tuple[int, str, str], ...]
    visitors: int | None = None

    @classmethod
    def parse(cls, data: Form, people: Collection[int]) -> Self:
        lines = [(person, str(data.get(f"p{person}")), line(data, f"d{person}", most=LONGEST_NAME)) for person in people if data.get(f"p{person}")]
        if any(presence not in PRESENCES for _, presence, _ in lines):
            raise Invalid("出欠を選び直してください。")
        for person, presence, deputy in lines:
            if presence == DEPUTY and not deputy:
                raise Invalid(**{f"d{person}": "代わりに出た人の名前を書いてください。"})
        return cls(tuple((person, presence, deputy if presence == DEPUTY else "") for person, presence, deputy in lines),
                   amount(data, "visitors", 0, MOST_VISITORS))


@dataclass(frozen=True, slots=True)
class CorrectionDraft:
    body: str
    why: str = ""

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(words(data, "body", "こう直したい、という文を書いてください。", LONGEST_ENTRY), line(data, "why", most=LONGEST_LINE))


@dataclass(frozen=True, slots=True)
class VoteDraft:
    kind: str
    question: str

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(one_of(data, "kind", VOTE_KINDS, "採り方を選んでください。"),
                   line(data, "question", "何について採るかを書いてください。", LONGEST_LINE))


@dataclass(frozen=True, slots=True)
class ActionDraft:
    state: str
    note: str = ""
    due_on: date | None = None
    version: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(one_of(data, "state", ACTION_STATES, "様子を選んでください。"), line(data, "note", most=LONGEST_LINE), day(data, "due_on"),
                   number(data, "version"))


def choice_of(data: Form, kind: str) -> str:
    """"" takes one's objection back."""
    choice = str(data.get("choice") or "")
    if choice and choice not in CHOICES[kind]:
        raise Invalid(choice="選び直してください。")
    return choice
