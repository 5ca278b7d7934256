"""Before anything else: is the request from our own pages, and may this door be used at all? What is not named in a manifest is closed."""
import logging
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as AnyResponse

from groupware.auth.models import PROOF, SETUP
from groupware.kernel.errors import Forbidden, NotFound, SignInNeeded
from groupware.kernel.house import house
from groupware.kernel.permissions import PUBLIC

log = logging.getLogger(__name__)
CHANGES_NOTHING = {"GET", "HEAD", "OPTIONS", "TRACE"}
WITH_AN_INITIAL_PASSWORD = {"auth.password", "auth.change_own_password", "auth.sign_out"}
WITH_A_PROOF_OWED = {"auth.factor", "auth.prove_factor", "auth.sign_out"}
WITH_A_SETUP_OWED = {"auth.new_factor", "auth.set_factor", "auth.sign_out"}
PROVE_FIRST = "先に、確認コードを入れてください。"
SET_UP_FIRST = "先に、確認コード（二つ目の確かめ）の準備をしてください。"
NOT_FROM_HERE = "このサイトの画面からの操作ではないため、受け付けませんでした。画面を開き直して、もう一度お試しください。"
CHANGE_FIRST = "先に、初めのパスワードをご自分のものに変えてください。"


def install_guard(app: Flask) -> None:
    app.before_request(know_nobody)
    app.before_request(refuse_foreign)
    app.before_request(keep_the_door)
    app.after_request(keep_to_oneself)


def know_nobody() -> None:
    """Flask-Login keeps its answer in ``g``, which outlives the request where a context was already open: never somebody else's."""
    g.pop("_login_user", None)


def refuse_foreign() -> None:
    """Cross-site request forgery, by what only the browser itself can say. Raises Forbidden."""
    if request.method not in CHANGES_NOTHING and not _from_our_pages():
        log.warning("refused: %s %s, site %r, origin %r, host %r", request.method, request.path,
                    request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin"), request.host)
        raise Forbidden(NOT_FROM_HERE)


def keep_the_door() -> AnyResponse | None:
    """Permissions on things are judged where the thing is found; here only who may come in at all."""
    if request.endpoint is None:            # no such page, or not with this method: said to everybody alike
        return None
    door = house.access.get(request.endpoint)
    if door is PUBLIC:
        return None
    if door is None:
        raise NotFound
    if not current_user.is_authenticated:
        raise SignInNeeded
    if current_user.owes == PROOF and request.endpoint not in WITH_A_PROOF_OWED:
        return _to("auth.factor", PROVE_FIRST)
    if current_user.must_change_password and request.endpoint not in WITH_AN_INITIAL_PASSWORD:
        return _to("auth.password", CHANGE_FIRST)
    if current_user.owes == SETUP and not current_user.must_change_password and request.endpoint not in WITH_A_SETUP_OWED:
        return _to("auth.new_factor", SET_UP_FIRST)
    return None


def keep_to_oneself(response: Response) -> Response:
    """No copy of a signed-in person's page stays behind, unless the page says otherwise itself."""
    if request.endpoint and house.access.get(request.endpoint) is not PUBLIC:
        response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def wants_page() -> bool:
    """A person looks at the answer, rather than a script."""
    return request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html" and not request.is_json


def _from_our_pages() -> bool:
    """Sec-Fetch-Site where the browser sends it (everywhere but on plain HTTP in a network), else Origin; without both, no.

    The host is looked at too, for a foreign name that was made to point here would count as the same origin.
    """
    origins = current_app.config["ORIGINS"]
    if urlsplit(f"//{request.host}").hostname not in {urlsplit(origin).hostname for origin in origins}:
        return False
    site = request.headers.get("Sec-Fetch-Site")
    return site == "same-origin" if site is not None else request.headers.get("Origin") in origins


def _to(endpoint: str, sentence: str) -> AnyResponse:
    if not wants_page():
        raise Forbidden(sentence)
    return redirect(url_for(endpoint), 303)
