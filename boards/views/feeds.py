"""The feed: one's own address for it, and what is fetched there."""
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from flask import Response as FlaskResponse
from flask import redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from boards.commands import feeds as deeds
from boards.models.notices import STRENGTHS, Notice
from boards.queries.feeds import feed_of, holder_of_key, newest_for
from boards.views.reading import blueprint
from groupware.kernel import clock

ATOM = "http://www.w3.org/2005/Atom"
EXCERPT = 300


@blueprint.get("/feed")
def feed_address() -> str:
    return render_template("boards/feed.html", title="掲示板のフィード", feed=feed_of(current_user), key="")


@blueprint.post("/feed")
def open_feed() -> str:
    key = deeds.open_feed(current_user)
    return render_template("boards/feed.html", title="掲示板のフィード", feed=feed_of(current_user), key=key)


@blueprint.post("/feed/closure")
def close_feed() -> Response:
    deeds.close_feed(current_user)
    return redirect(url_for("boards.feed_address"), 303)


@blueprint.get("/feed.atom")
def feed() -> Response:
    """?key=: in place of a session, for a reader that has none. What may no longer be seen is no longer in it."""
    found = newest_for(holder_of_key(request.args.get("key", "")))
    response = FlaskResponse(_atom(found), mimetype="application/atom+xml")
    response.headers["Cache-Control"] = "private, no-cache"
    response.add_etag()
    return response.make_conditional(request)


def _atom(notices: list[Notice]) -> bytes:
    top = Element("feed", xmlns=ATOM)
    last = max((_changed(notice) for notice in notices), default=clock.now())
    for name, words in (("id", url_for("boards.index", _external=True)), ("title", "掲示板"), ("updated", last.isoformat())):
        SubElement(top, name).text = words
    for notice in notices:
        _enter(top, notice)
    return tostring(top, encoding="utf-8", xml_declaration=True)


def _enter(top: Element, notice: Notice) -> None:
    entry, where = SubElement(top, "entry"), url_for("boards.notice", notice_id=notice.id, _external=True)
    said = {"id": where, "title": f"【{STRENGTHS[notice.strength][0]}】{notice.title}", "updated": _changed(notice).isoformat(),
            "summary": " ".join(notice.plain.split())[:EXCERPT]}
    for name, words in said.items():
        SubElement(entry, name).text = words
    SubElement(entry, "link", href=where)
    SubElement(SubElement(entry, "author"), "name").text = notice.sender_name


def _changed(notice: Notice) -> datetime:
    return notice.edited_at or notice.published_at or notice.created_at
