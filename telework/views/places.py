"""The week of a section, and one's own place in it."""
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries import unit_for, unit_tree
from groupware.kernel import clock
from groupware.kernel.dates import read_date
from groupware.kernel.permissions import authorize
from telework.commands.days import say_place
from telework.forms import PlaceDraft
from telework.models.days import HALVES, PLACES, REACHES
from telework.permissions import Telework, can_rule
from telework.queries.applications import main_place, waiting_for
from telework.queries.days import counted, week_lines
from telework.rules import week_of

SATURDAY = 5
blueprint = Blueprint("telework", "telework", url_prefix="/telework", template_folder="templates", static_folder="static/telework",
                      static_url_path="/static")


@blueprint.get("")
def index() -> str:
    """?unit=, ?week= (any day of it)"""
    authorize(current_user, Telework.LOOK)
    tree = unit_tree()
    monday = week_of(read_date(request.args.get("week", "")) or _next_working_day())[0]
    unit = unit_for(current_user, _number(request.args.get("unit", "")) or main_place(current_user.user_id) or tree[0].id)
    lines = week_lines(unit.id, monday)
    return render_template("telework/index.html", title="在席・テレワーク", unit=unit, lines=lines, monday=monday,
                           counts=counted(lines, clock.today()), dates=[day for day, _ in lines[0].days] if lines else [],
                           before=monday - timedelta(days=7), after=monday + timedelta(days=7), today=clock.today(),
                           units=[each for root in tree for each in root.walk()], may_rule=can_rule(current_user, None),
                           held=len(waiting_for(current_user)), places=PLACES, reaches=REACHES, halves={**HALVES, "day": "終日"})


@blueprint.post("/places")
def say() -> Response:
    say_place(current_user, PlaceDraft.parse(request.form))
    return redirect(_back(request.form.get("week", "")), 303)


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 16 else 0


def _back(week: str) -> str:
    found: date | None = read_date(week)
    more: dict[str, Any] = {"week": found.isoformat()} if found else {}
    return url_for("telework.index", **more)


def _next_working_day() -> date:
    """On a weekend people look at the week that comes."""
    today = clock.today()
    return today if today.weekday() < SATURDAY else today + timedelta(days=2)
