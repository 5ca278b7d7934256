"""Signals at a sitting: the presenter's place, who looks at which page, the pointer.

The place is a row that is written before it is told, so that whoever comes late or was away reads the same. The pointer is of the moment.
"""
import math
import time
from typing import Any

from sqlalchemy import update

from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import Conflict, Invalid
from groupware.kernel.given import number
from groupware.kernel.signals import signal
from groupware.live import hub
from groupware.live.connections import Connection, speaking
from groupware.live.effects import Broadcast
from meetings.models.viewing import Showing
from meetings.permissions import Meetings, Table
from meetings.queries.items import leaf_for
from meetings.queries.sittings import table_for
from meetings.queries.viewing import of_floor, of_sitting, place_for, place_of, presents, sealed_topics, showing_of, stack_for

MOST_PAGES = 2_000
POINTS_EVERY = 1 / 15       # seconds between two places of the pointer that are told
NOT_YOURS = "発表者が替わりました。いまの発表者についていくか、もう一度発表者になってください。"
_pointed: dict[str, float] = {}


@signal(Meetings.FOLLOW, on=table_for)
def enter(actor: Actor, table: Table) -> dict[str, Any]:
    """The sitting is on the screen: from now on its connection hears of each paper that may be read at this moment. Returns the place."""
    connection = speaking.get()
    if connection:
        _seat(connection, actor, table)
    return place_for(actor, table)


@signal(Meetings.PRESENT, on=table_for)
def turn(actor: Actor, table: Table, paper_id: int, page: int) -> dict[str, Any]:
    """Only the presenter's counts, as the row says at that moment."""
    if leaf_for(actor, paper_id).topic.table.sitting.id != table.sitting.id or not 1 <= page <= MOST_PAGES:
        raise Invalid("その頁はこの会議にありません。")
    if not db.write(lambda: _write(actor, table.sitting.id, paper_id, page)):
        raise Conflict(NOT_YOURS)
    db.end_reading()            # what is told is what was written
    showing = showing_of(table.sitting.id)
    if showing:
        tell_place(showing)
        return place_of(showing)
    return {}


def look(connection: Connection, data: dict[str, Any]) -> None:
    """{paper, page}, the short way: to hear of the pointer there. Only of papers that the connection follows."""
    paper, page = number(data, "paper"), number(data, "page")
    for topic in [topic for topic in connection.topics if topic.startswith("meetings.on:")]:
        hub.leave(connection.sid, topic)
    sealed = next((topic for topic in connection.topics if topic.startswith(f"meetings.paper:{paper}.")), None)
    if sealed:
        hub.join(connection.sid, f"{sealed.replace('paper', 'on', 1)}.{page}")


def point(connection: Connection, data: dict[str, Any]) -> None:
    """{sitting, x, y} of the page the presenter looks at, the short way; without x it goes out. At most 15 a second are told on."""
    sitting, here = number(data, "sitting"), next((topic for topic in connection.topics if topic.startswith("meetings.on:")), None)
    if here is None or of_floor(sitting) not in connection.topics or _too_soon(connection.sid, last="x" not in data):
        return
    at = {"x": _part(data["x"]), "y": _part(data.get("y"))} if "x" in data else {}
    paper, _, page = here.removeprefix("meetings.on:").partition(".")
    hub.deliver(Broadcast(here, "meetings.point", {"sitting": sitting, "paper": int(paper), "page": int(page.rpartition(".")[2]), **at}))


def tell_place(showing: Showing) -> None:
    """To those who may read the paper, and to nobody else."""
    for _, topic in sealed_topics(showing.sitting_id, {showing.paper_id} if showing.paper_id else set()):
        hub.deliver(Broadcast(topic, "meetings.place", place_of(showing)))


def topics_for(actor: Actor, table: Table) -> set[str]:
    """What somebody who has the sitting on the screen hears of, by the rule of this moment."""
    mine = {sheaf.paper.id for sheaf in stack_for(actor, table).sheaves}
    floor = {of_floor(table.sitting.id)} if presents(actor.user_id, table.sitting.id) else set()
    return {of_sitting(table.sitting.id), *(topic for _, topic in sealed_topics(table.sitting.id, mine)), *floor}


def _seat(connection: Connection, actor: Actor, table: Table) -> None:
    with hub.seating:
        db.end_reading()
        topics = topics_for(actor, table_for(actor, table.sitting.id))
        for topic in [topic for topic in connection.topics if topic.startswith("meetings.") and topic not in topics]:
            hub.leave(connection.sid, topic)
        for topic in topics:
            hub.join(connection.sid, topic)


def _write(actor: Actor, sitting_id: int, paper_id: int, page: int) -> int:
    mine = update(Showing).where(Showing.sitting_id == sitting_id, Showing.presenter_id == actor.user_id)
    written: int = db.unit().connection.execute(mine.values(paper_id=paper_id, page=page, seq=Showing.seq + 1)).rowcount
    return written


def _too_soon(sid: str, *, last: bool) -> bool:
    now = time.monotonic()
    if not last and now - _pointed.get(sid, 0.0) < POINTS_EVERY:
        return True
    if len(_pointed) > 1_000:
        _pointed.clear()
    _pointed[sid] = now
    return False


def _part(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise Invalid("場所を読み取れません。")
    return round(min(1.0, max(0.0, float(value))), 4)
