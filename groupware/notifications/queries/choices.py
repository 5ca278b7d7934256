"""How a person wants to be reached: what they said, else what the features say."""
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from groupware.kernel import db
from groupware.kernel.house import house
from groupware.kernel.notice_kind import AT_ONCE, BELL, NEVER, NoticeKind
from groupware.notifications.models import Habit, Preference
from groupware.notifications.quiet import Hours, may_reach_at, next_digest

OTHER = NoticeKind("notifications.other", "そのほかのお知らせ")


@dataclass(frozen=True, slots=True)
class Way:
    """How one kind reaches one person."""

    show: str
    mail: str
    passes: bool
    hours: Hours

    def rings_at(self, now: datetime) -> datetime | None:
        if self.show in {BELL, NEVER}:
            return None
        return now if self.passes else may_reach_at(self.hours, now)

    def mail_at(self, now: datetime) -> datetime | None:
        if self.mail == NEVER:
            return None
        if self.mail == AT_ONCE:
            return now if self.passes else may_reach_at(self.hours, now)
        return next_digest(self.hours, now)


ALARMED = Way("screen", AT_ONCE, passes=True, hours=Hours())


def kind_named(name: str) -> NoticeKind:
    found: NoticeKind = house.notices.get(name, OTHER)
    return found


def who_chose(kind: str) -> list[int]:
    """Of a kind that nobody is told of unless they say so."""
    return list(db.session.scalars(select(Preference.user_id).where(Preference.kind == kind, Preference.show != NEVER).order_by(Preference.user_id)))


def way_of(user_id: int, kind: NoticeKind) -> Way:
    """One query."""
    asked = (select(Habit, Preference).select_from(select(1).subquery()).outerjoin(Habit, Habit.user_id == user_id)
             .outerjoin(Preference, and_(Preference.user_id == user_id, Preference.kind == kind.name)))
    habit, chosen = db.session.execute(asked).one()
    return _way(kind, chosen, hours_in(habit))


def ways_of(user_id: int) -> dict[str, Way]:
    """Of every kind there is."""
    chosen = {row.kind: row for row in db.session.scalars(select(Preference).where(Preference.user_id == user_id))}
    hours = hours_of(user_id)
    return {name: _way(kind, chosen.get(name), hours) for name, kind in house.notices.items()}


def hours_of(user_id: int) -> Hours:
    return hours_in(db.session.get(Habit, user_id))


def hours_in(habit: Habit | None) -> Hours:
    if habit is None:
        return Hours()
    return Hours(habit.nights, habit.night_from, habit.night_to, habit.holidays, habit.leave_from, habit.leave_to)


def _way(kind: NoticeKind, chosen: Preference | None, hours: Hours) -> Way:
    return Way(chosen.show, chosen.mail, chosen.passes, hours) if chosen else Way(kind.show, kind.mail, passes=False, hours=hours)
