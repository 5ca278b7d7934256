"""Courses, sittings and marks as they come in."""
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from groupware.directory.queries import circle, is_circle
from groupware.directory.queries.aims import ONLY, TO, WITHOUT, Part
from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.given import amount, day, files, hour, line, needed_day, number, numbers, one_of, words
from training.flows.courses import MARKS
from training.models.courses import WAYS

LONGEST_ABOUT, MOST_FILES, MOST_CIRCLES = 10_000, 20, 400
LONGEST_COURSE, LONGEST_VALID, LARGEST_ROOM = 60 * 100, 120, 2_000
CHOOSABLE = {TO: ("below", "role"), ONLY: ("post", "kind"), WITHOUT: ("below", "person")}
ROLES = {"leader": "デジタルリーダー"}


@dataclass(frozen=True, slots=True)
class CourseDraft:
    """``parts``: for whom it is compulsory; nobody where there are none."""

    title: str
    about: str
    way: str
    minutes: int | None = None
    months: int | None = None
    due_on: date | None = None
    owner_id: int | None = None
    parts: tuple[Part, ...] = ()
    files: tuple[str, ...] = ()

    @classmethod
    def parse(cls, data: Any) -> Self:
        parts, due_on = aims(data), day(data, "due_on")
        if due_on and not parts:
            raise Invalid(due_on="期限は、必修の研修だけにあります。必修の対象を選ぶか、期限を空けてください。")
        about = words(data, "about", "何を学ぶのかを書いてください。", LONGEST_ABOUT)
        return cls(line(data, "title", "研修の名前を書いてください。", 100), about, one_of(data, "way", WAYS, "受け方を選んでください。"),
                   amount(data, "minutes", 5, LONGEST_COURSE), amount(data, "months", 1, LONGEST_VALID), due_on, number(data, "owner") or None,
                   parts, files(data.getlist("files"), MOST_FILES))


@dataclass(frozen=True, slots=True)
class SittingDraft:
    starts_at: datetime
    ends_at: datetime
    place: str
    closes_on: date
    teacher: str = ""
    capacity: int | None = None

    @classmethod
    def parse(cls, data: Any) -> Self:
        on = needed_day(data, "day", "開く日を書いてください。")
        starts, ends = (datetime.combine(on, hour(data, name), clock.JST) for name in ("starts", "ends"))
        if ends <= starts:
            raise Invalid(ends="終わりは、始まりより後にしてください。")
        closes = day(data, "closes_on") or on
        if closes > on:
            raise Invalid(closes_on="申込の締切は、開く日までにしてください。")
        return cls(starts, ends, line(data, "place", "場所を書いてください。", most=100), closes, line(data, "teacher", most=100),
                   amount(data, "capacity", 1, LARGEST_ROOM))


@dataclass(frozen=True, slots=True)
class Mark:
    seat_id: int
    act: str
    reason: str


def marks(data: Any) -> tuple[Mark, ...]:
    """``mark-12=complete`` and ``reason-12=…``; who has none stays as they are."""
    found = []
    for name in data:
        kind, _, seat = name.partition("-")
        if kind == "mark" and data.get(name):
            act = one_of(data, name, MARKS, "結果を選び直してください。")
            found.append(Mark(number({"seat": seat}, "seat", "結果を選び直してください。"), act, line(data, f"reason-{seat}")))
    if not found:
        raise Invalid("結果を一人以上選んでください。")
    return tuple(found)


def aims(data: Any) -> tuple[Part, ...]:
    """``to_all``, ``to_below``, ``to_role``, ``only_post``, ``only_kind``, ``without_below``, ``without_person`` as circles."""
    found = {(TO, "all")} if data.get("to_all") else set()
    found |= {(part, who) for part, kinds in CHOOSABLE.items() for kind in kinds for who in _circles(data, f"{part}_{kind}", kind)}
    if found and not any(part == TO for part, _ in found):
        raise Invalid(to_all="しぼる前に、必修の対象（全職員か組織）を選んでください。")
    return tuple(sorted(found))


def _circles(data: Any, name: str, kind: str) -> list[str]:
    found = [f"role:{each}" for each in data.getlist(name) if each] if kind == "role" else [circle(kind, each) for each in numbers(data, name)]
    if len(found) > MOST_CIRCLES or not all(map(is_circle, found)):
        raise Invalid(to_all="選ばれた対象を読み取れません。")
    return found
