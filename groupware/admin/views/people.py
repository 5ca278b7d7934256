"""Looking after one person: fields, seats, roles, stopping and bringing back."""
from collections.abc import Callable
from typing import Any

from flask import render_template, request, url_for
from flask_login import current_user
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from groupware.admin.views.imports import blueprint
from groupware.directory.commands import people as acts
from groupware.directory.commands.places import assign_person
from groupware.directory.forms import PersonDraft, PlaceDraft
from groupware.directory.models import NATURES, ROLES, STATES
from groupware.directory.permissions import Directory
from groupware.directory.queries import all_units, find_people, posts_of
from groupware.directory.queries.lists import staff_kinds
from groupware.directory.queries.people import roles_of, user_for
from groupware.kernel.errors import Invalid, Refusal
from groupware.kernel.permissions import authorize

STATE_ACTS = {"disabled": acts.disable_person, "active": acts.enable_person, "departed": acts.mark_departed}


@blueprint.get("")
def index() -> str:
    authorize(current_user, Directory.KEEP)
    text = request.args.get("q", "")
    return render_template("admin/index.html", title="管理", text=text, people=find_people(current_user, text) if text else [])


@blueprint.get("/people/new")
def new_person(refusal: Refusal | None = None) -> str:
    authorize(current_user, Directory.KEEP)
    return render_template("admin/new_person.html", title="職員を登録する", given=request.form, refusal=refusal, **_lists())


@blueprint.post("/people")
def hire() -> Response | tuple[str, int]:
    try:
        user_id = acts.hire_person(current_user, PersonDraft.parse(request.form), PlaceDraft.parse(request.form))
    except Refusal as refusal:
        return new_person(refusal), refusal.status
    return redirect(url_for("admin.person", user_id=user_id), 303)


@blueprint.get("/people/<int:user_id>")
def person(user_id: int, refusal: Refusal | None = None) -> str:
    authorize(current_user, Directory.KEEP)
    user = user_for(current_user, user_id)
    return render_template("admin/person.html", title=user.name, user=user, places=posts_of(user.id), roles=roles_of(user.id), all_roles=ROLES,
                           states=STATES, refusal=refusal, given=request.form, **_lists())


@blueprint.post("/people/<int:user_id>")
def change(user_id: int) -> Response | tuple[str, int]:
    number = user_for(current_user, user_id).staff_number
    return _done(user_id, lambda: acts.change_person(current_user, user_id, PersonDraft.parse({**request.form.to_dict(), "staff_number": number})))


@blueprint.post("/people/<int:user_id>/places")
def assign(user_id: int) -> Response | tuple[str, int]:
    return _done(user_id, lambda: assign_person(current_user, user_id, PlaceDraft.parse(request.form)))


@blueprint.post("/people/<int:user_id>/roles")
def change_role(user_id: int) -> Response | tuple[str, int]:
    act = acts.grant_role if request.form.get("granted") == "1" else acts.take_role
    return _done(user_id, lambda: act(current_user, user_id, request.form.get("role", "")))


@blueprint.post("/people/<int:user_id>/state")
def change_state(user_id: int) -> Response | tuple[str, int]:
    return _done(user_id, lambda: _state_act()(current_user, user_id))


def _state_act() -> Callable[..., Any]:
    if request.form.get("state") not in STATE_ACTS:
        raise Invalid("状態を選んでください。")
    return STATE_ACTS[request.form["state"]]


def _done(user_id: int, act: Callable[[], Any]) -> Response | tuple[str, int]:
    """Back to the person; a refusal keeps what was typed."""
    try:
        act()
    except Refusal as refusal:
        return person(user_id, refusal), refusal.status
    return redirect(url_for("admin.person", user_id=user_id), 303)


def _lists() -> dict[str, object]:
    return {"kinds": staff_kinds(), "units": all_units(), "natures": NATURES}
