"""The hook that writes the entries before a commit: audit follows the event, never a second logging call. And what was refused."""
from datetime import datetime
from time import monotonic
from typing import Any

from sqlalchemy import Connection, insert

from groupware.audit.models import DONE, REFUSED, Entry
from groupware.kernel import clock, db, trace
from groupware.kernel.actor import Actor
from groupware.kernel.events import Fact
from groupware.kernel.memory import remembered
from groupware.kernel.prepared import Prepared
from groupware.kernel.trace import Trace

ENTRIES = Prepared(insert(Entry.__table__), (       # type: ignore[arg-type]
    "at", "actor_id", "actor_name", "actor_label", "session_id", "door", "address", "request_id", "event", "about", "result", "body"))
AGAIN = 10.0            # seconds in which the same refusal of the same person is written down once: nobody fills the disc by knocking
MOST_REMEMBERED = 10_000
_told: dict[tuple[int, str, str], float] = remembered({})


def write_entries(connection: Connection, facts: list[Fact]) -> None:
    if facts:
        now = clock.now()
        ENTRIES.run_many(connection, [_done(fact, now) for fact in facts])


def write_refusal(actor: Actor, door: str, about: str) -> None:
    """Somebody asked for what they may not have. ``door``: the page or the event; ``about``: the address that was asked."""
    key, now = (actor.user_id, door, about), monotonic()
    if _told.get(key, 0) > now - AGAIN:
        return
    if len(_told) >= MOST_REMEMBERED:
        _told.clear()
    _told[key] = now
    row = {**_who(actor, trace.current(), clock.now()), "event": door, "about": about[:300], "result": REFUSED, "body": {}}
    db.write(lambda: ENTRIES.run_many(db.unit().connection, [row]))


def _done(fact: Fact, now: datetime) -> dict[str, Any]:
    event = fact.event
    return {**_who(fact.actor, fact.trace, now), "event": event.name(), "about": str(event.about), "result": DONE, "body": event.as_dict()}


def _who(actor: Actor, came: Trace, now: datetime) -> dict[str, Any]:
    return {"at": now, "actor_id": actor.user_id, "actor_name": actor.name, "actor_label": actor.label, "session_id": actor.session_id,
            "door": came.door, "address": came.address, "request_id": came.request_id}
