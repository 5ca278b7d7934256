"""The unread notices, for the first page."""
from flask import url_for

from groupware.kernel.actor import Actor
from groupware.kernel.widget import Widget
from groupware.notifications.queries.stream import UNREAD, Asked, stream

SHOWN = 5


def my_notices(actor: Actor) -> Widget | None:
    found = stream(actor, Asked(show=UNREAD, page=SHOWN))
    if not found.lines:
        return None
    count = f"{len(found.lines)}件以上" if found.older else f"{len(found.lines)}件"
    return Widget("あなたへのお知らせ", count, "notifications/_mine.html", list(found.lines), url=url_for("notifications.index"), order=25)
