"""The fields of a form, each read in one place."""
from datetime import date, datetime, time

from boards.models.notices import ONLY, TO, WITHOUT
from groupware.directory.queries import circle, is_circle, people_cards
from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.given import Form, numbers
from groupware.kernel.markup import mentions

MOST_CIRCLES = 400
OPENS, CLOSES = time(8, 30), time(17, 15)       # when a day begins and is over, for a notice
Part = tuple[str, str]
CHOOSABLE = {TO: ("below", "group", "person", "role"), ONLY: ("post", "kind"), WITHOUT: ("below", "post", "group", "kind", "person")}


def parts(data: Form) -> tuple[Part, ...]:
    """``to_all``, ``to_below`` (unit ids), ``to_person``, ``only_post``, ``without_person`` … as circles. Raises Invalid when it is for nobody."""
    found = {(TO, "all")} if data.get("to_all") else set()
    for part, kinds in CHOOSABLE.items():
        found |= {(part, who) for kind in kinds for who in circles(data, f"{part}_{kind}", kind)}
    if not any(part == TO for part, _ in found):
        raise Invalid(audience="だれに知らせるかを選んでください。")
    return tuple(sorted(found))


def circles(data: Form, name: str, kind: str) -> list[str]:
    found = [f"role:{each}" for each in data.getlist(name) if each] if kind == "role" else [circle(kind, each) for each in numbers(data, name)]
    if len(found) > MOST_CIRCLES or not all(map(is_circle, found)):
        raise Invalid(audience="選ばれた宛先を読み取れません。")
    return found


def names_in(body: str) -> dict[int, str]:
    return {card.id: card.name for card in people_cards(mentions(body)).values()}


def moment(day: date | None, hour: time) -> datetime | None:
    return datetime.combine(day, hour, clock.JST) if day else None
