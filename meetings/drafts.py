"""What is sent while a sitting goes on: one parser per draft, as in forms."""
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Self

from groupware.kernel.errors import Invalid
from groupware.ui.dates import read_date
from meetings.forms import LONGEST_LINE, LONGEST_NAME, Form, line, number, text
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
        kind = str(data.get("kind"))
        if kind not in ENTRY_KINDS:
            raise Invalid(kind="何を書いたかを選んでください。")
        owner = data.get("owner_id") if kind == ACTION else None
        key = str(data.get("key") or "")
        return cls(kind, needed(data, "body", LONGEST_ENTRY, "記録の中身を書いてください。"), line(data, "speaker", LONGEST_NAME),
                   number(owner) if owner else None, day(data, "due_on") if kind == ACTION else None, number(data.get("version") or 0),
                   key if KEY.fullmatch(key) else None)


@dataclass(frozen=True, slots=True)
class RollDraft:
    """``lines``: (person, presence, deputy)."""

    lines: tuple[tuple[int, str, str], ...]
    visitors: int | None = None

    @classmethod
    def parse(cls, data: Form, people: Collection[int]) -> Self:
        lines = [(person, str(data.get(f"p{person}")), line(data, f"d{person}", LONGEST_NAME)) for person in people if data.get(f"p{person}")]
        if any(presence not in PRESENCES for _, presence, _ in lines):
            raise Invalid("出欠を選び直してください。")
        for person, presence, deputy in lines:
            if presence == DEPUTY and not deputy:
                raise Invalid(**{f"d{person}": "代わりに出た人の名前を書いてください。"})
        visitors = number(data.get("visitors"), "visitors") if data.get("visitors") else None
        if visitors is not None and visitors > MOST_VISITORS:
            raise Invalid(visitors=f"{MOST_VISITORS:,}人までです。")
        return cls(tuple((person, presence, deputy if presence == DEPUTY else "") for person, presence, deputy in lines), visitors)


@dataclass(frozen=True, slots=True)
class CorrectionDraft:
    body: str
    why: str = ""

    @classmethod
    def parse(cls, data: Form) -> Self:
        return cls(needed(data, "body", LONGEST_ENTRY, "こう直したい、という文を書いてください。"), line(data, "why", LONGEST_LINE))


@dataclass(frozen=True, slots=True)
class VoteDraft:
    kind: str
    question: str

    @classmethod
    def parse(cls, data: Form) -> Self:
        kind = str(data.get("kind"))
        if kind not in VOTE_KINDS:
            raise Invalid(kind="採り方を選んでください。")
        return cls(kind, line(data, "question", LONGEST_LINE, "何について採るかを書いてください。"))


@dataclass(frozen=True, slots=True)
class ActionDraft:
    state: str
    note: str = ""
    due_on: date | None = None
    version: int = 0

    @classmethod
    def parse(cls, data: Form) -> Self:
        state = str(data.get("state"))
        if state not in ACTION_STATES:
            raise Invalid(state="様子を選んでください。")
        return cls(state, line(data, "note", LONGEST_LINE), day(data, "due_on"), number(data.get("version") or 0))


def choice_of(data: Form, kind: str) -> str:
    """"" takes one's objection back."""
    choice = str(data.get("choice") or "")
    if choice and choice not in CHOICES[kind]:
        raise Invalid(choice="選び直してください。")
    return choice


def needed(data: Form, name: str, most: int, sentence: str) -> str:
    value = text(data, name, most)
    if not value:
        raise Invalid(**{name: sentence})
    return value


def day(data: Form, name: str) -> date | None:
    said = str(data.get(name) or "").strip()
    found = read_date(said)
    if said and found is None:
        raise Invalid(**{name: "日付を読み取れません。例 R8.10.30"})
    return found
