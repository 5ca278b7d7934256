"""One parser per draft. Markdown is rendered here, before the transaction."""
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol, Self

from boards.models.notices import CONFIRM, ONLY, STRENGTHS, TO, WEIGHTS, WITHOUT
from boards.models.places import VERBS
from groupware.directory.queries import circle, is_circle, people_cards
from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.markup import RenderedText, mentions, render
from groupware.ui.dates import read_date

LONGEST = 50_000
LONGEST_COMMENT = 5_000
LONGEST_TITLE = 120
LONGEST_NAME = 60
LONGEST_PURPOSE = 300
LONGEST_REASON = 300
MOST_CIRCLES = 400
MOST_FILES = 20
MEASURES = {f"M{number:02}" for number in range(1, 12)}
OPENS, CLOSES = time(8, 30), time(17, 15)       # when a day begins and is over, for a notice
FILE_ID = re.compile(r"[0-9A-Za-z_-]{16,64}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
Part = tuple[str, str]
CHOOSABLE = {TO: ("below", "group", "person", "role"), ONLY: ("post", "kind"), WITHOUT: ("below", "post", "group", "kind", "person")}


class Form(Protocol):
    def get(self, key: str, /) -> Any: ...
    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when it is up, and until when something is to be done. None: at once, for good, never."""

    starts_at: datetime | None
    ends_at: datetime | None
    due_at: datetime | None

    @classmethod
    def parse(cls, data: Form, strength: str) -> Self:
        starts, ends, due = (_day(data, name) for name in ("starts_on", "ends_on", "due_on"))
        if strength != CONFIRM:
            due = None
        elif due is None:
            raise Invalid(due_on="いつまでに確認するかを書いてください。")
        if due and due < clock.today():
            raise Invalid(due_on="期限が過ぎています。今日より後の日にしてください。")
        if ends and ends < max(clock.today(), starts or clock.today(), due or clock.today()):
            raise Invalid(ends_on="掲載の終わりは、始まりと期限より後の日にしてください。")
        return cls(_at(starts, OPENS), _at(ends and ends + timedelta(days=1), time(0)), _at(due, CLOSES))


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """``version`` is the one the person was looking at, 0 for a new one. ``parts``: for whom."""

    title: str
    body: str
    rendered: RenderedText
    sender: str
    strength: str
    weight: str
    measure: str | None
    window: Window
    parts: tuple[Part, ...]
    files: tuple[str, ...] = ()
    version: int = 0
    in_substance: bool = False
    reason: str = ""

    @classmethod
    def parse(cls, data: Form) -> Self:
        """Raises Invalid with a sentence for each field that is to be mended."""
        strength, weight = data.get("strength") or "tell", data.get("weight") or "usual"
        if strength not in STRENGTHS or weight not in WEIGHTS:
            raise Invalid(strength="強さと重要度を選んでください。")
        body = _body(data.get("body"), LONGEST)
        title = line(data, "title", LONGEST_TITLE, "題名を書いてください。")
        return cls(title, body, render(body, _names(body)), _sender(data.get("sender")), strength, weight, _measure(data.get("measure")),
                   Window.parse(data, strength), parts(data), _files(data.getlist("files")),
                   number(data.get("version") or "0"), bool(data.get("in_substance")), line(data, "reason", LONGEST_REASON))


@dataclass(frozen=True, slots=True)
class CommentDraft:
    body: str
    rendered: RenderedText
    mentioned: tuple[int, ...] = ()

    @classmethod
    def parse(cls, data: Form) -> Self:
        body = _body(data.get("text"), LONGEST_COMMENT, "text")
        names = _names(body)
        return cls(body, render(body, names), tuple(names))


@dataclass(frozen=True, slots=True)
class BoardDraft:
    """``rights``: (verb, circle); none means those of the board above."""

    name: str
    purpose: str = ""
    parent_id: int | None = None
    rights: frozenset[Part] = field(default=frozenset())

    @classmethod
    def parse(cls, data: Form) -> Self:
        parent = data.get("parent")
        return cls(line(data, "name", LONGEST_NAME, "名前を書いてください。"), line(data, "purpose", LONGEST_PURPOSE),
                   number(parent) if parent else None, frozenset(_rights(data)))


def parts(data: Form) -> tuple[Part, ...]:
    """``to_all``, ``to_below`` (unit ids), ``to_person``, ``only_post``, ``without_person`` … as circles. Raises Invalid when it is for nobody."""
    found = {(TO, "all")} if data.get("to_all") else set()
    for part, kinds in CHOOSABLE.items():
        found |= {(part, who) for kind in kinds for who in circles(data, f"{part}_{kind}", kind)}
    if not any(part == TO for part, _ in found):
        raise Invalid(audience="だれに知らせるかを選んでください。")
    return tuple(sorted(found))


def circles(data: Form, name: str, kind: str) -> list[str]:
    values = [value for value in data.getlist(name) if value]
    found = [f"role:{value}" if kind == "role" else circle(kind, number(value)) for value in values]
    if len(found) > MOST_CIRCLES or not all(map(is_circle, found)):
        raise Invalid(audience="選ばれた宛先を読み取れません。")
    return found


def line(data: Mapping[str, Any] | Form, name: str, most: int, needed: str = "") -> str:
    """One line, without space at the ends."""
    value = " ".join(CONTROL.sub("", str(data.get(name) or "")).split())
    if len(value) > most:
        raise Invalid(**{name: f"{most}文字までで書いてください。"})
    if needed and not value:
        raise Invalid(**{name: needed})
    return value


def number(text: object) -> int:
    """Raises Invalid for what is no whole number of ours."""
    value = str(text)
    if not (value.isascii() and value.isdigit() and len(value) < 16):
        raise Invalid("番号を読み取れません。")
    return int(value)


def numbers(values: Iterable[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number(value) for value in values if value))


def _rights(data: Form) -> Iterable[Part]:
    for verb in VERBS:
        if data.get(f"{verb}_all"):
            yield verb, "all"
        for kind in ("below", "post", "group", "person", "role"):
            yield from ((verb, who) for who in circles(data, f"{verb}_{kind}", kind))


def _body(value: object, most: int, name: str = "body") -> str:
    body = CONTROL.sub("", str(value or "")).replace("\r\n", "\n").strip()
    if not body:
        raise Invalid(**{name: "本文を書いてください。"})
    if len(body) > most:
        raise Invalid(**{name: f"{most:,}文字までで書いてください。"})
    return body


def _names(body: str) -> dict[int, str]:
    return {card.id: card.name for card in people_cards(mentions(body)).values()}


def _sender(value: object) -> str:
    if not is_circle(str(value or "")):
        raise Invalid(sender="だれの名前で知らせるかを選んでください。")
    return str(value)


def _measure(value: object) -> str | None:
    if value and value not in MEASURES:
        raise Invalid(measure="施策を選び直してください。")
    return str(value) if value else None


def _files(values: Iterable[str]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(value for value in values if value))
    if len(found) > MOST_FILES or not all(FILE_ID.fullmatch(each) for each in found):
        raise Invalid(files=f"ファイルは{MOST_FILES}個までです。")
    return found


def _day(data: Form, name: str) -> date | None:
    text = str(data.get(name) or "").strip()
    found = read_date(text) if text else None
    if text and found is None:
        raise Invalid(**{name: "日付を読み取れません。例 R8.10.20"})
    return found


def _at(day: date | None, hour: time) -> datetime | None:
    return datetime.combine(day, hour, clock.JST) if day else None
