"""Pages for those who take part: the list, a body, a sitting with its 次第, a paper."""
from typing import Any

from flask import Blueprint, render_template
from flask_login import current_user

from groupware.directory.queries import people_cards
from meetings.cards import name_of
from meetings.models.bodies import LEVELS, ROLES
from meetings.models.sittings import CALLED, KINDS, PLANNED, STATES, Sitting
from meetings.permissions import (
    can_found,
    can_manage,
    can_plan,
    can_prepare,
    can_replace,
    is_early,
)
from meetings.queries.bodies import members_of, seat_for, seats
from meetings.queries.items import agenda_for, label_of, leaf_for, versions_of
from meetings.queries.sittings import coming, past, table_for

blueprint = Blueprint("meetings", __name__, url_prefix="/meetings", template_folder="../templates", static_folder="../static/meetings",
                      static_url_path="/static")


@blueprint.context_processor
def words() -> dict[str, Any]:
    return {"levels": LEVELS, "roles": ROLES, "kinds": KINDS, "states": STATES, "name_of": name_of}


@blueprint.get("")
def index() -> str:
    found = seats(current_user)
    return render_template("meetings/index.html", title="会議", seats=found, coming=coming(current_user, Sitting.state == CALLED),
                           planned=coming(current_user, Sitting.state == PLANNED), may_found=can_found(current_user))


@blueprint.get("/bodies/<int:body_id>")
def body(body_id: int) -> str:
    seat = seat_for(current_user, body_id)
    return render_template("meetings/body.html", title=seat.body.name, seat=seat, members=members_of(seat.body),
                           coming=coming(current_user, Sitting.body_id == body_id), past=past(current_user, body_id),
                           may_manage=can_manage(current_user, seat), may_plan=can_plan(current_user, seat))


@blueprint.get("/<int:sitting_id>")
def sitting(sitting_id: int) -> str:
    table = table_for(current_user, sitting_id)
    rows = agenda_for(current_user, table)
    return render_template("meetings/sitting.html", title=name_of(table), table=table, sitting=table.sitting, rows=rows,
                           presenters=people_cards(row.line.item.presenter_id for row in rows if row.line.item.presenter_id),
                           members=members_of(table.seat.body), may_prepare=can_prepare(current_user, table), early=is_early(table))


@blueprint.get("/papers/<int:paper_id>")
def paper(paper_id: int) -> str:
    leaf = leaf_for(current_user, paper_id)
    table = leaf.topic.table
    return render_template("meetings/paper.html", title=leaf.paper.title, leaf=leaf, paper=leaf.paper, table=table, label=label_of(leaf.paper, table),
                           versions=versions_of(leaf.paper), may_replace=can_replace(current_user, leaf))
