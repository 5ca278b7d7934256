"""The pages of a file, for whoever may see the file: what there is of them (``pages_of``) and how one looks (``page_image``)."""
import time
from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sqlalchemy import select

from groupware.files.checking.passing import is_open
from groupware.files.checking.passing import reason as why_shut
from groupware.files.models import BAD, BROKEN, DONE, DRAWING, DRAWN, ENCRYPTED, LONG, READ, UNREAD, WAITING, Deck, File, Page
from groupware.files.store import store
from groupware.kernel import db
from groupware.kernel.errors import NotFound

SHUT = "shut"           # the virus scanner has found something, or its time was over
SMALL, WHOLE, FINE = WIDTHS = (200, 1_200, 2_400)       # pixels across; the largest is drawn when asked for, within 4 million pixels
PATIENCE = 8.0          # seconds the browser is kept waiting for a picture that is being made
REASONS = {ENCRYPTED: "このPDFには開くためのパスワードが掛かっています。パスワードを外してから付け直してください。",
           BROKEN: "このPDFは壊れていて開けません。作り直してから付け直してください。",
           LONG: "このPDFは2,000頁を超えています。分けてから付け直してください。",
           UNREAD: "プレビューは、ただいま用意しています。",
           READ: "プレビューは、この形のファイルにはありません。保存して開いてください。中の言葉は検索できます。"}
NO_PAGES = "このファイルは頁として表示できません。保存して開いてください。"


@dataclass(frozen=True, slots=True)
class PageSeen:
    """``shape``: width and height in points. ``state``: waiting, drawn, bad. ``wordless``: 検索不可(画像)."""

    number: int
    shape: tuple[int, int]
    state: str
    fingerprint: str
    wordless: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """Of one file. ``key`` is a part of the addresses: other bytes, other addresses. ``reason`` says in a sentence why there are none."""

    file_id: str
    key: str
    state: str
    pages: tuple[PageSeen, ...]
    reason: str = ""

    @property
    def count(self) -> int:
        return len(self.pages)

    @property
    def ready(self) -> int:
        """How many are looked through: the progress that a page shows."""
        return sum(page.state != WAITING for page in self.pages)

    @property
    def complete(self) -> bool:
        return self.state not in {WAITING, DRAWING}

    @property
    def wordless(self) -> int:
        return sum(page.wordless for page in self.pages)

    def address(self, number: int, width: int) -> str:
        return f"/files/pages/{self.file_id}/{self.key}/{number}-{width}"

    def manifest(self) -> dict[str, object]:
        """For a viewer: below 3 KB for hundreds of pages, as those of one shape are said once: [how many, width, height]."""
        shapes = [[len(list(same)), *shape] for shape, same in groupby(page.shape for page in self.pages)]
        return {"file": self.file_id, "key": self.key, "state": self.state, "count": self.count, "ready": self.ready, "shapes": shapes,
                "bad": [page.number for page in self.pages if page.state == BAD], "wordless": self.wordless, "reason": self.reason}


def pages_of(file: File) -> Pages:
    return pages_of_all([file])[file.id]


def pages_of_all(files: Collection[File]) -> dict[str, Pages]:
    """By the id of the file; two queries, however many."""
    sums = {file.sha256 for file in files}
    decks = {deck.sha256: deck for deck in db.session.scalars(select(Deck).where(Deck.sha256.in_(sums)))}
    asked = select(Page.sha256, Page.number, Page.width, Page.height, Page.state, Page.fingerprint, (Page.text == "").label("wordless"))
    pages: dict[str, list[PageSeen]] = {}
    for row in db.session.execute(asked.where(Page.sha256.in_(sums), Page.width > 0).order_by(Page.sha256, Page.number)):
        seen = PageSeen(row.number, (row.width, row.height), row.state, row.fingerprint, row.state == DRAWN and row.wordless)
        pages.setdefault(row.sha256, []).append(seen)
    return {file.id: _of(file, decks.get(file.sha256), pages.get(file.sha256, [])) for file in files}


def counts_of(sums: Collection[str]) -> dict[str, int]:
    """How many pages the files with these sums have, as far as it is known."""
    rows = db.session.execute(select(Deck.sha256, Deck.count.label("pages")).where(Deck.sha256.in_(set(sums))))
    return {row.sha256: row.pages for row in rows}


def texts_of(sha256: str) -> list[tuple[int, str]]:
    """(page, what it says) of the pages that say something: for the search."""
    rows = select(Page.number, Page.text).where(Page.sha256 == sha256, Page.text != "").order_by(Page.number)
    return [(row.number, row.text) for row in db.session.execute(rows)]


def page_says(file: File, number: int) -> str:
    """Raises NotFound while the page has not been read."""
    found = db.session.scalar(select(Page.text).where(Page.sha256 == file.sha256, Page.number == number, Page.state == DRAWN))
    if found is None:
        raise NotFound
    return found


def page_image(file: File, number: int, width: int) -> Path:
    """A picture of a page; it is waited for. Raises NotFound for what cannot be shown or takes too long. Whoever asks may see the file."""
    if width not in WIDTHS:
        raise NotFound
    path = store().pages_path(file.blob.place) / f"{number}-{width}"
    if not path.exists():
        _wait_for(file, number, width, path)
    if not path.exists() or not path.stat().st_size:
        raise NotFound
    return path


def _of(file: File, deck: Deck | None, pages: list[PageSeen]) -> Pages:
    if not is_open(file):
        return Pages(file.id, file.key, SHUT if file.blob.verdict or file.removed_at else WAITING, (), why_shut(file))
    state = deck.state if deck else "none"
    reason = "" if state in {WAITING, DRAWING, DONE} else REASONS.get(state, NO_PAGES)
    return Pages(file.id, file.key, state, tuple(pages), reason)


def _wait_for(file: File, number: int, width: int, path: Path) -> None:
    """Only for pages that are there and can be drawn."""
    state = db.session.scalar(select(Page.state).where(Page.sha256 == file.sha256, Page.number == number))
    place = file.blob.place
    db.end_reading()            # no connection is held meanwhile
    if state not in {WAITING, DRAWN}:
        raise NotFound
    if state == DRAWN or width == FINE:
        store().want_page(place, number, width)
    until = time.monotonic() + PATIENCE
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.03)
