"""/"""
from flask import Blueprint, render_template
from flask_login import current_user
from sqlalchemy import func, select

from groupware.directory.queries import UnitNode, circle, people_in, standing_of, unit_tree
from groupware.home.day import SHOWN, day_of, ends, section_widgets
from groupware.kernel import clock, db

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


def _headed(heads: frozenset[int]) -> list[UnitNode]:
    """The highest of them: those below are part of these."""
    return [node for root in unit_tree() for node in root.walk() if node.id in heads and node.parent_id not in heads]


def _people_below(units: list[UnitNode]) -> int:
    below = people_in([circle("below", unit.id) for unit in units]).subquery()
    return db.session.scalar(select(func.count()).select_from(below)) or 0
