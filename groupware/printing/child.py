"""The child in which documents are drawn and files bound. It holds one book at a time."""
from pathlib import Path
from typing import Any

from groupware.kernel.child import serve
from groupware.printing.binding import Book
from groupware.printing.sheets import draw

MEGABYTES = 2_048       # of address space: large scans are mapped, not held


class Press:
    def __init__(self) -> None:
        self.book = Book()

    def answer(self, asked: dict[str, Any]) -> Any:
        return getattr(self, f"_{asked['act']}")(asked)

    def _draw(self, asked: dict[str, Any]) -> int:
        return Path(asked["into"]).write_bytes(draw(asked["document"]))

    def _begin(self, asked: dict[str, Any]) -> bool:
        self.book = Book()
        return True

    def _add_file(self, asked: dict[str, Any]) -> dict[str, Any]:
        return self.book.add_file(asked["path"], asked["label"])

    def _add_sheet(self, asked: dict[str, Any]) -> dict[str, Any]:
        return self.book.add_sheet(asked["document"], asked["label"])

    def _finish(self, asked: dict[str, Any]) -> int:
        pages = self.book.finish(asked["cover"], asked["into"])
        self.book = Book()
        return pages


if __name__ == "__main__":
    serve(Press().answer, megabytes=MEGABYTES)
