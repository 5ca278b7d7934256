"""Small things the indexer writes down for itself and for the administrator."""
from typing import Any

from sqlalchemy import delete, insert, select

from groupware.kernel import db
from groupware.search.models import Note

SERVING, BUILDING, CHECKED, ASKED = "serving", "building", "checked", "asked"
REBUILD, CHECK = "rebuild", "check"         # what may be asked


def note(name: str) -> dict[str, Any]:
    """Empty when nothing is written down."""
    return db.session.scalar(select(Note.body).where(Note.name == name)) or {}


def put_note(name: str, body: dict[str, Any]) -> None:
    db.write(lambda: _replace(name, body))


def _replace(name: str, body: dict[str, Any]) -> None:
    connection = db.unit().connection
    connection.execute(delete(Note).where(Note.name == name))
    connection.execute(insert(Note).values(name=name, body=body))
