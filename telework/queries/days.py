"""Where people are, by date: one question for any number of people."""
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select

from groupware.directory.queries import PersonCard, circle, members_of_unit, people_cards, people_in, standing_of, units_by_id
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from telework.models.days import HALVES, OFFICE, Day

NOON, SATURDAY = 12, 5
Week = dict[tuple[int, date, str], Day]


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody's week: for each day the word of each half, one where both are alike."""

    person: PersonCard
    days: list[tuple[date, list[tuple[str, Day]]]]


def days_of(user_ids: Collection[int], first: date, last: date) -> Week:
    asked = select(Day).where(Day.user_id.in_(user_ids), Day.on_date >= first, Day.on_date <= last)
    return {(day.user_id, day.on_date, day.half): day for day in db.session.scalars(asked)} if user_ids else {}


def week_lines(unit_id: int, monday: date) -> list[Line]:
    """Of a section and all below it, in the order of the directory; Saturday and Sunday where somebody has said something of them."""
    people = members_of_unit(unit_id)
    cards, said = people_cards(people), days_of(people, monday, monday + timedelta(days=6))
    worked = {day for _, day, _ in said}
    dates = [day for day in (monday + timedelta(days=number) for number in range(7)) if day.weekday() < SATURDAY or day in worked]
    return [Line(cards[each], [(day, _halves(said, each, day)) for day in dates]) for each in people if each in cards]


def now_of(user_ids: Collection[int]) -> dict[int, Day]:
    """Of this half of the day, of those who have said something. Whoever is in the office as ever is not among them."""
    return _said_now(Day.user_id.in_(user_ids)) if user_ids else {}


def now_near(actor: Actor) -> dict[int, Day]:
    """Of those around one: in one's units, beside them and below. One question."""
    units = units_by_id()
    own = [int(each.partition(":")[2]) for each in standing_of(actor).circles if each.startswith("unit:")] if not actor.outside else []
    around = {circle("below", units[each].parent_id or each) for each in own if each in units}
    return _said_now(Day.user_id.in_(people_in(around)), Day.user_id != actor.user_id) if around else {}


def counted(lines: list[Line], on: date) -> dict[str, int]:
    """How many are where on a day: whoever is in two places counts for the morning; who has said nothing, as 庁舎."""
    found: dict[str, int] = defaultdict(int)
    for line in lines:
        halves = next((halves for day, halves in line.days if day == on), [])
        found[halves[0][1].place if halves and halves[0][0] in {"am", "day"} else OFFICE] += 1
    return dict(found)


def _said_now(*which: ColumnElement[bool]) -> dict[int, Day]:
    now = clock.now().astimezone(clock.JST)
    asked = select(Day).where(Day.on_date == now.date(), Day.half == ("am" if now.hour < NOON else "pm"), *which)
    return {day.user_id: day for day in db.session.scalars(asked.order_by(Day.user_id))}


def _halves(said: Week, user_id: int, day: date) -> list[tuple[str, Day]]:
    found = [(half, said[user_id, day, half]) for half in HALVES if (user_id, day, half) in said]
    if len(found) == len(HALVES) and _alike(found[0][1], found[1][1]):
        return [("day", found[0][1])]
    return found


def _alike(one: Day, other: Day) -> bool:
    return (one.place, one.reach, one.note) == (other.place, other.reach, other.note)
