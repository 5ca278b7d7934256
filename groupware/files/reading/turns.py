"""In the helper, beside the jobs: one file after another is read, or made into a PDF whose pages are read like all others.

What is to be read stands in rows, so that a restart begins again where it was left.
"""
import threading

from sqlalchemy import select

from groupware.files.commands import keep_words, lay_pages
from groupware.files.kinds import TEXT
from groupware.files.models import UNREAD, Blob, Deck
from groupware.files.reading.converting import convert
from groupware.files.store import store
from groupware.kernel import db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.child import Child
from groupware.kernel.lookout import work_whenever

PAUSE = 0.3             # seconds between looks when there was nothing to do
BUDGET = 20.0           # seconds for the words of one file
_child = Child("groupware.files.reading.words")


def run(stop: threading.Event) -> None:
    try:
        work_whenever(work, stop, PAUSE)
    finally:
        _child.stop()


def work() -> bool:
    """Whether there was something to read."""
    blob = db.session.scalars(select(Blob).join(Deck, Deck.sha256 == Blob.sha256).where(Deck.state == UNREAD).order_by(Deck.turn).limit(1)).first()
    if blob is None:
        return False
    sha256, place, media_type = blob.sha256, blob.place, blob.media_type
    db.end_reading()
    source = store().path(place)
    if media_type != TEXT and convert(source, media_type, source.with_suffix(".pdf")):
        lay_pages(SYSTEM, sha256)
    else:
        keep_words(SYSTEM, sha256, _child.ask({"from": str(source), "type": media_type}, BUDGET) or [])
    db.forget_reading()
    return True
