"""The way of a round, as it comes in."""
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from boards.forms.fields import CLOSES, moment
from groupware.directory.queries import circle
from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.given import Form, day, number

MOST_STEPS = 20


@dataclass(frozen=True, slots=True)
class Leg:
    """``beside``: at the same time as the one before. ``who``: a person or a unit; with ``post_id`` whoever holds that post there."""

    who: str
    post_id: int | None = None
    beside: bool = False
    due_at: datetime | None = None


def legs(data: Form) -> tuple[Leg, ...]:
    """``s1_person``, or ``s1_unit`` and perhaps ``s1_post``; ``s1_beside``, ``s1_due``. Raises Invalid for a way to nobody."""
    found = tuple(_legs(data))
    if not found:
        raise Invalid(s1_unit="回す順番を、一人（一課）以上決めてください。")
    if len({(leg.who, leg.post_id) for leg in found}) < len(found):
        raise Invalid(s1_unit="同じ人（課）が二度出てきます。一度ずつにしてください。")
    return found


def _legs(data: Form) -> Iterator[Leg]:
    for n in range(1, MOST_STEPS + 1):
        person, unit, post = (number(data, f"s{n}_{name}") for name in ("person", "unit", "post"))
        if not (person or unit):
            continue
        due = day(data, f"s{n}_due")
        if due and due < clock.today():
            raise Invalid(**{f"s{n}_due": "期限が過ぎています。今日より後の日にしてください。"})
        who = circle("person", person) if person else circle("unit" if post else "below", unit)
        yield Leg(who, post if post and not person else None, bool(data.get(f"s{n}_beside")), moment(due, CLOSES))
