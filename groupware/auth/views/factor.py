"""/sign-in/factor: the second factor after the password. /me/factor: one's own. /auth/people/<id>/factor: an administrator takes a lost one away."""
import unicodedata

from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.auth import throttle
from groupware.auth.arrival import Arrival, arrival, remember_device
from groupware.auth.commands import factors as deeds
from groupware.auth.commands.entering import note_failure
from groupware.auth.entering import prove_again
from groupware.auth.factors import Offer, has_factor, is_code, is_demanded, new_codes, offer, offered
from groupware.auth.models import PROOF, SETUP
from groupware.auth.returning import HOME, way_back
from groupware.auth.strength import composed
from groupware.auth.throttle import Purse
from groupware.auth.views import blueprint
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Invalid, Refusal

Answer = str | Response | tuple[str, int]


@blueprint.get("/sign-in/factor")
def factor() -> Answer:
    return _proof_page() if current_user.owes == PROOF else redirect(HOME)


@blueprint.post("/sign-in/factor")
def prove_factor() -> Answer:
    """A code of the telephone, or one of those on paper."""
    actor, known = _me(), arrival()
    try:
        paid = _pay(actor, known)
        try:
            _prove(actor, _typed("code"), paid)
        except Invalid:
            note_failure(actor, actor.user_id, "factor")
            raise
    except Refusal as refusal:
        return _proof_page(refusal), refusal.status
    response = redirect(way_back(request.form.get("next")) or HOME, 303)
    remember_device(response, known, actor.user_id)
    return response


@blueprint.get("/me/factor/new")
def new_factor() -> str:
    return _setup_page(offer(_me()))


@blueprint.post("/me/factor")
def set_factor() -> Answer:
    actor, codes = _me(), new_codes()
    try:
        secret = offered(actor, request.form.get("sealed", ""))
        paid = _again(actor)
        deeds.set_factor(actor, secret, _typed("code"), codes)
        _forgive(paid)
    except Refusal as refusal:
        return _setup_page(offer(actor), refusal), refusal.status
    return _codes_page(codes)


@blueprint.post("/me/factor/codes")
def renew_codes() -> Answer:
    actor, codes = _me(), new_codes()
    paid = _again(actor)
    deeds.renew_codes(actor, codes)
    _forgive(paid)
    return _codes_page(codes)


@blueprint.post("/me/factor/removal")
def remove_factor() -> Response:
    actor = _me()
    if is_demanded(actor):
        raise Invalid("あなたの役割では、確認コードをやめられません。機器を替えるときは、新しい機器で準備し直してください。")
    paid = _again(actor)
    deeds.remove_factor(actor)
    _forgive(paid)
    return redirect(url_for("auth.me"), 303)


@blueprint.post("/auth/people/<int:user_id>/factor/removal")
def reset_factor(user_id: int) -> Response:
    """The administrator gives their own password once more."""
    actor = _me()
    paid = _again(actor)
    deeds.reset_factor(actor, user_id)
    _forgive(paid)
    return redirect(url_for("auth.person", user_id=user_id), 303)


def _prove(actor: Actor, code: str, paid: tuple[Purse, ...]) -> None:
    if is_code(code):
        deeds.prove_factor(actor, code, paid)
    else:
        deeds.prove_by_recovery(actor, code, paid)


def _pay(actor: Actor, known: Arrival) -> tuple[Purse, ...]:
    """As a password is paid for: strangers who have the password use up the strangers' budget, never the owner's."""
    name = f"factor:{actor.user_id}"
    purses = throttle.of_known_device(name, known) if known.knows(actor.user_id) else throttle.of_account(name, known)
    throttle.pay(purses)
    return tuple(purses)


def _again(actor: Actor) -> tuple[Purse, ...]:
    """Who has just come in by the password, and may do nothing but set this up, need not give it twice."""
    return () if actor.owes == SETUP else prove_again(actor, composed(request.form.get("current", "")))


def _forgive(paid: tuple[Purse, ...]) -> None:
    throttle.forgive(list(paid))


def _typed(name: str) -> str:
    """Full width and spaces within are what was meant."""
    return "".join(unicodedata.normalize("NFKC", request.form.get(name, "")[:100]).split()).lower()


def _me() -> Actor:
    actor: Actor = current_user._get_current_object()       # noqa: SLF001 (the proxy's own way)
    return actor


def _proof_page(refusal: Refusal | None = None) -> str:
    return render_template("auth/factor.html", refusal=refusal, next=way_back(request.values.get("next")) or "")


def _setup_page(offered_now: Offer, refusal: Refusal | None = None) -> str:
    return render_template("auth/new_factor.html", refusal=refusal, offer=offered_now, first=current_user.owes == SETUP,
                           again=has_factor(current_user.user_id))


def _codes_page(codes: tuple[str, ...]) -> str:
    return render_template("auth/factor_codes.html", codes=codes)
