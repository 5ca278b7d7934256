"""Groups of people: named one by one, and by rule (a unit and all below it)."""
from typing import Any

from flask import render_template, request, url_for
from flask_login import current_user

from groupware.admin.answers import Answer, answer
from groupware.admin.views import blueprint
from groupware.directory.commands import groups as acts
from groupware.directory.forms import GroupDraft
from groupware.directory.permissions import Directory
from groupware.directory.queries import people_cards, unit_tree
from groupware.directory.queries.groups import all_groups, group_for, members_of_group, named_in_group, units_of_group
from groupware.kernel.errors import Refusal
from groupware.kernel.permissions import authorize


@blueprint.get("/groups")
def groups() -> str:
    authorize(current_user, Directory.GROUP)
    return render_template("admin/groups.html", title="職員の集まり", groups=all_groups())


@blueprint.get("/groups/new")
def new_group(refusal: Refusal | None = None) -> str:
    authorize(current_user, Directory.GROUP)
    return _form("集まりをつくる", refusal, url_for("admin.create_group"), _given())


@blueprint.post("/groups")
def create_group() -> Answer:
    return answer(lambda: acts.create_group(current_user, _draft()), _to_group, new_group)


@blueprint.get("/groups/<int:group_id>")
def group(group_id: int, refusal: Refusal | None = None) -> str:
    """Who is named, by which units, and who that makes today."""
    authorize(current_user, Directory.GROUP)
    found = group_for(current_user, group_id)
    given: dict[str, Any] = _given() if refusal else {"name": found.name, "people": named_in_group(group_id), "units": units_of_group(group_id)}
    here = sorted(people_cards(members_of_group(group_id)).values(), key=lambda card: (card.unit_name, card.kana))
    return _form(found.name, refusal, url_for("admin.change_group", group_id=group_id), given, here=here)


@blueprint.post("/groups/<int:group_id>")
def change_group(group_id: int) -> Answer:
    return answer(lambda: acts.change_group(current_user, group_id, _draft()), lambda _: _to_group(group_id),
                  lambda refusal: group(group_id, refusal))


def _form(title: str, refusal: Refusal | None, action: str, given: dict[str, Any], **more: object) -> str:
    people = people_cards(int(each) for each in given["people"] if str(each).isdecimal())
    return render_template("admin/group.html", title=title, refusal=refusal, action=action, given=given, people=people.values(),
                           tree=unit_tree(), **more)


def _given() -> dict[str, Any]:
    return {"name": request.form.get("name", ""), "people": request.form.getlist("people"), "units": request.form.getlist("units")}


def _draft() -> GroupDraft:
    return GroupDraft.parse(request.form.get("name", ""), request.form.getlist("people"), request.form.getlist("units"))


def _to_group(group_id: int) -> str:
    return url_for("admin.group", group_id=group_id)
