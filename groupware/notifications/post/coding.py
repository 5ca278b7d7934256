"""Gives things their short codes."""
import secrets
from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from groupware.kernel import db
from groupware.kernel.ref import Ref
from groupware.notifications.models import Code
from groupware.notifications.queries.codes import LENGTH, LETTERS

ATTEMPTS = 5


def codes_of(refs: Iterable[Ref]) -> dict[Ref, str]:
    """One code for one thing, for ever. Another process may have been quicker, or drawn the same: looked at again."""
    wanted = list(dict.fromkeys(refs))
    for _ in range(ATTEMPTS):
        known = _known(wanted)
        missing = [ref for ref in wanted if ref not in known]
        if not missing:
            return known
        _draw(missing)
    raise RuntimeError("no code could be drawn")


def _known(refs: list[Ref]) -> dict[Ref, str]:
    rows = db.session.execute(select(Code.about, Code.code).where(Code.about.in_([str(ref) for ref in refs])))
    return {Ref.parse(about): code for about, code in rows}


def _draw(refs: list[Ref]) -> None:
    rows = [{"about": str(ref), "code": "".join(secrets.choice(LETTERS) for _ in range(LENGTH))} for ref in refs]
    try:
        db.write(lambda: db.unit().connection.execute(insert(Code), rows))
    except IntegrityError:
        db.forget_reading()
