"""The sittings of today and those ahead, for the first page."""
from collections.abc import Iterator
from datetime import timedelta

from flask import url_for

from groupware.kernel import clock
from groupware.kernel.actor import Actor
from groupware.kernel.widget import Engagement, Widget
from meetings.models.sittings import CALLED, Sitting
from meetings.permissions import Table
from meetings.queries.sittings import coming, lengths

AHEAD = timedelta(days=14)
SHOWN = 5


def sittings_today(actor: Actor) -> Iterator[Engagement]:
    tables = [table for table in coming(actor, Sitting.state == CALLED, Sitting.starts_at < clock.now() + timedelta(days=1), mine=True)
              if _is_today(table)]
    minutes = lengths([table.sitting.id for table in tables])
    for table in tables:
        sitting = table.sitting
        ends = sitting.starts_at + timedelta(minutes=minutes[sitting.id]) if minutes.get(sitting.id) else None
        yield Engagement(f"第{sitting.number}回 {table.seat.body.name}", url_for("meetings.sitting", sitting_id=sitting.id), sitting.starts_at, ends,
                         sitting.place or "場所は未設定", "次第と資料を開く")


def meetings_ahead(actor: Actor) -> Widget | None:
    """From tomorrow on: today's stand above."""
    tables = [table for table in coming(actor, Sitting.state == CALLED, Sitting.starts_at < clock.now() + AHEAD, mine=True) if not _is_today(table)]
    if not tables:
        return None
    return Widget("これからの会議", f"{len(tables)}件", "meetings/_ahead.html", list(tables[:SHOWN]), url=url_for("meetings.index"), order=20)


def _is_today(table: Table) -> bool:
    return table.sitting.starts_at.astimezone(clock.JST).date() == clock.today()
