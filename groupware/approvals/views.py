"""/approvals: 決裁"""
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.approvals.commands import absences, asking, deciding
from groupware.approvals.forms import AbsenceDraft, AskingDraft, Words, reason
from groupware.approvals.models import STATES, WAITING
from groupware.approvals.permissions import Approvals, can_decide
from groupware.approvals.queries.askings import DONE, MINE, TODO, absences_of, earlier, holders_of, page_of, paper_for, waiting_for
from groupware.approvals.queries.seats import route_up, words_of
from groupware.directory.queries import people_cards
from groupware.kernel import db
from groupware.kernel.errors import Invalid
from groupware.kernel.permissions import authorize, may
from groupware.kernel.things import cards_for

blueprint = Blueprint("approvals", __name__, url_prefix="/approvals", template_folder="templates", static_folder="static/approvals",
                      static_url_path="/static")
LISTS = {TODO: "決裁するもの", MINE: "あおいだもの", DONE: "済んだもの"}


@blueprint.get("")
def index() -> str:
    """?show=mine|done, ?before="""
    show = request.args.get("show", TODO)
    if show not in LISTS:
        abort(404)
    page = page_of(current_user, show, max(request.args.get("before", 0, type=int), 0))
    return render_template("approvals/index.html", title="決裁", page=page, show=show, lists=LISTS, states=STATES,
                           asks=may(current_user, Approvals.ASK))


@blueprint.get("/<int:asking_id>")
def show(asking_id: int) -> str:
    return _paper(asking_id)


@blueprint.post("/<int:asking_id>/approval")
def approve(asking_id: int) -> Response:
    deciding.approve_step(current_user, asking_id, _number("step"))
    return _back(asking_id)


@blueprint.post("/<int:asking_id>/return")
def send_back(asking_id: int) -> Response | tuple[str, int]:
    try:
        deciding.return_asking(current_user, asking_id, _number("step"), reason(request.form))
    except Invalid as refusal:
        return _paper(asking_id, refusal), 422
    return _back(asking_id)


@blueprint.post("/<int:asking_id>/withdrawal")
def withdraw(asking_id: int) -> Response:
    asking.withdraw_asking(current_user, asking_id)
    return _back(asking_id)


@blueprint.get("/new")
def new() -> str:
    """?from= an asking of one's own that came back: its words are here to be mended."""
    authorize(current_user, Approvals.ASK)
    before = paper_for(current_user, request.args.get("from", 0, type=int)).asking if request.args.get("from") else None
    given = {"title": before.title, "summary": before.summary} if before and before.asker_id == current_user.user_id else {}
    return _form(given)


@blueprint.post("")
def ask() -> Response | tuple[str, int]:
    try:
        words = Words.parse(request.form)
        asking_id = asking.ask_approval(current_user, AskingDraft(words.title, words.summary, route_up(current_user, words.steps)))
    except Invalid as refusal:
        return _form(request.form, refusal), 422
    return _back(asking_id)


@blueprint.get("/absences")
def away() -> str:
    authorize(current_user, Approvals.BE_AWAY)
    return _absences({})


@blueprint.post("/absences")
def go_away() -> Response | tuple[str, int]:
    try:
        absences.register_absence(current_user, AbsenceDraft.parse(request.form))
    except Invalid as refusal:
        return _absences(request.form, refusal), 422
    return redirect(url_for("approvals.away"), 303)


@blueprint.post("/absences/<int:absence_id>/removal")
def be_back(absence_id: int) -> Response:
    absences.cancel_absence(current_user, absence_id)
    return redirect(url_for("approvals.away"), 303)


def _paper(asking_id: int, refusal: Invalid | None = None) -> str:
    paper = paper_for(current_user, asking_id)
    thing = paper.asking.thing
    return render_template(
        "approvals/asking.html", title=paper.asking.title, paper=paper, asking=paper.asking, states=STATES, refusal=refusal,
        card=cards_for(current_user, [thing]).get(thing) if thing else None, holders=holders_of(paper), earlier=earlier(paper),
        decides=can_decide(current_user, paper), mine=paper.asking.asker_id == current_user.user_id, waits=paper.asking.state == WAITING,
        left=[each for each, _ in waiting_for(current_user)])


def _form(given: Any, refusal: Invalid | None = None) -> str:
    route = route_up(current_user, 2)
    return render_template("approvals/new.html", title="決裁をあおぐ", given=given, refusal=refusal, names=words_of(route))


def _absences(given: Any, refusal: Invalid | None = None) -> str:
    found = absences_of(current_user)
    people = people_cards([*(each.deputy_id for each in found if each.deputy_id), *_chosen(given)])
    return render_template("approvals/absences.html", title="不在の登録", absences=found, people=people, given=given, refusal=refusal,
                           deputies=[people[number] for number in _chosen(given) if number in people])


def _chosen(given: Any) -> list[int]:
    text = given.get("deputy", "")
    return [int(text)] if text.isascii() and text.isdigit() and len(text) < 16 else []


def _number(name: str) -> int:
    return request.form.get(name, 0, type=int)


def _back(asking_id: int) -> Response:
    db.end_reading()
    return redirect(url_for("approvals.show", asking_id=asking_id), 303)
