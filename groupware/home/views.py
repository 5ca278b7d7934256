"""/"""
from datetime import date, timedelta

from flask import Blueprint, redirect, render_template, url_for
from flask_login import current_user
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from groupware.directory.queries import UnitNode, circle, people_in, standing_of, unit_tree
from groupware.home.day import SHOWN, day_of, ends, section_widgets
from groupware.home.weeks import SEVEN, happened, last_monday, sections_of, week_for
from groupware.kernel import clock, db
from groupware.kernel.dates import read_date

blueprint = Blueprint("home", __name__, template_folder="templates", static_folder="static/home", static_url_path="/home/static")


@blueprint.get("/")
def index() -> str:
    """A sentence before any list; what is to be done before what is to be known."""
    day, today = day_of(current_user), clock.today()
    heads = standing_of(current_user).heads
    section = section_widgets(day, current_user, heads) if heads else []
    units = _headed(heads) if section else []
    return render_template("home/index.html", title="ホーム", day=day, heaps=list(day.heaps()), on=today, weekday=clock.WEEKDAYS[today.weekday()],
                           fiscal=clock.fiscal_year(today), quarter=(today.month - 4) % 12 // 3 + 1, shown=SHOWN, ends=ends, section=section,
                           units=units, people=_people_below(units) if units else 0)


@blueprint.get("/weeks")
def own_week() -> Response:
    """The last one of the section one sits in."""
    unit = next(iter(sections_of(current_user)), 0)
    return redirect(url_for("home.week", unit_id=unit, monday=last_monday().isoformat()))


@blueprint.get("/weeks/<int:unit_id>/<monday>")
def week(unit_id: int, monday: str) -> str:
    found = week_for(current_user, unit_id, read_date(monday) or date.max)
    return render_template("home/week.html", title=f"{found.unit.name}の一週間", found=found, lines=happened(current_user, found),
                           until=found.monday + SEVEN - timedelta(days=1), before=found.monday - SEVEN, after=found.monday + SEVEN,
                           is_last=found.monday == last_monday())


def _headed(heads: frozenset[int]) -> list[UnitNode]:
    """The highest of them: those below are part of these."""
    return [node for root in unit_tree() for node in root.walk() if node.id in heads and node.parent_id not in heads]


def _people_below(units: list[UnitNode]) -> int:
    below = people_in([circle("below", unit.id) for unit in units]).subquery()
    return db.session.scalar(select(func.count()).select_from(below)) or 0
