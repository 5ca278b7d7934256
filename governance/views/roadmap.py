"""The roadmap, and what is entered on it and for a measure."""
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from governance.commands import roadmap as deeds
from governance.forms.roadmap import BarDraft, IndicatorDraft, LeadsDraft, ReadingDraft
from governance.library import examples_for
from governance.models.indicators import DIRECTIONS, FREQUENCIES, STAGES
from governance.models.roadmap import KINDS
from governance.permissions import can_keep, can_measure
from governance.queries.plan import current_plan, measure_coded
from governance.queries.roadmap import bars, gauge_of, place_of, unit_names, units_leading
from governance.views.plan import NONE_YET, blueprint, gantt
from groupware.directory.queries import unit_tree
from groupware.kernel.errors import Forbidden, NotFound


@blueprint.get("/roadmap")
def roadmap() -> str:
    """On A3 landscape when printed; the same as a table below."""
    plan = current_plan()
    if plan is None:
        raise NotFound(NONE_YET)
    return render_template("governance/roadmap.html", title="ロードマップ", plan=plan, may_keep=can_keep(current_user, None), **gantt(plan))


@blueprint.get("/measures/<code>/settings")
def keeping(code: str) -> str:
    if not can_keep(current_user, None):
        raise Forbidden
    row = measure_coded(code)
    return render_template("governance/keeping.html", title=f"{code} 担当課とロードマップ", row=row, units=units_leading(row.id), tree=unit_tree(),
                           names=unit_names(), bars=bars([row.id])[row.id], kinds=KINDS)


@blueprint.post("/measures/<code>/leads")
def name_leads(code: str) -> Response:
    deeds.name_leads(current_user, code, LeadsDraft.parse(request.form))
    return _kept(code)


@blueprint.post("/measures/<code>/bars")
def enter_bar(code: str) -> Response:
    deeds.enter_bar(current_user, code, BarDraft.parse(request.form))
    return _kept(code)


@blueprint.post("/measures/<code>/bars/<int:bar_id>/removal")
def take_bar(code: str, bar_id: int) -> Response:
    deeds.take_bar(current_user, bar_id)
    return _kept(code)


@blueprint.get("/measures/<code>/indicators/new")
def new_indicator(code: str) -> str:
    """?name= comes from an example: its name only, no number of it."""
    row = measure_coded(code)
    if not can_measure(current_user, place_of(current_user, row.id)):
        raise Forbidden
    return render_template("governance/indicator.html", title=f"{code} 指標を加える", row=row, indicator=None, name=request.args.get("name", ""),
                           examples=examples_for(row.title), names=unit_names(), **_words())


@blueprint.post("/measures/<code>/indicators")
def enter_indicator(code: str) -> Response:
    deeds.enter_indicator(current_user, measure_coded(code).id, IndicatorDraft.parse(request.form))
    return redirect(url_for("governance.measure", code=code, _anchor="indicators"), 303)


@blueprint.get("/measures/<code>/indicators/<int:indicator_id>")
def indicator(code: str, indicator_id: int) -> str:
    gauge = gauge_of(current_user, indicator_id)
    if not can_measure(current_user, gauge):
        raise Forbidden
    return render_template("governance/indicator.html", title=gauge.indicator.name, row=measure_coded(code), indicator=gauge.indicator, name="",
                           examples=[], names=unit_names(), **_words())


@blueprint.post("/measures/<code>/indicators/<int:indicator_id>")
def change_indicator(code: str, indicator_id: int) -> Response:
    deeds.change_indicator(current_user, indicator_id, IndicatorDraft.parse(request.form))
    return redirect(url_for("governance.measure", code=code, _anchor="indicators"), 303)


@blueprint.post("/measures/<code>/indicators/<int:indicator_id>/removal")
def drop_indicator(code: str, indicator_id: int) -> Response:
    deeds.drop_indicator(current_user, indicator_id)
    return redirect(url_for("governance.measure", code=code, _anchor="indicators"), 303)


@blueprint.post("/measures/<code>/indicators/<int:indicator_id>/readings")
def keep_reading(code: str, indicator_id: int) -> Response:
    deeds.keep_reading(current_user, indicator_id, ReadingDraft.parse(request.form))
    return redirect(url_for("governance.measure", code=code, _anchor="indicators"), 303)


def _kept(code: str) -> Response:
    return redirect(url_for("governance.keeping", code=code), 303)


def _words() -> dict[str, Any]:
    return {"stages": STAGES, "directions": DIRECTIONS, "frequencies": FREQUENCIES}
