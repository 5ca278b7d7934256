"""Pages for those who take part: the list, a body, a sitting with its 次第, a paper."""
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel.actor import in_person
from meetings.cards import name_of
from meetings.commands.answers import answer_call
from meetings.forms import AnswerDraft
from meetings.ics import Entry, calendar
from meetings.inquiring import can_ask
from meetings.models.answers import ANSWERS
from meetings.models.bodies import LEVELS, ROLES
from meetings.models.sittings import CALLED, CANCELLED, KINDS, PLANNED, STATES, Sitting
from meetings.permissions import (
    can_answer,
    can_found,
    can_manage,
    can_plan,
    can_prepare,
    can_replace,
)
from meetings.queries.answers import answers_of
from meetings.queries.bodies import members_of, members_with, seat_for, seats
from meetings.queries.inquiries import awaited_of, inquiry_of
from meetings.queries.items import agenda_for, label_of, leaf_for, versions_of
from meetings.queries.minutes import desk_of
from meetings.queries.results import carried_to, is_late
from meetings.queries.sittings import coming, past, table_for
from meetings.rights import can_open, watches
from meetings.views.lines import Shown, drawer

blueprint = Blueprint("meetings", __name__, url_prefix="/meetings", template_folder="../templates", static_folder="../static/meetings",
                      static_url_path="/static")


@blueprint.context_processor
def words() -> dict[str, Any]:
    return {"levels": LEVELS, "roles": ROLES, "kinds": KINDS, "states": STATES, "answers": ANSWERS, "name_of": name_of}


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
    me = in_person(current_user)
    table = table_for(me, sitting_id)
    rows = agenda_for(me, table)
    may_prepare = can_prepare(me, table)
    carried = carried_to(me, table.sitting) if any(row.line.item.carries for row in rows) else []
    members, people = members_with(table.seat.body, [*(row.line.item.presenter_id for row in rows if row.line.item.presenter_id),
                                                     *(task.action.owner_id for task in carried)])
    return render_template("meetings/sitting.html", title=name_of(table), table=table, sitting=table.sitting, rows=rows,
                           people=people, members=members, may_prepare=may_prepare,
                           answered=answers_of(table.sitting) if table.seat.role or table.speaks else {},
                           may_answer=can_answer(me, table),
                           drawn=drawer(Shown(table, people, awaited_of(sitting_id) if rows else {}, may_prepare)),
                           asking=may_prepare and can_ask(me, table), inquiry=inquiry_of(table.sitting) if may_prepare else None,
                           carried=carried, is_late=is_late,
                           minutes_open=table.sitting.state == CALLED and (watches(table) or can_open(me, desk_of(table))))


@blueprint.post("/<int:sitting_id>/answer")
def answer(sitting_id: int) -> Response:
    """出欠"""
    answer_call(current_user, sitting_id, AnswerDraft.parse(request.form))
    return redirect(url_for("meetings.sitting", sitting_id=sitting_id), 303)


@blueprint.get("/<int:sitting_id>/meeting.ics")
def calendar_file(sitting_id: int) -> FlaskResponse:
    """For the calendar one has; without the agenda."""
    table = table_for(current_user, sitting_id)
    found, rows = table.sitting, agenda_for(current_user, table)
    ends = max((row.line.ends for row in rows), default=found.starts_at)
    text = calendar(Entry(f"meetings-{found.id}@tsunagaru", name_of(table), found.starts_at, ends, found.place, found.url, found.created_at,
                    found.version, found.state == CANCELLED))
    headers = {"Content-Disposition": f'attachment; filename="meeting-{found.id}.ics"'}
    return FlaskResponse(text, mimetype="text/calendar", headers=headers)


@blueprint.get("/papers/<int:paper_id>")
def paper(paper_id: int) -> str:
    leaf = leaf_for(current_user, paper_id)
    table = leaf.topic.table
    return render_template("meetings/paper.html", title=leaf.paper.title, leaf=leaf, paper=leaf.paper, table=table, label=label_of(leaf.paper, table),
                           versions=versions_of(leaf.paper), may_replace=can_replace(current_user, leaf))
