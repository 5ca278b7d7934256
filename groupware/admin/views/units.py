"""The tree of units on a day, and one unit: made, renamed, moved, closed, each from a day on."""
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask_login import current_user

from groupware.admin.answers import Answer, answer
from groupware.admin.views import blueprint
from groupware.directory.commands import units as acts
from groupware.directory.forms import UnitDraft, day
from groupware.directory.models import UnitVersion
from groupware.directory.permissions import Directory
from groupware.directory.queries import all_units
from groupware.directory.queries.lists import unit_kinds
from groupware.directory.queries.rosters import seats_by_unit
from groupware.directory.queries.units import booked_changes, named_units, unit_code, unit_history
from groupware.kernel import clock
from groupware.kernel.errors import Invalid, NotFound, Refusal
from groupware.kernel.permissions import authorize


@blueprint.get("/units")
def units() -> str:
    """?on=2027-04-01: as it will be then, with what is booked."""
    authorize(current_user, Directory.KEEP)
    on = day(request.args, "on") or clock.today()
    nodes = all_units(on)
    return render_template("admin/units.html", title="組織", nodes=nodes, on=on, seats=seats_by_unit(node.id for node in nodes),
                           booked=booked_changes(clock.today()), names=named_units())


@blueprint.get("/units/new")
def new_unit(refusal: Refusal | None = None) -> str:
    """?parent=0310: below which one."""
    authorize(current_user, Directory.KEEP)
    given = request.form or {"parent_code": request.args.get("parent", ""), "kind": "課", "authority": "市長"}
    return render_template("admin/new_unit.html", title="組織をつくる", given=given, refusal=refusal, **_choices())


@blueprint.post("/units")
def create_unit() -> Answer:
    authorize(current_user, Directory.KEEP)
    return answer(lambda: acts.create_unit(current_user, UnitDraft.parse(request.form)), _to_unit, new_unit)


@blueprint.get("/units/<int:unit_id>")
def unit(unit_id: int, refusal: Refusal | None = None) -> str:
    authorize(current_user, Directory.KEEP)
    history = unit_history(unit_id)
    if not history:
        raise NotFound
    now, today = _version_of_today(history), clock.today()
    node = next((node for node in all_units() if node.id == unit_id), None)
    below = [each.id for each in node.walk()] if node else []
    given = request.form or {"name": now.name, "kind": now.kind, "authority": now.authority, "position": now.position,
                             "parent_code": unit_code(now.parent_id)}
    return render_template(
        "admin/unit.html", title=now.name, unit_id=unit_id, code=unit_code(unit_id), history=history, given=given, refusal=refusal, today=today,
        ends_on=history[-1].ends_on, below=max(len(below) - 1, 0), seats=sum(seats_by_unit(below).values()), names=named_units(), **_choices())


@blueprint.post("/units/<int:unit_id>")
def change_unit(unit_id: int) -> Answer:
    """From the day given on; what was before stays answerable."""
    authorize(current_user, Directory.KEEP)
    return _done(unit_id, lambda: acts.change_unit(current_user, unit_id, UnitDraft.parse({**request.form.to_dict(), "code": unit_code(unit_id)})))


@blueprint.post("/units/<int:unit_id>/closure")
def close_unit(unit_id: int) -> Answer:
    authorize(current_user, Directory.KEEP)
    return _done(unit_id, lambda: acts.close_unit(current_user, unit_id, _last_day()))


@blueprint.post("/units/<int:unit_id>/reopening")
def reopen_unit(unit_id: int) -> Answer:
    authorize(current_user, Directory.KEEP)
    return _done(unit_id, lambda: acts.reopen_unit(current_user, unit_id))


def _version_of_today(history: list[UnitVersion]) -> UnitVersion:
    """Else the last there was, or the first there will be."""
    past = [version for version in history if version.starts_on <= clock.today()]
    return past[-1] if past else history[0]


def _last_day() -> date:
    last = day(request.form, "ends_on")
    if last is None:
        raise Invalid(ends_on="最後の日を書いてください。")
    return last


def _done(unit_id: int, act: Callable[[], Any]) -> Answer:
    return answer(act, lambda _: _to_unit(unit_id), lambda refusal: unit(unit_id, refusal))


def _to_unit(unit_id: int) -> str:
    return url_for("admin.unit", unit_id=unit_id)


def _choices() -> dict[str, object]:
    return {"nodes": all_units(), "kinds": [(kind.name, kind.name) for kind in unit_kinds()]}
