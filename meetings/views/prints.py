"""Bundles and minutes as PDF, the paper that was saved, and one's own calendar of sittings."""
from flask import Response as FlaskResponse
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from meetings.cards import name_of
from meetings.commands import prints as deeds
from meetings.ics import Entry, calendar
from meetings.models.prints import PRINTS
from meetings.queries.prints import feed_of, holder_of_key, saved_by, shelves
from meetings.queries.sittings import called_to, lengths, table_for
from meetings.rights import can_print
from meetings.sheets import VERSIONS
from meetings.views.reading import blueprint


@blueprint.get("/<int:sitting_id>/prints")
def prints(sitting_id: int) -> str:
    table = table_for(current_user, sitting_id)
    makes = can_print(current_user, table)
    return render_template("meetings/prints.html", title="綴じた資料", table=table, sitting=table.sitting, makes=makes,
                           shelves=shelves(current_user, table, makes=makes), saved=saved_by(current_user, table) if table.seat.role else None,
                           prints=PRINTS, versions=VERSIONS)


@blueprint.post("/<int:sitting_id>/prints")
def ask_bundle(sitting_id: int) -> Response:
    deeds.ask_bundle(current_user, sitting_id, str(request.form.get("level")))
    return redirect(url_for("meetings.prints", sitting_id=sitting_id), 303)


@blueprint.get("/feed")
def feed_address() -> str:
    return render_template("meetings/feed.html", title="会議の予定表", feed=feed_of(current_user), key="")


@blueprint.post("/feed")
def open_feed() -> str:
    key = deeds.open_feed(current_user)
    return render_template("meetings/feed.html", title="会議の予定表", feed=feed_of(current_user), key=key)


@blueprint.post("/feed/closure")
def close_feed() -> Response:
    deeds.close_feed(current_user)
    return redirect(url_for("meetings.feed_address"), 303)


@blueprint.get("/feed.ics")
def feed() -> Response:
    """?key=: in place of a session, for a calendar that has none. When, where and the name; what may no longer be seen is no longer in it."""
    holder = holder_of_key(request.args.get("key", ""))
    tables = called_to(holder)
    minutes = lengths([table.sitting.id for table in tables])
    text = calendar(*(Entry.of(table.sitting, name_of(table), minutes.get(table.sitting.id) or 0) for table in tables))
    response = FlaskResponse(text, mimetype="text/calendar")
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)
