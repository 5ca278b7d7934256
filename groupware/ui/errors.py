"""A refusal, a missing page, a failure: told to a person as a page, to a program as JSON. Neither needs the database."""
import logging
from dataclasses import dataclass

from flask import Flask, Response, current_app, jsonify, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from groupware.auth.guard import wants_page
from groupware.auth.returning import way_back
from groupware.kernel import trace
from groupware.kernel.errors import Forbidden, Refusal, SignInNeeded, TooMany, Unavailable
from groupware.kernel.permissions import note_refusal

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Telling:
    """What happened, what was kept, what to do."""

    heading: str
    kept: str
    todo: str


UNCHANGED = "この操作は行われていません。ほかの内容も変わっていません。"
SEARCH_ON = "リンクが古いか、移動または削除されたか、見る権限がありません。ホームからさがし直してください。"
TELLINGS = {
    400: Telling("送られた内容を読み取れませんでした", UNCHANGED, "前の画面を開き直してから、もう一度お試しください。"),
    403: Telling("この操作をする権限がありません", UNCHANGED, "必要な操作のときは、その部屋や文書の担当者か、情報担当にお尋ねください。"),
    404: Telling("見つかりません", UNCHANGED, SEARCH_ON),
    405: Telling("この開き方はできません", UNCHANGED, "ホームから開き直してください。"),
    409: Telling("ほかの人が先に変更しました", UNCHANGED, "いまの内容を確かめてから、もう一度操作してください。"),
    410: Telling("もうありません", UNCHANGED, "要るときは、送った人か情報担当にお尋ねください。"),
    413: Telling("送られたものが大きすぎます", UNCHANGED, "ファイルを分けるか、小さくしてから付けてください。"),
    422: Telling("入力を確かめてください", UNCHANGED, "前の画面に戻り、次のところを直してください。"),
    423: Telling("このファイルは開けません", "ファイルはそのまま残っています。",
                 "検査が終わると開けます。問題が見つかったものは、情報担当にお尋ねください。"),
    429: Telling("操作が続いたため、少しお待ちください", UNCHANGED, "少し待ってから、もう一度お試しください。"),
    500: Telling("うまく処理できませんでした", "途中の変更は取り消されています。ほかの内容は変わっていません。",
                 "もう一度お試しください。続くときは、下の番号を情報担当にお知らせください。"),
    503: Telling("ただいま混み合っています", UNCHANGED, "少し待ってから、もう一度お試しください。"),
}
STRANGE = TELLINGS[400]
MUCH = 80           # characters: from here on it would hurt to write a text again; and nobody's password is so long


def install_errors(app: Flask) -> None:
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(OperationalError, _no_database)
    app.register_error_handler(Exception, _failed)


def _refused(refusal: Refusal) -> ResponseReturnValue:
    if isinstance(refusal, SignInNeeded) and wants_page():
        back = way_back(request.full_path.removesuffix("?")) if request.method == "GET" else None
        return redirect(url_for("auth.sign_in", next=back), 303)
    if isinstance(refusal, Forbidden) and current_user.is_authenticated:
        note_refusal(current_user._get_current_object(), request.endpoint or "", request.path)      # noqa: SLF001 (the proxy's own way)
    said_already = refusal.message == refusal.sentence or getattr(refusal, "fields", None)
    response = _tell(refusal.status, refusal.as_dict(), "" if said_already else refusal.message)
    if isinstance(refusal, TooMany | Unavailable):
        response.headers["Retry-After"] = str(getattr(refusal, "after", 5))
    return response


def _http(error: HTTPException) -> ResponseReturnValue:
    """What Flask itself refuses; a redirect to the right slash is an answer, not an error."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    heading = TELLINGS.get(status, STRANGE).heading
    response = _tell(status, {"error": error.name.lower().replace(" ", "-"), "message": f"{heading}。"}, "")
    response.headers.update({name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}})
    return response


def _no_database(error: OperationalError) -> ResponseReturnValue:
    """Locked, restarting, away: it is back soon."""
    log.error("the database does not answer: %s", error)
    return _refused(Unavailable())


def _failed(error: Exception) -> ResponseReturnValue:
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return _tell(500, {"error": "failed", "message": TELLINGS[500].heading + "。もう一度お試しください。"}, "")


def _tell(status: int, for_programs: dict[str, object], sentence: str) -> Response:
    if not wants_page():
        response = jsonify({**for_programs, "request": trace.current().request_id})
    else:
        response = make_response(_page(status, for_programs, sentence))
        response.headers["X-Telling"] = "page"      # a form that is still on the screen shows it there: static/js/turbo.js
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(status: int, for_programs: dict[str, object], sentence: str) -> str:
    """Rendered without the context of the application: asking who is signed in may be what has just failed."""
    telling = TELLINGS.get(status, STRANGE)
    fields = for_programs.get("fields") or {}
    return current_app.jinja_env.get_template("ui/errors.html").render(
        title=telling.heading, telling=telling, sentence=sentence, status=status, looking=request.method == "GET", fields=fields,
        written=_written(status), request_id=trace.current().request_id, demo=current_app.config.get("DEMO", False))


def _written(status: int) -> list[str]:
    """What a person has typed and a refused form would lose. A form that was too big cannot be read again."""
    if request.method == "GET" or status == 413:
        return []
    return [text for _, text in request.form.items(multi=True) if len(text) >= MUCH or "\n" in text]
