"""The sittings ahead, for the first page."""
from datetime import timedelta

from flask import url_for

from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.widget import Widget
from meetings.models.sittings import CALLED, Sitting
from meetings.queries.sittings import coming

AHEAD = timedelta(days=14)
SHOWN = 5


def meetings_ahead(actor: Actor) -> Widget:
    tables = coming(actor, Sitting.state == CALLED, Sitting.starts_at < clock.now() + AHEAD, mine=True)
    today = [table for table in tables if table.sitting.starts_at.astimezone(clock.JST).date() == clock.today()]
    sentence = f"今日は会議が{len(today)}件あります。" if today else ""
    return Widget("これからの会議", f"{len(tables)}件", "meetings/_ahead.html", list(tables[:SHOWN]), sentence, url_for("meetings.index"))
