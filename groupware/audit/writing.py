"""The hook that writes the entries before a commit: audit follows the event, never a second logging call."""
from typing import Any

from sqlalchemy import Connection, insert

from groupware.audit.models import Entry
from groupware.kernel import clock
from groupware.kernel.events import Fact

ENTRIES = insert(Entry.__table__)       # type: ignore[arg-type]


def write_entries(connection: Connection, facts: list[Fact]) -> None:
    if facts:
        connection.execute(ENTRIES, [_entry(fact) for fact in facts])


def _entry(fact: Fact) -> dict[str, Any]:
    actor, event, trace = fact.actor, fact.event, fact.trace
    return {"at": clock.now(), "actor_id": actor.user_id, "actor_name": actor.name, "actor_label": actor.label, "session_id": actor.session_id,
            "door": trace.door, "address": trace.address, "request_id": trace.request_id,
            "event": event.name(), "about": str(event.about), "body": event.as_dict()}
