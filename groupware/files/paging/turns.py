"""In the helper, beside the jobs: every PDF gets its pages, a few at a time, so that a long one keeps no other waiting.

What is to be done stands in rows and is done again after a restart where it was left; what is wanted this moment (a finer picture) lies as an
empty file in a folder.
"""
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Select, case, func, insert, select, update

from groupware.files.commands import finish_deck
from groupware.files.models import BAD, BROKEN, DRAWING, DRAWN, WAITING, Blob, Deck, Page
from groupware.files.store import store
from groupware.kernel import db
from groupware.kernel.actor import SYSTEM
from groupware.kernel.child import Child
from groupware.kernel.lookout import Lookout
from groupware.kernel.prepared import Prepared

PAUSE = 0.1             # seconds between looks when there was nothing to do
OPENING, DRAW = 20.0, 10.0      # seconds that a file, a page may take
FIRST = 3               # pages that everybody waits for
TURN = 1.5              # seconds until another file has its turn
IS_UNDER_WAY = Deck.state.in_((WAITING, DRAWING))
UNDER_WAY = Prepared(select(Deck.sha256).where(IS_UNDER_WAY).limit(1))
_child = Child("groupware.files.paging.drawing")


def run(stop: threading.Event) -> None:
    lookout, worked = Lookout(), 1
    try:
        while not stop.is_set():
            worked = draw_wanted() + (work() if worked or lookout.something_new() else 0)
            db.forget_reading()
            if not worked:
                stop.wait(PAUSE)
    finally:
        _child.stop()


def work() -> int:
    """One turn of one file; how much was done."""
    if not db.ask(UNDER_WAY, {}):
        return 0
    deck = db.session.scalars(_next()).first()
    if deck is None:
        return 0
    sha256, state, place = deck.sha256, deck.state, str(db.session.scalar(select(Blob.place).where(Blob.sha256 == deck.sha256)))
    if state == WAITING:
        _open(sha256, store().pdf_path(place))
    else:
        _draw_some(sha256, place)
    return 1


def draw_wanted() -> int:
    """Pictures that somebody is waiting for."""
    wanted = store().wanted_pages()
    for place, number, width in wanted:
        folder, source = store().pages_path(place), store().pdf_path(place)
        if source.exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            target = folder / f"{number}-{width}"
            if not _child.ask({"from": str(source), "page": number, "width": width, "to": str(target)}, DRAW):
                target.touch()
        store().forget_wanted(place, number, width)
    return len(wanted)


def _next() -> Select[Any]:
    """Those whose first pages are awaited come first, then who has waited longest."""
    first = case((Deck.ready < FIRST, 0), else_=1)
    return select(Deck).where(IS_UNDER_WAY).order_by(first, Deck.turn, Deck.sha256).limit(1)


def _open(sha256: str, path: Path) -> None:
    found = _child.ask({"from": str(path)}, OPENING) or {"state": BROKEN}
    shapes = found.get("shapes", [])
    rows = [{"sha256": sha256, "number": number, "width": width, "height": height, "state": WAITING, "text": "", "fingerprint": ""}
            for number, (width, height) in enumerate(shapes, 1)]
    db.write(lambda: _opened(sha256, DRAWING if rows else found["state"], rows))


def _opened(sha256: str, state: str, rows: list[dict[str, Any]]) -> None:
    """Unless another helper was quicker."""
    mine = update(Deck).where(Deck.sha256 == sha256, Deck.state == WAITING).values(state=state, count=len(rows))
    if db.unit().connection.execute(mine).rowcount and rows:
        db.unit().connection.execute(insert(Page.__table__), rows)      # type: ignore[arg-type]


def _draw_some(sha256: str, place: str) -> None:
    """Until the turn is over; the first pages are told of at once."""
    left = list(db.session.scalars(select(Page.number).where(Page.sha256 == sha256, Page.state == WAITING).order_by(Page.number).limit(50)))
    db.end_reading()
    if not left:
        finish_deck(SYSTEM, sha256)
        return
    seen = list(_looked_through(place, left))
    db.write(lambda: _keep(sha256, seen))


def _looked_through(place: str, numbers: list[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    folder, source = store().pages_path(place), store().pdf_path(place)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    until = time.monotonic() + TURN
    for number in numbers:
        found = _child.ask({"from": str(source), "page": number, "to": str(folder / str(number))}, DRAW)
        yield number, {"state": DRAWN, **found} if found else {"state": BAD}
        if time.monotonic() > until or number <= FIRST:
            return


def _keep(sha256: str, seen: list[tuple[int, dict[str, Any]]]) -> None:
    for number, values in seen:
        db.unit().connection.execute(update(Page).where(Page.sha256 == sha256, Page.number == number).values(values))
    done = select(func.count()).where(Page.sha256 == sha256, Page.state != WAITING).scalar_subquery()
    db.unit().connection.execute(update(Deck).where(Deck.sha256 == sha256).values(ready=done, turn=time.time_ns()))
