"""The week of one's section: a page of what came about, and on the next working morning a line for who wants it."""
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import current_app, url_for

from groupware.directory.queries import UnitNode, actor_for, standing_of, unit_tree
from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound
from groupware.kernel.holidays import is_working_time
from groupware.kernel.house import house
from groupware.kernel.ref import Ref
from groupware.kernel.things import Card
from groupware.kernel.widget import Happened, Week
from groupware.notifications.keeping import keep
from groupware.notifications.notice import Notice
from groupware.notifications.queries.choices import who_chose

KIND, NAME, SECTION = "home.week", "課の一週間", "課"
SEVEN, FIRST, WEEKS = timedelta(days=7), date(2019, 12, 30), 10_000     # a Monday; a Ref carries the unit and how many weeks since


@dataclass(frozen=True, slots=True)
class SectionWeek:
    unit: UnitNode
    monday: date

    @property
    def ref(self) -> Ref:
        return Ref(KIND, self.unit.id * WEEKS + (self.monday - FIRST).days // 7)

    @property
    def week(self) -> Week:
        since = datetime.combine(self.monday, time(0), clock.JST)
        return Week(frozenset(node.id for node in self.unit.walk()), since, since + SEVEN)


def week_for(actor: Actor, unit_id: int, monday: date) -> SectionWeek:
    """Raises NotFound for whoever does not sit there today, and for a week that is not over or that nobody counts."""
    unit = sections_of(actor).get(unit_id)
    if unit is None or monday.weekday() or not FIRST <= monday <= last_monday():
        raise NotFound
    return SectionWeek(unit, monday)


def sections_of(actor: Actor) -> dict[int, UnitNode]:
    """The 課 above each seat of today; of who sits higher, the very unit."""
    if actor.outside:
        return {}
    own = {int(each.partition(":")[2]) for each in standing_of(actor).circles if each.startswith("unit:")}
    return dict(_sections(unit_tree(), own, None))


def happened(actor: Actor, found: SectionWeek) -> list[Happened]:
    """In the order of time."""
    lines = [line for feature in house.features for ask in feature.weeks for line in ask(actor, found.week)]
    return sorted(lines, key=lambda line: line.at)


def last_monday() -> date:
    """Of the week before this one."""
    return clock.today() - timedelta(days=clock.today().weekday()) - SEVEN


def tell_weeks() -> None:
    """In working time. Told twice is told once; of a week in which nothing came about nobody is told."""
    for user_id in who_chose(KIND) if is_working_time(clock.now()) else ():
        actor = actor_for(user_id)
        if actor:
            _tell(actor)
        db.forget_reading()


def week_cards(actor: Actor, ids: Collection[int]) -> list[Card]:
    sections = sections_of(actor)
    found = [SectionWeek(sections[number // WEEKS], FIRST + SEVEN * (number % WEEKS)) for number in ids if number // WEEKS in sections]
    return [Card(each.ref, f"{each.unit.name}の一週間", url_for("home.week", unit_id=each.unit.id, monday=each.monday.isoformat()), "calendar", NAME,
                 f"{each.monday.month}月{each.monday.day}日からの7日間") for each in found]


def _tell(actor: Actor) -> None:
    with current_app.test_request_context():
        told = [found.ref for found in _last_weeks(actor) if happened(actor, found)]
    for ref in told:
        keep(Notice(actor.user_id, ref, "先週のことがまとまりました", KIND))


def _last_weeks(actor: Actor) -> list[SectionWeek]:
    return [SectionWeek(unit, last_monday()) for unit in sections_of(actor).values()]


def _sections(nodes: Collection[UnitNode], own: set[int], above: UnitNode | None) -> Iterator[tuple[int, UnitNode]]:
    for node in nodes:
        section = above or (node if node.kind == SECTION else None)
        if node.id in own:
            yield (section or node).id, section or node
        yield from _sections(node.children, own, section)
