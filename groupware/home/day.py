"""A person's day, put together from what each feature knows of it. One that fails leaves a gap with its name, and the page still opens."""
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from groupware.kernel import clock, db
from groupware.kernel.actor import Actor
from groupware.kernel.feature import Feature
from groupware.kernel.house import house
from groupware.kernel.widget import Engagement, Todo, Widget

log = logging.getLogger(__name__)
SHOWN = 8               # of one group; the rest is unfolded
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Heap:
    """What is due at about the same time."""

    title: str
    todos: list[Todo]
    kind: str = ""


@dataclass(slots=True)
class Day:
    """``broken``: the labels of what could not be asked."""

    now: datetime
    todos: list[Todo] = field(default_factory=list)
    engagements: list[Engagement] = field(default_factory=list)
    widgets: list[Widget] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    @property
    def overdue(self) -> list[Todo]:
        return [todo for todo in self.todos if todo.due_at and todo.due_at <= self.now]

    @property
    def due_today(self) -> list[Todo]:
        return [todo for todo in self.todos if todo.due_at and self.now < todo.due_at and _day(todo.due_at) <= _day(self.now)]

    @property
    def ahead(self) -> list[Engagement]:
        return [each for each in self.engagements if ends(each) > self.now]

    @property
    def next(self) -> Engagement | None:
        return next(iter(self.ahead), None)

    def heaps(self) -> Iterator[Heap]:
        """In the order of their urgency; only those with something in them."""
        soon = _day(self.now + SOON)
        later = [todo for todo in self.todos if todo.due_at and _day(todo.due_at) > _day(self.now)]
        heaps = (Heap("期限を過ぎています", self.overdue, "danger"), Heap("今日まで", self.due_today),
                 Heap("二週間のうち", [todo for todo in later if todo.due_at and _day(todo.due_at) <= soon]),
                 Heap("それから先", [todo for todo in later if todo.due_at and _day(todo.due_at) > soon]),
                 Heap("期限のないもの", [todo for todo in self.todos if not todo.due_at]))
        return (heap for heap in heaps if heap.todos)


def day_of(actor: Actor) -> Day:
    day = Day(clock.now())
    for feature in house.features:
        day.todos.extend(_all(day, feature, feature.todos, actor))
        day.engagements.extend(_all(day, feature, feature.engagements, actor))
        day.widgets.extend(filter(None, (_asked(day, feature, make, actor) for make in feature.widgets)))
    day.todos.sort(key=lambda todo: (todo.due_at is None, todo.due_at or day.now, todo.title))
    day.engagements.sort(key=lambda each: (each.starts_at, each.title))
    day.widgets.sort(key=lambda widget: widget.order)
    return day


def section_widgets(day: Day, actor: Actor, units: frozenset[int]) -> list[Widget]:
    """For who heads these units."""
    made = (_asked(day, feature, make, actor, units) for feature in house.features for make in feature.head_widgets)
    return sorted(filter(None, made), key=lambda widget: widget.order)


def ends(engagement: Engagement) -> datetime:
    """Without a word about its end it takes an hour."""
    return engagement.ends_at or engagement.starts_at + timedelta(hours=1)


def _all(day: Day, feature: Feature, makers: Iterable[Callable[..., Any]], actor: Actor) -> Iterator[Any]:
    for make in makers:
        yield from _asked(day, feature, lambda who, make=make: list(make(who)), actor) or ()


def _asked(day: Day, feature: Feature, make: Callable[..., Any], *about: object) -> Any:
    try:
        return make(*about)
    except Exception:
        log.exception("%s says nothing of the day", feature.name)
        db.forget_reading()
        if feature.label not in day.broken:
            day.broken.append(feature.label)
        return None


def _day(moment: datetime) -> date:
    return moment.astimezone(clock.JST).date()
