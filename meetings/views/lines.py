"""A line of the agenda on the page of a sitting: drawn once for all who see the same of it on the same day."""
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from flask import get_template_attribute
from markupsafe import Markup

from groupware.directory.queries import PersonCard
from groupware.kernel import clock
from meetings.models.sittings import KINDS
from meetings.permissions import Table, is_early
from meetings.queries.items import Row

MOST_LINES = 3_000


@dataclass(frozen=True, slots=True)
class Shown:
    """What is the same for all lines. ``awaited``: by item."""

    table: Table
    people: Mapping[int, PersonCard]
    awaited: Mapping[int, Any]
    may_prepare: bool


class Drawn(NamedTuple):
    """All that is to be seen of a line: plain values, by which it is known again. ``opens``: when what is closed does, None with the sitting."""

    sitting_id: int
    item: Any
    kind: str
    level: str
    depth: int
    number: str
    begins: datetime
    who: str
    papers: tuple[Any, ...]
    gaps: tuple[Any, ...]
    closed: int
    opens: datetime | None
    early: bool
    may_hang: bool
    may_prepare: bool


def drawer(shown: Shown) -> Callable[[Row, str], Markup]:
    """``tasks``: what stands in it of what is still to be done, drawn for who looks."""
    sitting, now = shown.table.sitting, clock.now()
    opens = sitting.papers_at if sitting.papers_at and sitting.papers_at > now else None
    early = is_early(shown.table)

    def draw(row: Row, tasks: str = "") -> Markup:
        line, item = row.line, row.line.item
        return _line(Drawn(
            sitting.id, item, KINDS[item.kind], item.level if item.level != shown.table.seat.body.level else "", line.depth, line.number,
            line.begins, _presenter(item, shown.people.get(item.presenter_id or 0)), tuple(row.papers), tuple(shown.awaited.get(item.id, ())),
            row.closed, opens if row.closed else None, early, row.may_hang, shown.may_prepare), tasks, clock.today())
    return draw


@lru_cache(MOST_LINES)
def _line(drawn: Drawn, tasks: str, _: date) -> Markup:
    made: Markup = get_template_attribute("meetings/_line.html", "line")(drawn, drawn.item, tasks)
    return made


def _presenter(item: Any, card: PersonCard | None) -> str:
    """As it stands in the 次第, else by their post; with the name."""
    return f"{item.presenter or card.label} {card.name}" if card else item.presenter or ""
