"""Plans: mine with what my section wants of me, one of them, those of my people."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries import people_cards
from groupware.kernel import clock
from groupware.kernel.given import line, number, words
from groupware.kernel.permissions import authorize
from training.commands import plans as deeds
from training.flows.plans import PLAN
from training.forms.plans import MOST_ITEMS, PlanDraft
from training.models.plans import ACTIVE, COMPLETE, DRAFT, PLANS, REVIEWING, WAITING, Plan
from training.models.skills import LEVELS
from training.permissions.courses import can_plan, heads_of
from training.permissions.plans import Plans
from training.queries.gaps import Need, needs
from training.queries.plans import (
    aims_of,
    choices,
    frozen_skills,
    members,
    plan_counts,
    plan_for,
    plans_of,
    renews_now,
    steps_of_plan,
    years_open,
)
from training.views.learning import blueprint

BLANK = 3       # rows below those that are written


@blueprint.get("/plans")
def plans() -> str:
    """One's own; for 行政管理課 how many there are."""
    authorize(current_user, Plans.WRITE)
    mine, counting = plans_of(current_user.user_id), can_plan(current_user, None)
    return render_template("training/plans.html", title="育成計画", mine=mine, states=PLANS, levels=LEVELS, needs=_needs(current_user.user_id),
                           open_years=[year for year in years_open() if year not in {each.year for each in mine}],
                           year=clock.fiscal_year(clock.today()), heads=bool(heads_of(current_user)),
                           counts=plan_counts(clock.fiscal_year(clock.today())) if counting else None)


@blueprint.get("/plans/new")
def new_plan() -> str:
    """?year="""
    authorize(current_user, Plans.WRITE)
    year = number(request.args, "year") or clock.fiscal_year(clock.today())
    return render_template("training/plan_form.html", title="育成計画を書く", year=year, plan=None, aims=[], rows=range(BLANK), choices=choices(),
                           levels=LEVELS, needs=_needs(current_user.user_id))


@blueprint.post("/plans")
def write_plan() -> Response:
    year = number(request.form, "year", "年度を選んでください。")
    made = deeds.write_plan(current_user, year, PlanDraft.parse(request.form, year))
    return redirect(url_for("training.plan", plan_id=made), 303)


@blueprint.get("/plans/<int:plan_id>")
def plan(plan_id: int) -> str:
    held = plan_for(current_user, plan_id)
    row, aims = held.plan, aims_of(held.plan)
    writing = "self" in held.parts and row.state == DRAFT
    return render_template("training/plan.html", title="育成計画", plan=row, aims=aims, card=people_cards([row.user_id])[row.user_id], states=PLANS,
                           levels=LEVELS, history=steps_of_plan(plan_id), frozen=frozen_skills(plan_id), mine="self" in held.parts, writing=writing,
                           rows=range(min(MOST_ITEMS, len(aims) + BLANK)), choices=choices() if writing else [],
                           needs=[] if row.state == COMPLETE else _needs(row.user_id),
                           acts={step.act: step for step in PLAN.open_to(row.state, held.parts) if step.act != "renew" or renews_now(row)})


@blueprint.post("/plans/<int:plan_id>")
def rewrite_plan(plan_id: int) -> Response:
    held = plan_for(current_user, plan_id)
    deeds.rewrite_plan(current_user, plan_id, PlanDraft.parse(request.form, held.plan.year))
    return redirect(url_for("training.plan", plan_id=plan_id), 303)


@blueprint.post("/plans/<int:plan_id>/steps")
def move_plan(plan_id: int) -> Response:
    """Whoever sends a plan back sees it no more: it is a draft."""
    act = line(request.form, "act")
    deeds.move_plan(current_user, plan_id, act, words(request.form, "reason", most=2_000))
    return redirect(url_for("training.led_plans") if act == "return" else url_for("training.plan", plan_id=plan_id), 303)


@blueprint.post("/plans/<int:plan_id>/renewal")
def renew_plan(plan_id: int) -> Response:
    return redirect(url_for("training.plan", plan_id=deeds.renew_plan(current_user, plan_id)), 303)


@blueprint.get("/section/plans")
def led_plans() -> str:
    """For whoever heads some units: the plans of their people, and with whom to talk."""
    authorize(current_user, Plans.LEAD)
    found = members(current_user)
    return render_template("training/led_plans.html", title="課の育成計画", members=found, states=PLANS, levels=LEVELS, draft=DRAFT,
                           talks=[each for each in found if each.talk], year=clock.fiscal_year(clock.today()),
                           open_plans=[each for each in found if each.plan and (each.plan.state in {WAITING, REVIEWING} or _left(each.plan))])


@blueprint.post("/talks/<int:talk_id>/steps")
def settle_talk(talk_id: int) -> Response:
    deeds.settle_talk(current_user, talk_id, line(request.form, "act"), words(request.form, "reason", most=500))
    return redirect(url_for("training.led_plans"), 303)


def _left(plan: Plan) -> bool:
    """Of a year that is over, and still open."""
    return plan.state == ACTIVE and plan.year < clock.fiscal_year(clock.today())


def _needs(user_id: int) -> list[Need]:
    section = people_cards([user_id])[user_id].unit_id
    return needs({user_id: section}).get(user_id, []) if section else []
