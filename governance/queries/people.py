"""Who is to be told: the head of a section, a 係長, whoever wrote the last report."""
from collections.abc import Iterable

from sqlalchemy import select

from governance.models.papers import Report
from governance.queries.papers import report_before, units_of
from groupware.directory.queries import holders_of_post, holders_of_role, members_of_unit, posts_of
from groupware.kernel import db

HEAD, CHIEF = "長", "係長"


def heads_of(units: Iterable[int]) -> list[int]:
    """Who sits in that very unit with a post that heads it."""
    return [user_id for unit in units for user_id in members_of_unit(unit, below=False)
            if any(place.unit_id == unit and place.post.endswith(HEAD) for place in posts_of(user_id))]


def chiefs_of(report: Report) -> list[int]:
    """The 係長 of whoever writes it; where that is unknown, every 係長 of the section."""
    writers = [place.unit_id for user_id in writers_of(report) for place in posts_of(user_id)]
    units = writers or [place.unit_id for unit in units_of(report) for user_id in members_of_unit(unit) for place in posts_of(user_id)]
    return sorted({user_id for unit in set(units) for user_id in holders_of_post(unit, CHIEF)})


def writers_of(report: Report) -> list[int]:
    if report.author_id:
        return [report.author_id]
    before = report_before(report)
    return [before.author_id] if before and before.author_id else []


def section_of(report: Report) -> list[int]:
    return writers_of(report) or heads_of(units_of(report)[:1])


def holders(role: str) -> list[int]:
    return holders_of_role(role)


def late_reports(before_day: object) -> list[Report]:
    """Still to be written although their day is over, and not yet reminded to the top."""
    return list(db.session.scalars(select(Report).where(Report.state.in_(("due", "writing")), Report.due_on < before_day, Report.reminded < 3)))
