"""What a browser sends of private notes."""
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from groupware.kernel.errors import Invalid
from groupware.kernel.given import FILE_ID, number, words
from meetings.models.viewing import BOOKMARK, MARKER, PEN, TEXT

MOST_AT_ONCE = 200
MOST_POINTS = 4_000
LONGEST_TEXT = 1_000
MOST_PAGES = 2_000
COLOURS = ("red", "blue", "black", "yellow", "green")
KEY = re.compile(r"[0-9A-Za-z-]{8,64}")
UNREADABLE = "書き込みを読み取れません。開き直してください。"


@dataclass(frozen=True, slots=True)
class NoteSaid:
    key: str
    file_id: str
    page: int
    kind: str
    body: dict[str, Any]
    revision: int
    gone: bool


@dataclass(frozen=True, slots=True)
class NotesDraft:
    notes: tuple[NoteSaid, ...]

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> Self:
        sent = data.get("notes")
        if not isinstance(sent, list) or not 0 < len(sent) <= MOST_AT_ONCE:
            raise Invalid(UNREADABLE)
        return cls(tuple(_note(each) for each in sent))


def _note(said: object) -> NoteSaid:
    if not isinstance(said, dict):
        raise Invalid(UNREADABLE)
    key, file_id, page, revision = str(said.get("key")), str(said.get("file")), number(said, "page"), number(said, "revision")
    if not KEY.fullmatch(key) or not FILE_ID.fullmatch(file_id) or not 1 <= page <= MOST_PAGES or not 1 <= revision < 2**31:
        raise Invalid(UNREADABLE)
    kind, body = said.get("kind"), said.get("body")
    if kind not in BODIES or not isinstance(body, dict):
        raise Invalid(UNREADABLE)
    return NoteSaid(key, file_id, page, str(kind), BODIES[kind](body), revision, said.get("gone") is True)


def _stroke(body: dict[str, Any]) -> dict[str, Any]:
    """``points``: x, y, x, y, ... of the page, 0 to 1."""
    points = body.get("points")
    if not isinstance(points, list) or not 2 <= len(points) <= MOST_POINTS or len(points) % 2:
        raise Invalid(UNREADABLE)
    return {"points": [_part(each) for each in points], "colour": _colour(body)}


def _text(body: dict[str, Any]) -> dict[str, Any]:
    text = words(body, "text", "書き込みの文字がありません。", LONGEST_TEXT)
    return {"x": _part(body.get("x")), "y": _part(body.get("y")), "text": text, "colour": _colour(body)}


def _bookmark(_: dict[str, Any]) -> dict[str, Any]:
    return {}


def _part(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Invalid(UNREADABLE)
    return round(min(1.0, max(0.0, float(value))), 4)


def _colour(body: dict[str, Any]) -> str:
    return str(body["colour"]) if body.get("colour") in COLOURS else COLOURS[0]


BODIES = {PEN: _stroke, MARKER: _stroke, TEXT: _text, BOOKMARK: _bookmark}
