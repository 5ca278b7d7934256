"""/sign-in, /sign-out."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.auth.arrival import Arrival, arrival, remember_device
from groupware.auth.commands import entering
from groupware.auth.demo import chosen, demo_people, may_choose
from groupware.auth.entering import Entered, enter, enter_as_demo
from groupware.auth.first_run import is_first_run
from groupware.auth.forms import Credentials
from groupware.auth.login import forget, remember
from groupware.auth.models import PROOF
from groupware.auth.returning import HOME, way_back
from groupware.auth.views import blueprint
from groupware.directory.queries import city_name
from groupware.kernel.errors import Refusal

Answer = str | Response | tuple[str, int]


@blueprint.get("/sign-in")
def sign_in() -> Answer:
    if is_first_run():
        return redirect(url_for("auth.first_run"))
    if current_user.is_authenticated:
        return redirect(way_back(request.args.get("next")) or HOME)
    return _page()


@blueprint.post("/sign-in")
def try_password() -> Answer:
    known = arrival()
    try:
        entered = enter(Credentials.parse(request.form), known)
    except Refusal as refusal:
        return _page(refusal), refusal.status
    return _let_in(entered, known)


@blueprint.post("/sign-in/demo")
def choose_person() -> Answer:
    known = arrival()
    return _let_in(enter_as_demo(chosen(request.form.get("user_id", "")), known), known)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """What the browser keeps of this site for the person (drafts, unsent lines) goes as well: the next one may be somebody else."""
    entering.sign_out(current_user)
    forget()
    response = redirect(url_for("auth.sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def _page(refusal: Refusal | None = None) -> str:
    people = demo_people() if may_choose() else []
    return render_template("auth/sign_in.html", refusal=refusal, people=people, next=way_back(request.values.get("next")) or "",
                           staff_number=request.form.get("staff_number", "")[:100], city=city_name())


def _let_in(entered: Entered, known: Arrival) -> Response:
    remember(entered.actor, entered.token)
    response = redirect(way_back(request.form.get("next")) or HOME, 303)
    if entered.owes != PROOF:           # known when both factors were given on it: whoever has the password alone could try codes for ever
        remember_device(response, known, entered.actor.user_id)
    return response
