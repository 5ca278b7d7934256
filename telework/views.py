"""The week of a section, one's own place, applications, rules."""
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries import unit_for, unit_tree
from groupware.directory.queries.lists import staff_kinds
from groupware.kernel import clock
from groupware.kernel.dates import read_date
from groupware.kernel.errors import Invalid
from groupware.kernel.given import words
from groupware.kernel.permissions import authorize
from telework.cards import title_of
from telework.commands.applications import ask_to_work_at_home, change_rules, move_application
from telework.commands.days import say_place
from telework.flows import APPLICATION, ON_THE_DAY
from telework.forms import ApplicationDraft, PlaceDraft
from telework.models.applications import SPANS, STATES
from telework.models.days import HALVES, PLACES, REACHES
from telework.permissions import Telework, can_rule
from telework.queries.applications import (
    application_for,
    days_in_week,
    main_place,
    mine,
    rules_before,
    rules_in_force,
    steps_of,
    waiting_for,
)
from telework.queries.days import counted, week_lines
from telework.rules import DECLARED, EXCLUDED, REASONS, REPORTS, TRIPS, Rules, week_of
from telework.telling import sentences_of

SATURDAY = 5
blueprint = Blueprint("telework", __name__, url_prefix="/telework", template_folder="templates", static_folder="static/telework",
                      static_url_path="/static")
WORDS = {"places": PLACES, "reaches": REACHES, "halves": {**HALVES, "day": "終日"}}


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
                           held=len(waiting_for(current_user)), **WORDS)


@blueprint.post("/places")
def say() -> Response:
    say_place(current_user, PlaceDraft.parse(request.form))
    return redirect(_back(request.form.get("week", "")), 303)


@blueprint.get("/applications")
def applications() -> str:
    authorize(current_user, Telework.ASK)
    return render_template("telework/applications.html", title="在宅勤務の申請", mine=mine(current_user), held=waiting_for(current_user),
                           rules=rules_in_force(), states=STATES, title_of=title_of,
                           this_week=round(days_in_week(current_user.user_id, clock.today()), 2))


@blueprint.get("/applications/new")
def new_application() -> str:
    authorize(current_user, Telework.ASK)
    rules = rules_in_force()
    return render_template("telework/application_form.html", title="在宅勤務を申請する", rules=rules, told=sentences_of(rules),
                           reasons=[(each, REASONS[each]) for each in rules.reasons], units=rules.units(SPANS))


@blueprint.post("/applications")
def ask() -> Response:
    number = ask_to_work_at_home(current_user, ApplicationDraft.parse(request.form))
    return redirect(url_for("telework.application", application_id=number), 303)


@blueprint.get("/applications/<int:application_id>")
def application(application_id: int) -> str:
    held = application_for(current_user, application_id)
    found, rules = held.application, rules_in_force()
    steps = [step for step in APPLICATION.open_to(found.state, held.parts)
             if (step.act not in ON_THE_DAY or found.on_date == clock.today()) and rules.wants_report(step.act)]
    return render_template("telework/application.html", title=title_of(found), it=found, steps=steps, history=steps_of(found.id), states=STATES,
                           reasons=REASONS, declared=DECLARED, told=sentences_of(rules))


@blueprint.post("/applications/<int:application_id>/moves")
def move(application_id: int) -> Response:
    move_application(current_user, application_id, request.form.get("act", ""), words(request.form, "reason"))
    return redirect(url_for("telework.application", application_id=application_id), 303)


@blueprint.get("/rules")
def rules() -> str:
    authorize(current_user, Telework.RULE)
    before = [(row, sentences_of(Rules.of(row.content))) for row in rules_before()]
    return render_template("telework/rules.html", title="在宅勤務のきまり", rules=rules_in_force(), kinds=[(each, each) for each in _kinds()],
                           excluded=EXCLUDED, trips=TRIPS, reports=REPORTS, reasons=REASONS, before=before)


@blueprint.post("/rules")
def rule() -> Response:
    chosen = tuple(request.form.getlist("kinds"))
    if not set(chosen) <= set(_kinds()):
        raise Invalid(kinds="区分を選び直してください。")
    change_rules(current_user, Rules.parse(request.form, chosen))
    return redirect(url_for("telework.rules"), 303)


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


def _kinds() -> list[str]:
    return [kind.name for kind in staff_kinds()]
