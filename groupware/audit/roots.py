"""The roots of the chain, where the database's own keepers cannot change them: a file for the disc of another machine, and the log."""
import logging
import os
from collections.abc import Iterator
from pathlib import Path

from flask import current_app

from groupware.audit.chain import Root, head
from groupware.kernel import clock, db, json

log = logging.getLogger(__name__)


def export() -> None:
    """The newest root, if there is a new one; on the disc before anybody relies on it. Each minute, in the helper."""
    newest, path = head(), where()
    db.end_reading()
    if newest.number <= _last(path):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as kept:
        kept.write(json.dumps({"at": clock.now(), "number": newest.number, "digest": newest.digest}) + "\n")
        kept.flush()
        os.fsync(kept.fileno())
    log.info("audit root %d %s", newest.number, newest.digest)


def exported(path: Path | None = None) -> Iterator[Root]:
    """Raises ValueError for a line that is no root."""
    path = path or where()
    for line in path.read_text().splitlines() if path.exists() else ():
        said = json.loads(line)
        yield Root(int(said["number"]), str(said["digest"]))


def where() -> Path:
    return Path(current_app.config["AUDIT_ROOTS"])


def _last(path: Path) -> int:
    return max((root.number for root in exported(path)), default=0)
