"""In the helper, beside the jobs: whatever has no verdict yet is shown to the scanner, the newest first; what it was unsure of, again and again.

A PDF is shown whole, then each file that it carries within.
"""
import logging
import tempfile
import threading
from datetime import timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import or_, select, update

from groupware.files.checking.clamd import CLEAN, INFECTED, Unsure, Verdict, judge
from groupware.files.checking.within import HEADER, LOOK
from groupware.files.commands import judge_bytes
from groupware.files.models import Blob, File
from groupware.files.store import store
from groupware.kernel import clock, db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.child import Child
from groupware.kernel.lookout import work_whenever

log = logging.getLogger(__name__)
PAUSE = 0.2             # seconds between looks when there was nothing to do
AGAIN = timedelta(minutes=2)
BUDGET = 60.0           # seconds for taking out what a PDF carries
NOT_SEEN = Verdict(INFECTED, "Heuristics.Limits.Exceeded.WithinPDF")       # called as clamd calls what it could not look into
_child = Child("groupware.files.checking.within")


def run(stop: threading.Event) -> None:
    if not current_app.config["CLAMD"]:
        stop.wait()         # nobody who could look through anything
    try:
        work_whenever(work, stop, PAUSE)
    finally:
        _child.stop()


def work() -> bool:
    """Whether there was something to show."""
    due = or_(Blob.tried_at.is_(None), Blob.tried_at < clock.now() - AGAIN)
    waiting = select(Blob).join(File).where(Blob.verdict.is_(None), Blob.erased_at.is_(None), due)
    blob = db.session.scalars(waiting.order_by(Blob.tried_at.is_not(None), File.number.desc()).limit(1)).first()
    if blob is None:
        return False
    sha256, place = blob.sha256, blob.place
    db.end_reading()
    try:
        verdict = looked_through(store().path(place))
        judge_bytes(SYSTEM, sha256, verdict.word, verdict.threat)
    except Unsure as trouble:
        log.warning("the scanner is unsure of a file, which stays shut: %s", trouble)
        db.write(lambda: db.unit().connection.execute(update(Blob).where(Blob.sha256 == sha256).values(tried_at=clock.now())))
    db.forget_reading()
    return True


def looked_through(path: Path) -> Verdict:
    """Clean is what is clean in every part. Raises Unsure."""
    verdict = judge(current_app.config["CLAMD"], path)
    return _within(path) if verdict.word == CLEAN and _is_pdf(path) else verdict


def _within(path: Path) -> Verdict:
    with tempfile.TemporaryDirectory(prefix="within-") as folder:
        if _child.ask({"from": str(path), "to": folder}, BUDGET) is None:
            return NOT_SEEN
        verdicts = (judge(current_app.config["CLAMD"], each) for each in sorted(Path(folder).iterdir()))
        return next((verdict for verdict in verdicts if verdict.word != CLEAN), Verdict(CLEAN))


def _is_pdf(path: Path) -> bool:
    """Whoever opens PDFs forgives what stands before the header."""
    with path.open("rb") as file:
        return HEADER in file.read(LOOK)
