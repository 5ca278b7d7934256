"""行政管理課 enters what the source does not have: who leads a measure, bars and milestones; a section its indicators and what it measured."""
from dataclasses import asdict

from sqlalchemy import delete, select

from governance.events import BarEntered, BarTaken, IndicatorChanged, LeadsChanged, ReadingKept
from governance.forms.roadmap import BarDraft, IndicatorDraft, LeadsDraft, ReadingDraft
from governance.models.indicators import Indicator, Reading
from governance.models.plan import Measure
from governance.models.roadmap import Bar, Lead
from governance.permissions import Governance, Place
from governance.queries.plan import measure_coded
from governance.queries.roadmap import Gauge, bar_for, gauge_of, place_of
from groupware.directory.queries import all_units
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.commands import command, record
from groupware.kernel.errors import Invalid


@command(Governance.KEEP, on=lambda _, code: measure_coded(code))
def name_leads(actor: Actor, measure: Measure, draft: LeadsDraft) -> None:
    known = {node.id for node in all_units()}
    if set(draft.units) - known:
        raise Invalid(unit="課を選び直してください。")
    db.session.execute(delete(Lead).where(Lead.measure_id == measure.id))
    db.session.add_all(Lead(measure_id=measure.id, unit_id=unit, position=place) for place, unit in enumerate(draft.units))
    record(actor, LeadsChanged(measure.id, draft.units))


@command(Governance.KEEP, on=lambda _, code: measure_coded(code))
def enter_bar(actor: Actor, measure: Measure, draft: BarDraft) -> int:
    bar = Bar(measure_id=measure.id, **asdict(draft), author_name=actor.name, at=clock.now())
    db.session.add(bar)
    db.session.flush()
    record(actor, BarEntered(measure.id, bar.id))
    return bar.id


@command(Governance.KEEP, on=bar_for)
def take_bar(actor: Actor, bar: Bar) -> None:
    bar.gone_at = clock.now()
    record(actor, BarTaken(bar.measure_id, bar.id))


@command(Governance.MEASURE, on=place_of)
def enter_indicator(actor: Actor, place: Place, draft: IndicatorDraft) -> int:
    indicator = Indicator(measure_id=place.measure_id, **asdict(draft), author_name=actor.name, at=clock.now())
    db.session.add(indicator)
    db.session.flush()
    record(actor, IndicatorChanged(place.measure_id, indicator.id))
    return indicator.id


@command(Governance.MEASURE, on=gauge_of)
def change_indicator(actor: Actor, gauge: Gauge, draft: IndicatorDraft) -> None:
    indicator = gauge.indicator
    for name, value in asdict(draft).items():
        setattr(indicator, name, value)
    indicator.author_name, indicator.at = actor.name, clock.now()
    record(actor, IndicatorChanged(indicator.measure_id, indicator.id))


@command(Governance.MEASURE, on=gauge_of)
def drop_indicator(actor: Actor, gauge: Gauge) -> None:
    """No longer used; what was measured stays."""
    indicator = gauge.indicator
    indicator.gone_at = clock.now()
    record(actor, IndicatorChanged(indicator.measure_id, indicator.id))


@command(Governance.MEASURE, on=gauge_of)
def keep_reading(actor: Actor, gauge: Gauge, draft: ReadingDraft) -> None:
    indicator = gauge.indicator
    write_reading(actor, indicator, draft)
    record(actor, ReadingKept(indicator.measure_id, indicator.id))


def write_reading(by: Actor, indicator: Indicator, draft: ReadingDraft) -> None:
    """One for each period: what is measured again replaces it."""
    same = (Reading.indicator_id == indicator.id, Reading.fiscal_year == draft.fiscal_year, Reading.period == draft.period)
    found = db.session.scalar(select(Reading).where(*same))
    if found is None:
        found = Reading(indicator_id=indicator.id, fiscal_year=draft.fiscal_year, period=draft.period)
        db.session.add(found)
    found.value, found.author_name, found.at = draft.value, by.name, clock.now()
