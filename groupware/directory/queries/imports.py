"""Lists that were brought."""
from sqlalchemy import select

from groupware.directory.models import Import
from groupware.kernel import db
from groupware.kernel.actor import Actor
from groupware.kernel.errors import NotFound

UPLOADED, WRONG, CHECKED, CONFIRMED, APPLIED, REFUSED, DROPPED = "uploaded", "wrong", "checked", "confirmed", "applied", "refused", "dropped"
WORDS = {UPLOADED: "確かめています", WRONG: "直すところがあります", CHECKED: "取り込む前です", CONFIRMED: "取り込んでいます",
         APPLIED: "取り込みました", REFUSED: "取り込めませんでした", DROPPED: "やめました"}
BUSY = {UPLOADED, CONFIRMED}        # the helper has it


def import_for(_: Actor, import_id: int) -> Import:
    """For those who keep the directory. Raises NotFound."""
    found = db.session.get(Import, import_id)
    if found is None:
        raise NotFound
    return found


def recent_imports(most: int = 10) -> list[Import]:
    """The newest first."""
    return list(db.session.scalars(select(Import).order_by(Import.id.desc()).limit(most)))
