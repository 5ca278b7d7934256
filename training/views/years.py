"""The yearly report: on A4, and as a list."""
from flask import Response as FlaskResponse
from flask import render_template, request
from flask_login import current_user

from groupware.kernel import clock
from groupware.kernel.errors import Invalid
from groupware.kernel.given import number
from groupware.kernel.permissions import authorize
from groupware.ui.tables import as_table
from training.permissions.courses import Courses, heads_of
from training.queries.years import year_of
from training.views.learning import blueprint

FIRST, AHEAD = 2019, 1


@blueprint.get("/years")
def years() -> str:
    """?year="""
    authorize(current_user, Courses.LOOK)
    year = _year()
    return render_template("training/years.html", title=f"令和{year - 2018}年度の研修", found=year_of(year), this=clock.fiscal_year(clock.today()),
                           heads=bool(heads_of(current_user)))


@blueprint.get("/years.csv")
def years_list() -> FlaskResponse:
    """?year=&encoding="""
    authorize(current_user, Courses.LOOK)
    year = _year()
    return as_table(f"training-R{year - 2018}", ("研修", "開催", "修了（件）", "修了（人）", "1回の分"), (
        (each.title, each.held, each.completed, each.people, each.minutes or "") for each in year_of(year).courses))


def _year() -> int:
    this = clock.fiscal_year(clock.today())
    year = number(request.args, "year") or this
    if not FIRST <= year <= this + AHEAD:
        raise Invalid(year="その年度の記録はありません。")
    return year
