"""/me: the person's own sign-ins and password."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.auth import hashing
from groupware.auth.arrival import place_words
from groupware.auth.commands.ending import end_session, end_sessions
from groupware.auth.commands.passwords import change_password
from groupware.auth.entering import prove_again
from groupware.auth.factors import codes_left, has_factor, is_demanded
from groupware.auth.forms import PasswordDraft
from groupware.auth.queries import account_of, known_words, open_sessions
from groupware.auth.returning import HOME
from groupware.auth.views import blueprint
from groupware.directory.queries import people_cards, posts_of
from groupware.kernel.errors import Refusal

blueprint.add_app_template_filter(place_words, "place_words")


@blueprint.get("/me")
def me() -> str:
    user_id = current_user.user_id
    return render_template("auth/me.html", card=people_cards([user_id])[user_id], posts=posts_of(user_id), sessions=open_sessions(user_id),
                           has_password=account_of(user_id).hash is not None, factor=has_factor(user_id), codes_left=codes_left(user_id),
                           demanded=is_demanded(current_user))


@blueprint.post("/me/sessions/<int:session_id>/ending")
def end_one(session_id: int) -> Response:
    end_session(current_user, session_id)
    return redirect(url_for("auth.me"), 303)


@blueprint.post("/me/sessions/ending")
def end_others() -> Response:
    end_sessions(current_user, current_user.user_id)
    return redirect(url_for("auth.me"), 303)


@blueprint.get("/me/password")
def password() -> str:
    return _page()


@blueprint.post("/me/password")
def change_own_password() -> str | Response | tuple[str, int]:
    actor = current_user._get_current_object()      # noqa: SLF001 (the proxy's own way)
    try:
        draft = PasswordDraft.parse(request.form, known_words(actor.user_id))
        paid = prove_again(actor, draft.current)
        change_password(actor, hashing.hash_of(draft.new), paid)
    except Refusal as refusal:
        return _page(refusal), refusal.status
    return redirect(HOME if actor.must_change_password else url_for("auth.me"), 303)


def _page(refusal: Refusal | None = None) -> str:
    return render_template("auth/password.html", refusal=refusal, first=current_user.must_change_password)
