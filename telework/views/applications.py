"""Applications: asked for, moved on one by one, or decided a week at once."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel import clock
from groupware.kernel.given import numbers, words
from groupware.kernel.permissions import authorize
from telework.cards import title_of, title_of_week
from telework.commands.applications import ask_to_work_at_home, decide_together, move_application
from telework.flows import APPLICATION, ON_THE_DAY, TOGETHER
from telework.forms import ApplicationDraft
from telework.models.applications import SPANS, STATES, WORKPLACES
from telework.permissions import Telework
from telework.queries.applications import application_for, days_in_week, in_weeks, mine, of_week, rules_in_force, steps_of, waiting_for
from telework.rules import DECLARED, REASONS
from telework.telling import sentences_of
from telework.views.places import blueprint

WORKDAYS = tuple(enumerate(clock.WEEKDAYS[:5]))


@blueprint.get("/applications")
def applications() -> str:
    authorize(current_user, Telework.ASK)
    waiting = waiting_for(current_user)
    return render_template("telework/applications.html", title="テレワークの申請", mine=mine(current_user), held=in_weeks(waiting),
                           count=len(waiting), rules=rules_in_force(), states=STATES, title_of=title_of, title_of_week=title_of_week,
                           this_week=round(days_in_week(current_user.user_id, clock.today()), 2))


@blueprint.get("/applications/new")
def new_application() -> str:
    authorize(current_user, Telework.ASK)
    rules = rules_in_force()
    return render_template("telework/application_form.html", title="テレワークを申請する", rules=rules, told=sentences_of(rules), weekdays=WORKDAYS,
                           reasons=[(each, REASONS[each]) for each in rules.reasons], units=rules.units(SPANS), workplaces=WORKPLACES)


@blueprint.post("/applications")
def ask() -> Response:
    draft = ApplicationDraft.parse(request.form)
    number = ask_to_work_at_home(current_user, draft)
    return redirect(url_for("telework.application" if len(draft.dates) == 1 else "telework.week", application_id=number), 303)


@blueprint.get("/applications/<int:application_id>")
def application(application_id: int) -> str:
    held, rules = application_for(current_user, application_id), rules_in_force()
    found = held.application
    steps = [step for step in APPLICATION.open_to(found.state, held.parts)
             if (step.act not in ON_THE_DAY or found.on_date == clock.today()) and rules.wants_report(step.act)]
    return render_template("telework/application.html", title=title_of(found), it=found, steps=steps, history=steps_of(found.id), states=STATES,
                           reasons=REASONS, declared=DECLARED, told=sentences_of(rules), beside=len(of_week(current_user, found)) - 1)


@blueprint.post("/applications/<int:application_id>/moves")
def move(application_id: int) -> Response:
    move_application(current_user, application_id, request.form.get("act", ""), words(request.form, "reason"))
    return redirect(url_for("telework.application", application_id=application_id), 303)


@blueprint.get("/applications/<int:application_id>/week")
def week(application_id: int) -> str:
    held = application_for(current_user, application_id)
    rows = of_week(current_user, held.application)
    open_now = {each.id: [step for step in APPLICATION.open_to(each.state, held.parts) if step.act in TOGETHER] for each in rows}
    steps = max(open_now.values(), key=len)
    return render_template("telework/week.html", title=title_of_week(rows), it=held.application, rows=rows, steps=steps, open_now=open_now,
                           states=STATES, reasons=REASONS, declared=DECLARED)


@blueprint.post("/applications/<int:application_id>/week")
def decide(application_id: int) -> Response:
    given = request.form
    decide_together(current_user, application_id, given.get("act", ""), numbers(given, "chosen"), words(given, "reason"))
    return redirect(url_for("telework.week", application_id=application_id), 303)
