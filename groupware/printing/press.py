"""The front door, for the helper process: ``printed(document)`` gives a PDF, ``Binding`` a book of many."""
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from groupware.kernel.child import Child
from groupware.kernel.errors import Unavailable
from groupware.printing.documents import Document

ONE_SHEET, WHOLE_BOOK = 60.0, 300.0     # seconds; the first document waits for the fonts
_child = Child("groupware.printing.child")


@dataclass(frozen=True, slots=True)
class Part:
    """Where a part lies in the book, and why it could not be read ("" if it could)."""

    label: str
    first: int
    pages: int
    trouble: str

    @property
    def last(self) -> int:
        return self.first + self.pages - 1


def printed(document: Document) -> bytes:
    """Raises Unavailable when it could not be drawn in time; it may be tried again."""
    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder) / "document.pdf"
        _asked({"act": "draw", "document": document.as_dict(), "into": str(into)}, ONE_SHEET)
        return into.read_bytes()


class Binding:
    """``with Binding() as book:`` add part by part, so that one can say how far it has come; finish; then ``book.path`` is the PDF."""

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory()
        self.path = Path(self._folder.name) / "book.pdf"
        _asked({"act": "begin"}, ONE_SHEET)
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def add(self, path: Path, label: str) -> Part:
        """A PDF. What cannot be read becomes a page that says so."""
        return Part(label, **_asked({"act": "add_file", "path": str(path), "label": label}, ONE_SHEET))

    def add_sheet(self, document: Document, label: str) -> Part:
        return Part(label, **_asked({"act": "add_sheet", "document": document.as_dict(), "label": label}, ONE_SHEET))

    def finish(self, cover: Document) -> int:
        """How many pages are numbered."""
        pages: int = _asked({"act": "finish", "cover": cover.as_dict(), "into": str(self.path)}, WHOLE_BOOK)
        return pages


def _asked(question: dict[str, Any], seconds: float) -> Any:
    answer = _child.ask(question, seconds)
    if answer is None:
        _child.stop()
        raise Unavailable("印刷用の PDF をつくれませんでした。少し待ってもう一度お試しください。")
    return answer
