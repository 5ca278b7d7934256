"""Pages for readers: the lists, a notice, and what one does with it."""
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from boards import reading
from boards.commands import comments as remarks
from boards.commands import receipts as deeds
from boards.forms import CommentDraft
from boards.models.notices import ANSWER, ASKING, CIRCULATE, STATES, STRENGTHS, WEIGHTS
from boards.permissions import (
    Boards,
    Desk,
    Sheet,
    can_answer,
    can_comment,
    can_confirm,
    can_edit,
    can_found,
    can_manage,
    can_post,
    can_recall,
    can_remind,
    can_watch,
)
from boards.queries.audience import said_of
from boards.queries.comments import comments_of
from boards.queries.desks import depths, desk_for, desks, put_away
from boards.queries.lists import NEW, OVER, SENT, WAITING, Asked, page_of, revisions_of
from boards.queries.receipts import reminders_of, standing, standing_then
from boards.queries.routes import stands_of
from boards.queries.sheets import sheet_for
from boards.queries.surveys import questions_of, reply_of
from groupware.files.queries import files_of
from groupware.kernel.actor import Actor, in_person
from groupware.kernel.given import line, number
from groupware.kernel.permissions import may
from groupware.kernel.ports import Asked as AskedFor
from groupware.kernel.ports import approval_desk
from groupware.kernel.ref import Ref
from groupware.kernel.revising import changed_lines

blueprint = Blueprint("boards", __name__, url_prefix="/boards", template_folder="../templates", static_folder="../static/boards",
                      static_url_path="/static")
LISTS = {NEW: "新着", WAITING: "まだのもの", SENT: "出したもの", OVER: "終わったもの"}


@blueprint.get("")
def index() -> str:
    """?show=waiting|sent|over, ?weight=, ?sender=, ?before="""
    return _list(None)


@blueprint.get("/<int:board_id>")
def board(board_id: int) -> str:
    return _list(desk_for(current_user, board_id))


@blueprint.get("/notices/<int:notice_id>")
def notice(notice_id: int) -> str:
    """Opening is reading: it is noted, but confirms nothing."""
    me = in_person(current_user)
    sheet = sheet_for(me, notice_id)
    if sheet.addressed and sheet.receipt and sheet.receipt.opened_at is None:
        reading.mark_opened(me, notice_id)
    files = files_of([Ref("boards.notice", notice_id)]) if sheet.notice.files else {}
    return render_template(
        "boards/notice.html", title=sheet.notice.title, sheet=sheet, notice=sheet.notice, files=next(iter(files.values()), []),
        can=_abilities(me, sheet), me=me, comments=comments_of(sheet.notice), strengths=STRENGTHS, weights=WEIGHTS, states=STATES,
        doing=_doing(sheet), asked=_asked_about(sheet), **_watching(sheet))


@blueprint.get("/notices/<int:notice_id>/revisions")
def revisions(notice_id: int) -> str:
    """What it said before each edit, with what became other words."""
    sheet = sheet_for(current_user, notice_id)
    found = revisions_of(sheet.notice)
    texts = [sheet.notice.body, *(revision.body for revision, _ in found)]
    shown = [(revision, name, changed_lines(before, after)) for (revision, name), before, after in zip(found, texts[1:], texts, strict=False)]
    return render_template("boards/revisions.html", title="直した跡", sheet=sheet, notice=sheet.notice, revisions=shown, strengths=STRENGTHS)


@blueprint.post("/notices/<int:notice_id>/confirmation")
def confirm(notice_id: int) -> Response:
    deeds.confirm_notice(current_user, notice_id, number(request.form, "asked"))
    return _back(notice_id)


@blueprint.post("/notices/<int:notice_id>/stand-in")
def stand_in(notice_id: int) -> Response:
    """代理確認"""
    deeds.confirm_for(current_user, notice_id, number(request.form, "person"), line(request.form, "reason"))
    return _back(notice_id)


@blueprint.post("/notices/<int:notice_id>/comments")
def comment(notice_id: int) -> Response:
    comment_id = remarks.post_comment(current_user, notice_id, CommentDraft.parse(request.form))
    return redirect(url_for("boards.notice", notice_id=notice_id, _anchor=f"c{comment_id}"), 303)


@blueprint.post("/notices/<int:notice_id>/comments/<int:comment_id>/removal")
def unsay(notice_id: int, comment_id: int) -> Response:
    remarks.remove_comment(current_user, comment_id)
    return _back(notice_id)


def _list(desk: Desk | None) -> str:
    found, show = desks(current_user), request.args.get("show", NEW)
    if show not in LISTS:
        abort(404)
    asked = _asked(show, _below(found, desk))
    return render_template(
        "boards/index.html", title=desk.board.name if desk else "掲示板", desk=desk, desks=found, depths=depths(found),
        page=page_of(current_user, asked), asked=asked, lists=LISTS, strengths=STRENGTHS, weights=WEIGHTS, states=STATES,
        away=put_away(current_user) if show == OVER else [], can=_abilities_here(found, desk))


def _asked(show: str, boards: tuple[int, ...]) -> Asked:
    weight, before = request.args.get("weight", ""), request.args.get("before", 0, type=int)
    return Asked(show, boards, weight if weight in WEIGHTS else "", request.args.get("sender", ""), max(before, 0))


def _abilities_here(found: list[Desk], desk: Desk | None) -> dict[str, bool]:
    return {"post": any(can_post(current_user, each) for each in ([desk] if desk else found)),
            "manage": desk is not None and can_manage(current_user, desk), "found": can_found(current_user, None)}


def _below(found: list[Desk], desk: Desk | None) -> tuple[int, ...]:
    """The board and those below it."""
    if desk is None:
        return ()
    here = {desk.board.id}
    for each in found:
        if each.board.parent_id in here:
            here.add(each.board.id)
    return tuple(sorted(here))


def _watching(sheet: Sheet) -> dict[str, Any]:
    """The column with the bars, for whoever may look."""
    if not can_watch(current_user, sheet):
        return {"standing": None}
    return {"standing": standing(sheet), "then": standing_then(sheet), "reminders": reminders_of(sheet.notice),
            "for_whom": said_of(sheet.notice)}


def _doing(sheet: Sheet) -> dict[str, Any]:
    """What is asked and what one has answered, or the way of the round."""
    notice = sheet.notice
    if notice.strength == CIRCULATE:
        return {"way": stands_of(current_user, sheet), "lead": may(current_user, Boards.LEAD, sheet)}
    if notice.strength == ANSWER:
        mine = reply_of(notice, sheet.receipt) if sheet.receipt and sheet.addressed else None
        return {"questions": questions_of(notice), "mine": mine, "fill": may(current_user, Boards.ANSWER, sheet)}
    return {}


def _asked_about(sheet: Sheet) -> AskedFor | None:
    return approval_desk().standing(Ref("boards.notice", sheet.notice.id)) if sheet.notice.state == ASKING else None


def _abilities(me: Actor, sheet: Sheet) -> dict[str, bool]:
    tests = {"edit": can_edit, "comment": can_comment, "answer": can_answer, "confirm": can_confirm, "watch": can_watch, "remind": can_remind,
             "recall": can_recall}
    return {name: test(me, sheet) for name, test in tests.items()}


def _back(notice_id: int) -> Response:
    return redirect(url_for("boards.notice", notice_id=notice_id), 303)
