"""Pages for the sending side: writing, looking at whom it reaches, publishing, watching, reminding."""
from flask import Response as FlaskResponse
from flask import jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from boards.commands import publishing, reminding
from boards.commands import writing as deeds
from boards.forms import NoticeDraft, parts
from boards.models.notices import CIRCULATE, DRAFT, STATES, STRENGTHS, WEIGHTS
from boards.permissions import Boards, can_edit, can_remind, can_watch
from boards.queries.audience import parts_of, reach, reach_of
from boards.queries.choices import choices, filled, models_on
from boards.queries.desks import desks_to_post
from boards.queries.receipts import STATES as PROGRESS
from boards.queries.receipts import readers
from boards.queries.routes import stands_of
from boards.queries.sheets import sheet_for
from boards.queries.surveys import questions_of
from boards.views.reading import blueprint
from groupware.files.queries import files_of
from groupware.kernel.errors import Conflict, Forbidden
from groupware.kernel.given import line, number, numbers
from groupware.kernel.permissions import may
from groupware.kernel.ref import Ref
from groupware.ui.tables import as_table, minute


@blueprint.get("/notices/new")
def new_notice() -> str:
    """?board=, ?from=: a notice to begin with the words and the audience of."""
    desks = desks_to_post(current_user)
    if not desks:
        raise Forbidden("お知らせを載せられる掲示板がありません。掲示板を管理する人に頼んでください。")
    model = request.args.get("from", type=int)
    sheet = sheet_for(current_user, model) if model else None
    values = filled(sheet.notice, parts_of(sheet.notice.id)) if sheet else {}
    return render_template("boards/compose.html", title="お知らせを書く", desks=desks, notice=None, files=[], models=models_on(desks),
                           values={**values, "board": request.args.get("board") or (sheet and sheet.board.id)}, **choices(current_user))


@blueprint.post("/notices")
def draft() -> Response:
    notice_id = deeds.draft_notice(current_user, number(request.form, "board"), NoticeDraft.parse(request.form))
    return redirect(url_for("boards.preview", notice_id=notice_id), 303)


@blueprint.get("/notices/<int:notice_id>/editing")
def editing(notice_id: int) -> str:
    sheet = sheet_for(current_user, notice_id)
    if not can_edit(current_user, sheet):
        raise Forbidden
    files = files_of([Ref("boards.notice", notice_id)]).values()
    return render_template("boards/compose.html", title="お知らせを直す", desks=[], notice=sheet.notice, files=next(iter(files), []), sheet=sheet,
                           models=[], values=filled(sheet.notice, parts_of(notice_id)), **choices(current_user))


@blueprint.post("/notices/<int:notice_id>/text")
def edit(notice_id: int) -> Response | tuple[str, int]:
    """Nobody's text is lost: of two who edit, the second sees both side by side."""
    found = NoticeDraft.parse(request.form)
    try:
        deeds.edit_notice(current_user, notice_id, found)
    except Conflict as conflict:
        return _side_by_side(notice_id, conflict)
    sheet = sheet_for(current_user, notice_id)
    return redirect(url_for("boards.preview" if sheet.notice.state == DRAFT else "boards.notice", notice_id=notice_id), 303)


@blueprint.get("/notices/<int:notice_id>/preview")
def preview(notice_id: int) -> str:
    """「312人 / 14課 に届きます」, with names, before anything is sent."""
    sheet = sheet_for(current_user, notice_id)
    if not can_edit(current_user, sheet):
        raise Forbidden
    files = files_of([Ref("boards.notice", notice_id)]).values()
    return render_template("boards/preview.html", title="送る前に確かめる", sheet=sheet, notice=sheet.notice, reach=reach_of(sheet.notice),
                           files=next(iter(files), []), strengths=STRENGTHS, weights=WEIGHTS, states=STATES, questions=questions_of(sheet.notice),
                           way=stands_of(current_user, sheet) if sheet.notice.strength == CIRCULATE else [])


@blueprint.post("/audience")
def audience() -> FlaskResponse:
    """Whom the chosen circles reach, while they are being chosen."""
    if not desks_to_post(current_user):
        raise Forbidden
    found = reach(parts(request.form))
    return jsonify(people=found.people, sections=len(found.sections), words=found.words,
                   names=[{"section": section, "people": [card.name for card in cards]} for section, cards in found.sections])


@blueprint.post("/notices/<int:notice_id>/publication")
def publish(notice_id: int) -> Response:
    publishing.publish_notice(current_user, notice_id)
    return redirect(url_for("boards.notice", notice_id=notice_id), 303)


@blueprint.post("/notices/<int:notice_id>/withdrawal")
def withdraw(notice_id: int) -> Response:
    publishing.withdraw_notice(current_user, notice_id, line(request.form, "reason", most=300))
    return redirect(url_for("boards.notice", notice_id=notice_id), 303)


@blueprint.post("/notices/<int:notice_id>/recall")
def recall(notice_id: int) -> Response:
    publishing.recall_notice(current_user, notice_id)
    return redirect(url_for("boards.preview", notice_id=notice_id), 303)


@blueprint.post("/notices/<int:notice_id>/model")
def keep_model(notice_id: int) -> Response:
    """書式"""
    deeds.keep_model(current_user, notice_id)
    return redirect(url_for("boards.new_notice"), 303)


@blueprint.post("/notices/<int:notice_id>/removal")
def drop(notice_id: int) -> Response:
    deeds.drop_draft(current_user, notice_id)
    return redirect(url_for("boards.index", show="sent"), 303)


@blueprint.get("/notices/<int:notice_id>/people")
def people(notice_id: int) -> str:
    """?unit=: the names behind a bar."""
    sheet = sheet_for(current_user, notice_id)
    if not can_watch(current_user, sheet):
        raise Forbidden
    unit = number(request.args, "unit")
    return render_template("boards/_people.html", notice=sheet.notice, unit=unit, readers=readers(sheet, unit), progress=PROGRESS,
                           may_remind=can_remind(current_user, sheet), may_stand_in=may(current_user, Boards.STAND_IN, sheet))


@blueprint.get("/notices/<int:notice_id>/people.csv")
def people_list(notice_id: int) -> FlaskResponse:
    """Everybody one may watch, with what they have done; for Excel."""
    sheet = sheet_for(current_user, notice_id)
    if not can_watch(current_user, sheet):
        raise Forbidden
    heads = ("所属", "氏名", "職員番号", "ようす", "開いた日時", "確認・回答した日時", "代わりに確認したわけ")
    return as_table(f"notice-{notice_id}", heads, ((each.card.label, each.card.name, each.card.staff_number, PROGRESS[each.state],
                                                    minute(each.receipt.opened_at), minute(each.receipt.confirmed_at),
                                                    each.receipt.stand_in_reason or "") for each in readers(sheet)))


@blueprint.post("/notices/<int:notice_id>/reminders")
def remind(notice_id: int) -> Response:
    reminding.remind_missing(current_user, notice_id, number(request.form, "unit") or None, numbers(request.form, "person"))
    return redirect(url_for("boards.notice", notice_id=notice_id, _anchor="status"), 303)


def _side_by_side(notice_id: int, conflict: Conflict) -> tuple[str, int]:
    sheet = sheet_for(current_user, notice_id)
    mine = [(key, value) for key, value in request.form.items(multi=True) if key != "version"]
    return render_template("boards/conflict.html", title="ほかの人が先に直しました", notice=sheet.notice, words=conflict.message, mine=mine,
                           my_body=request.form.get("body", ""), my_title=request.form.get("title", "")), 409
