"""/auth/people, /auth/initial-passwords: an administrator looks after other people's sign-ins. Not their talks: those have no door here."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.auth.commands.ending import end_session, end_sessions
from groupware.auth.factors import has_factor
from groupware.auth.issuing import MOST_AT_ONCE, issue, issue_slips, waiting_by_unit
from groupware.auth.permissions import Auth
from groupware.auth.queries import account_of, holder_for, open_sessions, session_for
from groupware.auth.views import blueprint
from groupware.directory.queries import people_cards
from groupware.kernel.errors import NotFound
from groupware.kernel.permissions import authorize

UNKNOWN = -2


@blueprint.get("/auth/people/<int:user_id>")
def person(user_id: int) -> str:
    authorize(current_user, Auth.MANAGE)
    return _page(user_id)


@blueprint.post("/auth/people/<int:user_id>/sessions/<int:session_id>/ending")
def end_one_of(user_id: int, session_id: int) -> Response:
    authorize(current_user, Auth.MANAGE)
    if session_for(current_user, session_id).user_id != user_id:
        raise NotFound
    end_session(current_user, session_id)
    return redirect(url_for("auth.person", user_id=user_id), 303)


@blueprint.post("/auth/people/<int:user_id>/sessions/ending")
def end_all_of(user_id: int) -> Response:
    authorize(current_user, Auth.MANAGE)
    end_sessions(current_user, user_id)
    return redirect(url_for("auth.person", user_id=user_id), 303)


@blueprint.post("/auth/people/<int:user_id>/password")
def issue_to(user_id: int) -> str:
    """The answer is the only page that ever shows it: no redirect, nothing kept."""
    authorize(current_user, Auth.MANAGE)
    return _page(user_id, issued=issue(current_user, user_id))


@blueprint.get("/auth/initial-passwords")
def initial_passwords() -> str:
    authorize(current_user, Auth.MANAGE)
    return render_template("auth/initial_passwords.html", units=waiting_by_unit(), most=MOST_AT_ONCE)


@blueprint.post("/auth/initial-passwords")
def issue_by_unit() -> str:
    """A sheet of slips to print; ``unused`` makes those anew that were given and not changed."""
    authorize(current_user, Auth.MANAGE)
    unit = waiting_by_unit().get(request.form.get("unit_id", UNKNOWN, int))
    people = unit and (unit.unused if request.form.get("which") == "unused" else unit.missing)
    if not people:
        raise NotFound
    return render_template("auth/slips.html", unit=unit, slips=issue_slips(current_user, people))


def _page(user_id: int, issued: str = "") -> str:
    user_id = holder_for(current_user, user_id)
    return render_template("auth/person.html", card=people_cards([user_id])[user_id], sessions=open_sessions(user_id),
                           account=account_of(user_id), issued=issued, factor=has_factor(user_id), is_self=user_id == current_user.user_id)
