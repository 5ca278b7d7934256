"""What was asked for, granted, worked and is not confirmed yet in a month: of declared days alone, never of minutes. Three questions at most."""
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select, true

from groupware.directory.queries import people_cards, standing_of, units_by_id
from groupware.kernel import db
from groupware.kernel.actor import Actor
from telework.models.applications import ASKED as WAITING
from telework.models.applications import CONFIRMED, HAD, REFUSED, Application
from telework.models.applications import GRANTED as PERMITTED
from telework.permissions import CITY, UNITS

STAGES = {"asked": "申請", "granted": "承認", "worked": "実施", "unconfirmed": "未確認"}
WORKED = tuple(state for state in HAD if state != PERMITTED)
STATES = {"asked": (WAITING, REFUSED, *HAD), "granted": HAD, "worked": WORKED, "unconfirmed": tuple(state for state in WORKED if state != CONFIRMED)}
GONE = "いまはない組織"


@dataclass(slots=True)
class Count:
    """``days``: halves and hours counted by their share; how many whole days, halves and spells of hours they are."""

    days: float = 0
    whole: int = 0
    halves: int = 0
    hours: int = 0

    def add(self, other: "Count") -> None:
        self.days, self.whole = self.days + other.days, self.whole + other.whole
        self.halves, self.hours = self.halves + other.halves, self.hours + other.hours

    @property
    def cells(self) -> tuple[float, int, int, int]:
        return round(self.days, 2), self.whole, self.halves, self.hours


@dataclass(slots=True)
class Line:
    """Of a person in the unit in which they asked, or of a unit, or of all."""

    unit: str
    name: str = ""
    number: str = ""
    counts: dict[str, Count] = field(default_factory=lambda: {stage: Count() for stage in STAGES})

    def add(self, other: "Line") -> None:
        for stage, count in other.counts.items():
            self.counts[stage].add(count)


def month_of(actor: Actor, scope: str, first: date) -> list[Line]:
    """By person, in the order of the directory: of oneself, of the units one heads, or of the whole city."""
    spans = (Application.user_id, Application.unit_id, Application.state, Application.span)
    asked = (select(*spans, func.max(Application.user_name), func.count(), func.sum(Application.share)).group_by(*spans)
             .where(Application.on_date >= first, Application.on_date <= last_of(first), _whose(actor, scope)))
    rows = db.session.execute(asked).all()
    cards, units = people_cards({row[0] for row in rows}), units_by_id(last_of(first))
    places, found = {unit_id: at for at, unit_id in enumerate(units)}, dict[tuple[int, int], Line]()
    for user_id, unit_id, state, span, name, times, share in rows:
        line = found.setdefault((user_id, unit_id), Line(units[unit_id].name if unit_id in units else GONE, name,
                                                         cards[user_id].staff_number if user_id in cards else ""))
        for stage in (stage for stage, states in STATES.items() if state in states):
            line.counts[stage].add(_count(span, times, share))
    return [found[key] for key in sorted(found, key=lambda key: (places.get(key[1], len(places)), cards[key[0]].kana if key[0] in cards else ""))]


def by_unit(lines: Iterable[Line]) -> list[Line]:
    found: dict[str, Line] = {}
    for line in lines:
        found.setdefault(line.unit, Line(line.unit)).add(line)
    return list(found.values())


def total(lines: Iterable[Line]) -> Line:
    made = Line("合計")
    for line in lines:
        made.add(line)
    return made


def last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _whose(actor: Actor, scope: str) -> ColumnElement[bool]:
    if scope == CITY:
        return true()
    return Application.unit_id.in_(standing_of(actor).heads) if scope == UNITS else Application.user_id == actor.user_id


def _count(span: str, times: int, share: float) -> Count:
    kind = {"day": "whole", "hours": "hours"}.get(span, "halves")
    return Count(days=share, **{kind: times})
