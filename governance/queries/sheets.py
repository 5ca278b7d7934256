"""Sheets that were brought: each for whoever brought it, and for nobody else."""
from governance.models.sheets import READING, Sheet
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound


def sheet_for(actor: Actor, sheet_id: int) -> Sheet:
    """Raises NotFound."""
    found = db.session.get(Sheet, sheet_id)
    if found is None or (found.user_id != actor.user_id and not actor.has("system")):
        raise NotFound
    return found


def sheet_body(sheet_id: int) -> bytes | None:
    """None when it was read before."""
    found = db.session.get(Sheet, sheet_id)
    return found.body if found and found.state == READING else None
