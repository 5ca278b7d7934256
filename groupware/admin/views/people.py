"""Looking after people: found, registered, corrected, seated, given roles, stopped and brought back."""
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask_login import current_user

from groupware.admin.answers import Answer, answer
from groupware.admin.views import blueprint
from groupware.directory.commands import people as acts
from groupware.directory.commands import places as seats
from groupware.directory.forms import PersonDraft, PlaceDraft, day
from groupware.directory.models import NATURES, ROLES, STATES
from groupware.directory.permissions import Directory
from groupware.directory.queries import all_units
from groupware.directory.queries.lists import all_posts, staff_kinds
from groupware.directory.queries.people import roles_of, user_for
from groupware.directory.queries.places import assignments_of
from groupware.directory.queries.registry import PAGE, Sought, registered_people
from groupware.kernel import clock
from groupware.kernel.errors import Invalid, Refusal
from groupware.kernel.permissions import authorize

STATE_ACTS = {"disabled": acts.disable_person, "active": acts.enable_person, "departed": acts.mark_departed}


@blueprint.get("/people")
def people() -> str:
    """?q=&state=&role=&page=: a page of all who were ever registered."""
    authorize(current_user, Directory.KEEP)
    sought = Sought(request.args.get("q", "").strip()[:100], _one_of("state", STATES), _one_of("role", ROLES))
    page = max(1, min(request.args.get("page", 1, int), 10_000))
    found, total = registered_people(sought, page)
    return render_template("admin/people.html", title="職員", sought=sought, found=found, total=total, page=page, pages=-(-total // PAGE),
                           states=STATES, roles=ROLES)


@blueprint.get("/people/new")
def new_person(refusal: Refusal | None = None) -> str:
    authorize(current_user, Directory.KEEP)
    return render_template("admin/new_person.html", title="職員を登録する", given=request.form, refusal=refusal, **_lists())


@blueprint.post("/people")
def hire() -> Answer:
    authorize(current_user, Directory.KEEP)
    return answer(lambda: acts.hire_person(current_user, PersonDraft.parse(request.form), PlaceDraft.parse(request.form)), _to_person, new_person)


@blueprint.get("/people/<int:user_id>")
def person(user_id: int, refusal: Refusal | None = None) -> str:
    authorize(current_user, Directory.KEEP)
    user = user_for(current_user, user_id)
    now = {"family": user.family_name, "given": user.given_name, "family_kana": user.family_kana, "given_kana": user.given_kana,
           "kind": user.kind.name, "email": user.email, "extension": user.extension}
    return render_template("admin/person.html", title=user.name, user=user, seats=assignments_of(user.id), roles=roles_of(user.id), all_roles=ROLES,
                           states=STATES, refusal=refusal, given={**now, **request.form.to_dict()}, today=clock.today(), **_lists())


@blueprint.post("/people/<int:user_id>")
def change(user_id: int) -> Answer:
    authorize(current_user, Directory.KEEP)
    number = user_for(current_user, user_id).staff_number
    return _done(user_id, lambda: acts.change_person(current_user, user_id, PersonDraft.parse({**request.form.to_dict(), "staff_number": number})))


@blueprint.post("/people/<int:user_id>/places")
def assign(user_id: int) -> Answer:
    return _done(user_id, lambda: seats.assign_person(current_user, user_id, PlaceDraft.parse(request.form)))


@blueprint.post("/people/<int:user_id>/places/<int:assignment_id>/ending")
def end_place(user_id: int, assignment_id: int) -> Answer:
    return _done(user_id, lambda: seats.end_assignment(current_user, user_id, assignment_id, _last_day()))


@blueprint.post("/people/<int:user_id>/places/<int:assignment_id>/cancelling")
def cancel_place(user_id: int, assignment_id: int) -> Answer:
    return _done(user_id, lambda: seats.cancel_assignment(current_user, user_id, assignment_id))


@blueprint.post("/people/<int:user_id>/roles")
def change_role(user_id: int) -> Answer:
    act = acts.grant_role if request.form.get("granted") == "1" else acts.take_role
    return _done(user_id, lambda: act(current_user, user_id, request.form.get("role", "")))


@blueprint.post("/people/<int:user_id>/state")
def change_state(user_id: int) -> Answer:
    return _done(user_id, lambda: _state_act()(current_user, user_id))


def _state_act() -> Callable[..., Any]:
    if request.form.get("state") not in STATE_ACTS:
        raise Invalid("状態を選んでください。")
    return STATE_ACTS[request.form["state"]]


def _last_day() -> date:
    return day(request.form, "ends_on") or clock.today()


def _done(user_id: int, act: Callable[[], Any]) -> Answer:
    authorize(current_user, Directory.KEEP)
    return answer(act, lambda _: _to_person(user_id), lambda refusal: person(user_id, refusal))


def _to_person(user_id: int) -> str:
    return url_for("admin.person", user_id=user_id)


def _one_of(name: str, known: dict[str, str]) -> str:
    value = request.args.get(name, "")
    return value if value in known else ""


def _lists() -> dict[str, object]:
    return {"kinds": [(kind.name, kind.name) for kind in staff_kinds()], "posts": [post.name for post in all_posts()],
            "units": [(unit.code, "　" * unit.depth + unit.name) for unit in all_units()], "natures": [(nature, nature) for nature in NATURES]}
