"""What the database holds, read by nothing of the house: plain SQL, kept as JSON lines beside the book."""
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from groupware.kernel import json
from tests.faults.house import House

Row = dict[str, Any]
ASKED = {
    "message": "select id, room_id as room, seq, changed, author_id as author, client_key as key, body, reply_to_id as root from chat_message",
    "seat": "select room_id as room, user_id as who, seen_seq as seen from chat_member where left_at is null",
    "room": "select id, last_seq, last_change from chat_room",
    "entry": "select event, about, body as event_body from audit_entry where event like 'chat.%'",
    "job": "select id, event, body as event_body, state, owed, attempts from kernel_job where event like 'chat.%'",
    "notice": "select user_id as who, about, reason from notifications_notification",
}


def rows(house: House, query: str) -> list[Row]:
    if house.cluster:
        with house.cluster.connect() as connection:
            cursor = connection.execute(query)
            return [dict(zip([column.name for column in cursor.description or ()], row, strict=True)) for row in cursor]
    with closing(sqlite3.connect(house.disk.folder / "data" / "tsunagaru.db", timeout=10)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(query)]


def keep(house: House, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for record in _all(house):
            file.write(json.dumps(record) + "\n")


def _all(house: House) -> Iterator[Row]:
    for what, query in ASKED.items():
        for row in rows(house, query):
            yield {"what": what, **{name: _plain(name, value) for name, value in row.items()}}


def _plain(name: str, value: Any) -> Any:
    """SQLite keeps JSON as text."""
    return json.loads(value) if isinstance(value, str) and name in {"owed", "event_body"} else value
