"""回答: the door for answers, and what came of them."""
from collections.abc import Iterator

from flask import Response as FlaskResponse
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from boards.commands.surveys import answer_notice
from boards.forms import AnswerDraft
from boards.models.notices import Notice
from boards.permissions import Boards, Sheet
from boards.queries.receipts import standing
from boards.queries.sheets import sheet_for
from boards.queries.surveys import questions_of, replies_of, results_of, shown, units_missing
from boards.views.reading import blueprint
from groupware.kernel.given import number
from groupware.kernel.permissions import authorize
from groupware.ui.tables import as_table, minute


@blueprint.post("/notices/<int:notice_id>/answers")
def answer(notice_id: int) -> Response:
    sheet = sheet_for(current_user, notice_id)
    draft = AnswerDraft.parse(request.form, questions_of(sheet.notice), number(request.form, "asked"))
    answer_notice(current_user, notice_id, draft)
    return redirect(url_for("boards.notice", notice_id=notice_id, _anchor="answers"), 303)


@blueprint.get("/notices/<int:notice_id>/results")
def results(notice_id: int) -> str:
    """Charts with the table beside them."""
    sheet = _collecting(notice_id)
    notice = sheet.notice
    return render_template("boards/results.html", title="集まった回答", sheet=sheet, notice=notice, results=results_of(notice),
                           standing=standing(sheet), missing=units_missing(notice) if notice.by_unit else [],
                           replies=[] if notice.anonymous else replies_of(notice))


@blueprint.get("/notices/<int:notice_id>/answers.csv")
def answers_list(notice_id: int) -> FlaskResponse:
    """?encoding=: one line an answer; of an anonymous one only how many there are of each."""
    notice = _collecting(notice_id).notice
    if notice.anonymous:
        return as_table(f"answers-{notice_id}", ("設問", "答え", "人数"), _counted(notice))
    questions = questions_of(notice)
    heads = ("所属", "氏名", "答えた日時", *(question.text for question in questions))
    return as_table(f"answers-{notice_id}", heads, ((reply.user_label, reply.user_name, minute(reply.at), *(
        shown(question, reply.answers.get(str(question.id))) for question in questions)) for reply in replies_of(notice)))


def _collecting(notice_id: int) -> Sheet:
    sheet = sheet_for(current_user, notice_id)
    authorize(current_user, Boards.COLLECT, sheet)
    return sheet


def _counted(notice: Notice) -> Iterator[tuple[str, str, object]]:
    found = results_of(notice)
    if found.hidden:
        yield found.hidden, "", ""
    for result in found.questions:
        yield from ((result.question.text, bar.words, bar.people) for bar in result.bars)
        yield from ((result.question.text, words, 1) for words in result.words)
