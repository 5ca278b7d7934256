"""The clock while a sitting goes on: what was planned, what has happened, what is to be expected. Pure."""
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from groupware.kernel import clock
from meetings.agenda import Line
from meetings.models.bodies import Body
from meetings.models.minutes import LOCKED, Record
from meetings.models.sittings import Item

OPENS = time(8, 30)
AHEAD, NOW, DONE = "ahead", "now", "done"
SUMMARY_WITHIN, RECORD_WITHIN = 2, 45       # days after the sitting until 概要 and 会議録 are out


@dataclass(frozen=True, slots=True)
class Pace:
    """``late``: minutes behind (or, below zero, ahead of) the plan at its beginning; ``left`` minutes of what runs now."""

    state: str
    begins: datetime
    ends: datetime
    late: int
    left: int = 0


@dataclass(frozen=True, slots=True)
class Deadline:
    """``days`` left, below zero when it has passed; ``met`` once it is out."""

    words: str
    day: date
    days: int
    met: bool


def paces(lines: Sequence[Line], now: datetime) -> dict[int, Pace]:
    """By item. What has not begun begins when what stands before it ends, and never in the past."""
    found: dict[int, Pace] = {}
    at = lines[0].begins if lines else now
    moving = any(line.item.started_at for line in lines)
    for line in lines:
        pace = _pace(line, max(at, now) if moving and at < now else at, now)
        found[line.item.id] = pace
        at = max(at, pace.ends)
    return found


def overrun(lines: Sequence[Line], found: dict[int, Pace]) -> int:
    """How many minutes later than planned it will be over; below zero: earlier."""
    if not lines:
        return 0
    return _minutes(max(pace.ends for pace in found.values()) - max(line.ends for line in lines))


def deadlines(starts_at: datetime, record: Record) -> list[Deadline]:
    held = starts_at.astimezone(clock.JST).date()
    return [_deadline("概要", held, SUMMARY_WITHIN, met=record.summary_at is not None or record.state == LOCKED),
            _deadline("会議録", held, RECORD_WITHIN, met=record.state == LOCKED)]


def days_before(starts: datetime, days: int | None) -> date | None:
    """The day so long before a sitting; None where nobody has said how long."""
    return None if days is None else starts.astimezone(clock.JST).date() - timedelta(days=days)


def opening_of(body: Body, starts: datetime) -> datetime | None:
    """When papers open by the body's template: as the working day begins, so many days before."""
    day = days_before(starts, body.opens_days)
    return None if day is None else min(datetime.combine(day, OPENS, clock.JST), starts)


def _pace(line: Line, at: datetime, now: datetime) -> Pace:
    item, length = line.item, timedelta(minutes=line.item.minutes)
    begins = item.started_at or at
    if item.finished_at:
        return Pace(DONE, begins, item.finished_at, _minutes(begins - line.begins))
    if item.started_at:
        return Pace(NOW, begins, max(begins + length, now), _minutes(begins - line.begins), _minutes(begins + length - now))
    return Pace(AHEAD, begins, begins + length, _minutes(begins - line.begins))


def _deadline(words: str, held: date, within: int, *, met: bool) -> Deadline:
    day = held + timedelta(days=within)
    return Deadline(words, day, (day - clock.today()).days, met)


def _minutes(length: timedelta) -> int:
    return round(length.total_seconds() / 60)


def has_begun(items: Sequence[Item]) -> bool:
    return any(item.started_at for item in items)
