"""The plan as people read it."""
import re
from typing import Any

from flask import Blueprint, render_template, request
from flask_login import current_user

from governance.drawing import Mark, Period, logic_model, rows_of
from governance.models.indicators import DIRECTIONS, FREQUENCIES, STAGES
from governance.models.plan import Measure
from governance.models.roadmap import KINDS, Bar
from governance.permissions import Place, can_keep, can_measure
from governance.plan import Plan, Said
from governance.queries.overview import overview
from governance.queries.papers import ruling_in_force
from governance.queries.plan import counts, current_edition, current_plan, edition_numbered, measure_coded
from governance.queries.roadmap import bars, has_outcome, measures, rulers, unit_names, units_leading
from governance.queries.story import story_of
from governance.rating import Ruling
from groupware.kernel.errors import NotFound
from groupware.kernel.things import landmarks_for

blueprint = Blueprint("governance", __name__, url_prefix="/governance", template_folder="../templates", static_folder="../static/governance",
                      static_url_path="/static")
KIND, LONGEST_PAGE = re.compile(r"[a-z]{1,30}\.[a-z]{1,30}"), 4
NONE_YET = "計画がまだ入っていません。行政管理課か情報担当に、計画のファイルの読み込みを頼んでください。"


@blueprint.get("")
def index() -> str:
    plan = current_plan()
    if plan is None:
        return render_template("governance/index.html", title="DX推進", plan=None)
    return render_template("governance/index.html", title="DX推進", plan=plan, counts=counts(plan), over=overview(current_user),
                           may_keep=can_keep(current_user, None), **gantt(plan, apart=False))


@blueprint.get("/plan")
def plan() -> str:
    """The whole of it, as the city has written it."""
    edition = current_edition()
    if edition is None:
        raise NotFound(NONE_YET)
    found = Plan(edition.content)
    return render_template("governance/plan.html", title=found.title, plan=found, edition=edition, counts=counts(found))


@blueprint.get("/editions/<int:number>")
def edition(number: int) -> str:
    """An older one, or one that is being worked on."""
    found = edition_numbered(current_user, number)
    plan = Plan(found.content)
    return render_template("governance/plan.html", title=f"{plan.title}（第{number}版）", plan=plan, edition=found, counts=counts(plan))


@blueprint.get("/measures/<code>")
def measure(code: str) -> str:
    row, plan = measure_coded(code), current_plan()
    said = plan.measure(code) if plan else None
    more = _entered(row, plan, said) if plan and said else {}
    return render_template("governance/measure.html", title=f"{code} {row.title}", row=row, code=code, plan=plan, said=said, **more)


@blueprint.get("/glossary")
def glossary() -> str:
    plan = current_plan()
    terms = sorted(enumerate((plan and plan["glossary"]) or [], 1), key=lambda each: each[1].get("sort_key") or each[1]["term"])
    return render_template("governance/glossary.html", title="用語集", plan=plan, terms=terms)


def gantt(plan: Plan, only: Measure | None = None, *, apart: bool = True) -> dict[str, Any]:
    """What the roadmap's partial is drawn from; of one measure, or of all. ``apart``: milestones in lanes of their own, with room for words."""
    period = Period.of(plan)
    if period is None:
        return {"period": None, "rows": []}
    codes = {each.id: each.code for each in ([only] if only else measures())}
    found = bars([only.id] if only else None)
    laid: dict[str, list[Bar | Mark]] = {codes[number]: [*bars_of_it] for number, bars_of_it in found.items() if number in codes}
    for each in landmarks_for(current_user, codes.values()):
        laid.setdefault(each.code, []).append(Mark(each.words, each.day, each.where, each.url, each.reached))
    rows = rows_of(plan, period, laid, milestones_apart=apart)
    return {"period": period, "rows": [each for each in rows if only is None or each.said["code"] == only.code], "kinds": KINDS}


def _entered(row: Measure, plan: Plan, said: Said) -> dict[str, Any]:
    """What people have put beside the city's words."""
    found, units, ruling = rulers(row.id), units_leading(row.id), ruling_in_force()
    return {"rulers": found, "model": logic_model(said, found), "has_outcome": has_outcome(found), "stages": STAGES, "directions": DIRECTIONS,
            "frequencies": FREQUENCIES, "ruling": ruling, "may_measure": can_measure(current_user, Place(units, row.id)),
            "may_keep": can_keep(current_user, None), "units": units, "names": unit_names(), **gantt(plan, row), **_story(row, ruling)}


def _story(row: Measure, ruling: Ruling) -> dict[str, Any]:
    """?kind= of thing, ?page="""
    kind, page = request.args.get("kind", ""), request.args.get("page", "")
    chosen = kind if KIND.fullmatch(kind) else ""
    at = int(page) if page.isascii() and page.isdigit() and len(page) <= LONGEST_PAGE else 1
    return {"story": story_of(current_user, row, ruling, chosen, max(at, 1)), "chosen": chosen}
