"""When something may reach a person: pure arithmetic over their habits. The server keeps it, so that every device agrees."""
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from groupware.kernel.clock import JST
from groupware.kernel.holidays import is_closed

DAY = 24 * 60
MORNING = 8 * 60 + 30           # when the digest goes out
EVENING, DAWN = 19 * 60, 7 * 60 + 30
LONGEST = 400                   # days of leave, at most looked through


@dataclass(frozen=True, slots=True)
class Hours:
    """What holds for whoever has said nothing: not from 19:00 to 7:30, not on days when the city hall is closed."""

    nights: bool = True
    night_from: int = EVENING
    night_to: int = DAWN
    holidays: bool = True
    leave_from: date | None = None
    leave_to: date | None = None

    def is_off(self, day: date) -> bool:
        away = self.leave_from is not None and self.leave_to is not None and self.leave_from <= day <= self.leave_to
        return away or (self.holidays and is_closed(day))

    @property
    def opens(self) -> int:
        return self.night_to if self.nights else 0

    @property
    def closes(self) -> int:
        return self.night_from if self.nights else DAY


def may_reach_at(hours: Hours, now: datetime) -> datetime:
    """Now, or the end of the quiet time that now lies in."""
    local = now.astimezone(JST)
    for day in _days(local.date()):
        if not hours.is_off(day) and now < _moment(day, hours.closes):
            return max(now, _moment(day, hours.opens))
    return _moment(local.date() + timedelta(days=LONGEST), MORNING)


def next_digest(hours: Hours, now: datetime) -> datetime:
    """The next morning on which the person is there; not before they want to be reached."""
    for day in _days(now.astimezone(JST).date()):
        morning = _moment(day, max(MORNING, hours.opens))
        if not hours.is_off(day) and morning > now:
            return morning
    return _moment(now.astimezone(JST).date() + timedelta(days=LONGEST), MORNING)


def _days(first: date) -> list[date]:
    return [first + timedelta(days=number) for number in range(LONGEST)]


def _moment(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(0), JST) + timedelta(minutes=minute)
