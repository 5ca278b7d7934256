"""お知らせの設定: how one is told of what, and when not."""
from collections.abc import Mapping
from typing import Any

from flask import current_app, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.directory.queries.people import user_for
from groupware.kernel.errors import Invalid
from groupware.kernel.feature import Feature
from groupware.kernel.house import house
from groupware.notifications.commands.choices import choose_ways
from groupware.notifications.forms import MAILED, SHOWN, WaysDraft
from groupware.notifications.queries.choices import hours_of, ways_of
from groupware.notifications.queries.letters import titles_allowed
from groupware.notifications.quiet import Hours
from groupware.notifications.views import blueprint


@blueprint.get("/settings")
def settings() -> str:
    return _page(_given(hours_of(current_user.user_id)), {})


@blueprint.post("/settings")
def choose() -> Response | tuple[str, int]:
    try:
        choose_ways(current_user, WaysDraft.parse(request.form))
    except Invalid as refusal:
        return _page(request.form, refusal.fields), refusal.status
    return redirect(url_for("notifications.settings", saved=1), 303)


def _page(given: Mapping[str, Any], errors: dict[str, str]) -> str:
    config, address = current_app.config["HOUSE"], user_for(current_user, current_user.user_id).email
    return render_template("notifications/settings.html", title="お知らせの設定", given=given, errors=errors, rooms=_rooms(), shown=SHOWN,
                           mailed=MAILED, mail_on=bool(config.mail_host), address=address, titles=titles_allowed(), saved=request.args.get("saved"))


def _rooms() -> list[Feature]:
    return [feature for feature in house.features if feature.notices]


def _given(hours: Hours) -> dict[str, Any]:
    """As the form sends it."""
    given: dict[str, Any] = {"nights": "1" if hours.nights else "", "holidays": "1" if hours.holidays else "",
                             "night_from": _clock(hours.night_from), "night_to": _clock(hours.night_to),
                             "leave_from": hours.leave_from or "", "leave_to": hours.leave_to or ""}
    for name, way in ways_of(current_user.user_id).items():
        given |= {f"show-{name}": way.show, f"mail-{name}": way.mail, f"passes-{name}": "1" if way.passes else ""}
    return given


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"
