"""The fields of a form, each read in one place."""
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, Protocol

from boards.models.notices import ONLY, TO, WITHOUT
from groupware.directory.queries import circle, is_circle, people_cards
from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.markup import mentions
from groupware.ui.dates import read_date

MOST_CIRCLES = 400
OPENS, CLOSES = time(8, 30), time(17, 15)       # when a day begins and is over, for a notice
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
Part = tuple[str, str]
CHOOSABLE = {TO: ("below", "group", "person", "role"), ONLY: ("post", "kind"), WITHOUT: ("below", "post", "group", "kind", "person")}


class Form(Protocol):
    def get(self, key: str, /) -> Any: ...
    def getlist(self, key: str, /) -> list[str]: ...


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


def text_of(value: object, most: int, name: str = "body") -> str:
    body = CONTROL.sub("", str(value or "")).replace("\r\n", "\n").strip()
    if not body:
        raise Invalid(**{name: "本文を書いてください。"})
    if len(body) > most:
        raise Invalid(**{name: f"{most:,}文字までで書いてください。"})
    return body


def names_in(body: str) -> dict[int, str]:
    return {card.id: card.name for card in people_cards(mentions(body)).values()}


def day(data: Form, name: str) -> date | None:
    text = str(data.get(name) or "").strip()
    found = read_date(text) if text else None
    if text and found is None:
        raise Invalid(**{name: "日付を読み取れません。例 R8.10.20"})
    return found


def moment(day: date | None, hour: time) -> datetime | None:
    return datetime.combine(day, hour, clock.JST) if day else None
