"""What has been entered beside the plan: leads, bars, indicators. Each question is one query, however many measures."""
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from governance.models.indicators import OUTCOMES, Indicator, Reading
from governance.models.plan import Measure
from governance.models.roadmap import Bar, Lead
from governance.permissions import Place
from governance.queries.keeping import apart, kept
from governance.queries.plan import every_measure
from governance.rating import number
from groupware.directory.queries import all_units
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound

LOST = "いまはない課"


@dataclass(frozen=True, slots=True)
class Ruler:
    """An indicator with its series: (fiscal year, period) -> value."""

    indicator: Indicator
    series: list[Reading]

    @property
    def last(self) -> Reading | None:
        return self.series[-1] if self.series else None

    @property
    def share(self) -> int | None:
        """Percent of the way from the base to the target; None wherever a number is missing."""
        numbers = [number(each) for each in (self.indicator.base, self.indicator.target, self.last.value if self.last else "")]
        if None in numbers or numbers[0] == numbers[1]:
            return None
        base, target, got = (each for each in numbers if each is not None)
        return int(max(Decimal(0), min(Decimal(100), (got - base) / (target - base) * 100)))


def measures() -> list[Measure]:
    """Those of the plan in force, in the order of their codes."""
    return [each for each in every_measure() if each.gone_at is None]


def leads() -> dict[int, tuple[int, ...]]:
    """Unit ids by measure, who leads first."""
    return kept("leads", _leads)


def units_leading(measure_id: int) -> tuple[int, ...]:
    return leads().get(measure_id, ())


def place_of(_: Actor, measure_id: int) -> Place:
    if db.session.get(Measure, measure_id) is None:
        raise NotFound
    return Place(units_leading(measure_id), measure_id)


def unit_names() -> dict[int, str]:
    return {node.id: node.name for node in all_units()}


def bars(measure_ids: Collection[int] | None = None) -> dict[int, list[Bar]]:
    found = kept("bars", _bars)
    return {number: list(found.get(number, ())) for number in (found if measure_ids is None else measure_ids)}


def bar_for(_: Actor, bar_id: int) -> Bar:
    found = db.session.get(Bar, bar_id)
    if found is None or found.gone_at:
        raise NotFound
    return found


def indicator_for(_: Actor, indicator_id: int) -> Indicator:
    found = db.session.get(Indicator, indicator_id)
    if found is None or found.gone_at:
        raise NotFound
    return found


@dataclass(frozen=True, slots=True)
class Gauge:
    """An indicator and the units that lead its measure."""

    indicator: Indicator
    units: tuple[int, ...]


def gauge_of(actor: Actor, indicator_id: int) -> Gauge:
    found = indicator_for(actor, indicator_id)
    return Gauge(found, units_leading(found.measure_id))


def rulers(measure_id: int) -> list[Ruler]:
    """In the order in which they were entered: the first one is what reports speak of."""
    return list((_rulers(measure_id) if db.is_writing() else all_rulers()).get(measure_id, ()))


def all_rulers() -> dict[int, list[Ruler]]:
    """By measure."""
    return kept("rulers", _rulers)


def has_outcome(found: Collection[Ruler]) -> bool:
    return any(each.indicator.stage in OUTCOMES for each in found)


def _leads() -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = defaultdict(list)
    for measure_id, unit_id in db.session.execute(select(Lead.measure_id, Lead.unit_id).order_by(Lead.position, Lead.unit_id)):
        found[measure_id].append(unit_id)
    return {measure_id: tuple(units) for measure_id, units in found.items()}


def _bars() -> dict[int, list[Bar]]:
    found: dict[int, list[Bar]] = defaultdict(list)
    for bar in apart(db.session.scalars(select(Bar).where(Bar.gone_at.is_(None)).order_by(Bar.starts_on, Bar.id))):
        found[bar.measure_id].append(bar)
    return dict(found)


def _rulers(measure_id: int | None = None) -> dict[int, list[Ruler]]:
    used = select(Indicator).where(Indicator.gone_at.is_(None), *([Indicator.measure_id == measure_id] if measure_id else [])).order_by(Indicator.id)
    found, series = defaultdict[int, list[Ruler]](list), defaultdict[int, list[Reading]](list)
    indicators = apart(db.session.scalars(used))
    measured = select(Reading).where(Reading.indicator_id.in_([each.id for each in indicators])).order_by(Reading.fiscal_year, Reading.period)
    for reading in apart(db.session.scalars(measured)):
        series[reading.indicator_id].append(reading)
    for each in indicators:
        found[each.measure_id].append(Ruler(each, series[each.id]))
    return dict(found)
