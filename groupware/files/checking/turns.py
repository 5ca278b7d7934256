"""In the helper, beside the jobs: whatever has no verdict yet is shown to the scanner, the newest first; what it was unsure of, again and again."""
import logging
import threading
from datetime import timedelta

from flask import current_app
from sqlalchemy import or_, select, update

from groupware.files.checking.clamd import Unsure, judge
from groupware.files.commands import judge_bytes
from groupware.files.models import Blob, File
from groupware.files.store import store
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM

log = logging.getLogger(__name__)
PAUSE = 0.2             # seconds between looks when there was nothing to do
AGAIN = timedelta(minutes=2)


def run(stop: threading.Event) -> None:
    while not stop.is_set():
        if not (current_app.config["CLAMD"] and work()):
            db.forget_reading()
            stop.wait(PAUSE)


def work() -> bool:
    """Whether there was something to show."""
    due = or_(Blob.tried_at.is_(None), Blob.tried_at < clock.now() - AGAIN)
    newest = select(Blob).join(File).where(Blob.verdict.is_(None), due).order_by(Blob.tried_at.is_not(None), File.number.desc()).limit(1)
    blob = db.session.scalars(newest).first()
    if blob is None:
        return False
    sha256, place = blob.sha256, blob.place
    db.end_reading()
    try:
        verdict = judge(current_app.config["CLAMD"], store().path(place))
        judge_bytes(SYSTEM, sha256, verdict.word, verdict.threat)
    except Unsure as trouble:
        log.warning("the scanner is unsure of a file, which stays shut: %s", trouble)
        db.write(lambda: db.unit().connection.execute(update(Blob).where(Blob.sha256 == sha256).values(tried_at=clock.now())))
    db.forget_reading()
    return True
