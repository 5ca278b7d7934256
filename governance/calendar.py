"""What happens because a day has come."""
from datetime import date, timedelta

from sqlalchemy import select

from governance.commands.plan import move_edition
from governance.commands.reports import remind_report
from governance.models.papers import Report
from governance.models.plan import DECIDED, Edition
from governance.queries.papers import ruling_in_force, units_of
from governance.queries.people import chiefs_of, heads_of, late_reports, section_of
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.holidays import is_closed, is_working_time


def enforce_editions() -> None:
    """On their day, in the order of the days."""
    due = select(Edition.id).where(Edition.state == DECIDED, Edition.from_day <= clock.today()).order_by(Edition.from_day, Edition.number)
    for edition_id in db.session.scalars(due).all():
        move_edition(SYSTEM, edition_id, "enforce")


def remind_late() -> None:
    """In working time only; once at each height, on the days that 行政管理課 has chosen."""
    if not is_working_time(clock.now()):
        return
    climbs = ruling_in_force().remind
    for report in late_reports(clock.today()):
        days = working_days(report.due_on, clock.today())
        height = max((each for each, after in enumerate(climbs, 1) if after and days >= after), default=0)
        people = _people(report, height) if height > report.reminded else []
        if people:
            remind_report(SYSTEM, report.id, height, tuple(people))


def working_days(since: date, until: date) -> int:
    return sum(not is_closed(since + timedelta(days=day)) for day in range(1, (until - since).days + 1))


def _people(report: Report, height: int) -> list[int]:
    """Where a section has no 係長, its head is asked at once."""
    if height == 1:
        return section_of(report)
    heads = heads_of(units_of(report))
    return (chiefs_of(report) or heads) if height == 2 else heads
