"""災害の知らせ: what is told in spite of everything."""
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from groupware.kernel.errors import Invalid
from groupware.kernel.permissions import authorize
from groupware.kernel.ref import Ref
from groupware.kernel.things import card_for
from groupware.notifications.commands.alarms import end_alarm, raise_alarm
from groupware.notifications.forms import parse_reason
from groupware.notifications.permissions import Notifications
from groupware.notifications.queries.alarms import alarms_seen_by
from groupware.notifications.queries.codes import ref_of_code
from groupware.notifications.views import blueprint


@blueprint.get("/alarms")
def alarms(errors: dict[str, str] | None = None) -> str:
    """?about=chat.room:7 fills in of what."""
    authorize(current_user, Notifications.ALARM)
    given = request.values.get("about", "")
    about = card_for(current_user, Ref.parse(given)) if given else None
    return render_template("notifications/alarms.html", title="災害の知らせ", alarms=alarms_seen_by(current_user), about=about, errors=errors or {},
                           given=request.form)


@blueprint.post("/alarms")
def sound() -> Response | tuple[str, int]:
    try:
        about = Ref.parse(request.form["about"]) if request.form.get("about") else ref_of_code(request.form.get("code", "")[:40])
        raise_alarm(current_user, about, parse_reason(request.form.get("reason", "")))
    except Invalid as refusal:
        return alarms(refusal.fields), refusal.status
    return redirect(url_for("notifications.alarms"), 303)


@blueprint.post("/alarms/<int:alarm_id>/end")
def end(alarm_id: int) -> Response:
    end_alarm(current_user, alarm_id)
    return redirect(url_for("notifications.alarms"), 303)
